#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The report's colours, from the style sheet it really uses: contrast on its paper (WCAG 2.2) and the smallest
difference of each set (CIEDE2000), for normal sight and for the three kinds of colour blindness (Machado, Oliveira,
Fernandes 2009, doi:10.1109/TVCG.2009.113, severity 1). Bars: text 4.5, graphics 3, carriers 10, parties 15, ramp 7.
usage: colours.py report.css"""
import itertools
import math
import re
import sys

CARRIERS = ["electricity", "cold", "water", "fuel", "carbon", "compute", "heat-4"]
RAMP = ["heat-1", "heat-2", "heat-3", "heat-4", "heat-5"]
PARTIES = ["operator", "electric-utility", "heat-utility", "households", "municipality", "society"]
STATUSES = ["pass", "risk", "fail", "unknown"]
TEXTS = ["ink", "ink-2", "ink-3", "link", "focus"] + STATUSES
GRAPHICS = CARRIERS + RAMP + PARTIES + ["control", "ghost"]
SIGHTS = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def tokens(css):
    """The tokens of the light, the dark and the printed page."""
    blocks = re.split(r"@media screen and \(prefers-color-scheme: dark\)\{:root\{", css, maxsplit=1)
    found = r"--([a-z0-9-]+):(#[0-9a-f]{6}|#[0-9a-f]{3})\b"
    light = dict(re.findall(found, blocks[0]))
    dark = {**light, **dict(re.findall(found, blocks[1].split("}", 1)[0]))}
    paper = re.search(r"@media print\{:root\{([^}]*)\}", css)
    printed = {**light, **dict(re.findall(found, paper.group(1)))}
    return {"light": light, "dark": dark, "print": printed}


def linear(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    values = [int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]


def contrast(one, two):
    def luminance(colour):
        r, g, b = linear(colour)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted([luminance(one), luminance(two)])
    return (high + 0.05) / (low + 0.05)


def lab(colour, sight):
    rgb = linear(colour)
    rgb = [min(1.0, max(0.0, sum(m * v for m, v in zip(row, rgb)))) for row in SIGHTS[sight]]
    matrix = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    white = [0.95047, 1.0, 1.08883]
    f = []
    for row, w in zip(matrix, white):
        t = sum(m * v for m, v in zip(row, rgb)) / w
        f.append(t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29)
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def difference(one, two):
    """CIEDE2000 (Sharma, Wu, Dalal 2005)."""
    l1, a1, b1 = one
    l2, a2, b2 = two
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1 = math.degrees(math.atan2(b1, a1)) % 360
    h2 = math.degrees(math.atan2(b2, a2)) % 360
    dl, dc = l2 - l1, c2 - c1
    dh = 0.0
    if c1 * c2 > 0:
        dh = h2 - h1
        dh -= 360 if dh > 180 else -360 if dh < -180 else 0
    big_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh) / 2)
    ml, mc = (l1 + l2) / 2, (c1 + c2) / 2
    mh = h1 + h2
    if c1 * c2 > 0:
        mh = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(mh - 30))
        + 0.24 * math.cos(math.radians(2 * mh))
        + 0.32 * math.cos(math.radians(3 * mh + 6))
        - 0.20 * math.cos(math.radians(4 * mh - 63))
    )
    sl = 1 + 0.015 * (ml - 50) ** 2 / math.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    turn = 30 * math.exp(-(((mh - 275) / 25) ** 2))
    rc = 2 * math.sqrt(mc**7 / (mc**7 + 25.0**7))
    rt = -math.sin(math.radians(2 * turn)) * rc
    dl, dc, dh = dl / sl, dc / sc, big_h / sh
    return math.sqrt(dl**2 + dc**2 + dh**2 + rt * dc * dh)


def least(theme, pairs, sight):
    return min((difference(lab(theme[a], sight), lab(theme[b], sight)), a, b) for a, b in pairs)


def check_the_formulas():
    """Published values: CIEDE2000 of Sharma's pairs 1, 7, 17 and 25; contrast of black on white."""
    for one, two, value in [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]:
        assert abs(difference(one, two) - value) < 1e-4, (one, two, difference(one, two), value)
    assert abs(contrast("#000", "#ffffff") - 21) < 1e-9


def main(path):
    check_the_formulas()
    with open(path, encoding="utf-8") as file:
        themes = tokens(file.read())
    bad = []
    for name, theme in themes.items():
        for names, bar in [(TEXTS, 4.5), (GRAPHICS, 3.0)]:
            for token in names:
                value = contrast(theme[token], theme["paper"])
                if value < bar:
                    bad.append(f"{name}: {token} has a contrast of {value:.2f}, below {bar}")
        sets = [
            ("carriers", list(itertools.combinations(CARRIERS, 2)), 10.0),
            ("ramp", list(zip(RAMP, RAMP[1:])), 7.0),
            ("parties", list(itertools.combinations(PARTIES, 2)), 15.0),
        ]
        for label, pairs, bar in sets:
            found = []
            for sight in SIGHTS:
                value, a, b = least(theme, pairs, sight)
                found.append(f"{sight} {value:.1f}")
                if value < bar:
                    bad.append(f"{name}, {sight}: {a} and {b} differ by {value:.1f}, below {bar}")
            print(f"{name:6} {label:9} {', '.join(found)}")
    for line in bad:
        print(line)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
