#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A result folder as a reader meets it: the report is well-formed, stands alone, each picture has its sentence and its
table, its numbers are set by one rule and agree with each other and with summary.json; the CSV and JSON files keep
their contract. Reads nothing of the program. usage: page.py FOLDER [scenario name]"""
import base64
import json
import re
import sys
import xml.etree.ElementTree as ET
import zlib

SPACE, MINUS = "\u202f", "\u2212"
bad = []


def check(good, words):
    if not good:
        bad.append(words)


def text(node):
    return "".join(node.itertext())


def number(words):
    """"−1 450.5" as a float; None for words."""
    plain = words.replace(SPACE, "").replace(MINUS, "-").replace("+", "")
    try:
        return float(plain)
    except ValueError:
        return None


def classes(node):
    return node.get("class", "").split()


# ---- the page alone ----


def check_alone(root, raw):
    check("http" not in raw.lower().replace("http-equiv", ""), "the page names an address on the net")
    check("url(" not in raw and "@import" not in raw, "the style sheet loads something")
    for node in root.iter():
        check(node.tag not in ("script", "link", "iframe", "object", "embed", "base"), f"<{node.tag}> in the page")
        for name, value in node.attrib.items():
            check(not name.startswith("on"), f"{node.tag} {name}: a handler")
            check(name != "src", f"{node.tag}: src")
            if name == "href":
                inside = value.startswith("#") or value.startswith("data:image/png;base64,")
                check(inside, f"{node.tag} leads outside: {value[:40]}")
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    check(len(ids) == len(set(ids)), "an id stands twice")
    for node in root.iter("use"):
        check(node.get("href")[1:] in ids, f"use of {node.get('href')}: not there")


def check_png(image):
    data = base64.b64decode(image.get("href").split(",", 1)[1], validate=True)
    check(data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG signature")
    at, parts = 8, []
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        crc = int.from_bytes(data[at + 8 + size : at + 12 + size], "big")
        check(zlib.crc32(kind + body) == crc, f"PNG chunk {kind}: check sum")
        parts.append((kind, body))
        at += 12 + size
    check([kind for kind, _ in parts] == [b"IHDR", b"PLTE", b"IDAT", b"IEND"], "PNG chunks")
    head, palette, rows = parts[0][1], parts[1][1], zlib.decompress(parts[2][1])
    wide, high = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    check((wide, high) == (int(image.get("width")), int(image.get("height"))), "PNG size")
    check(len(rows) == high * (wide + 1), "PNG rows")
    for r in range(high):
        line = rows[r * (wide + 1) : (r + 1) * (wide + 1)]
        check(line[0] == 0 and max(line[1:]) < len(palette) // 3, "PNG colours")


def check_pictures(root):
    parent = {child: node for node in root.iter() for child in node}
    pictures = [svg for svg in root.iter("svg") if svg.get("aria-hidden") != "true"]
    check(len(pictures) >= 2, "hardly a picture")
    for svg in pictures:
        desc = svg.find("desc")
        check(svg.get("role") == "img", "a picture without its role")
        check(desc is not None and len(text(desc)) > 15, "a picture without its sentence")
        node = svg
        while node.tag != "section":
            node = parent[node]
        check(node.find(".//table") is not None, f"section {node.get('id')}: a picture without its table")
        check(node.find(".//h2") is not None and text(node.find(".//h2")), f"{node.get('id')}: no finding")
    for image in root.iter("image"):
        check_png(image)
    for section in root.iter("section"):
        if "row" in classes(section):
            check(section.find(".//p[@class='unit']") is not None, f"{section.get('id')}: no unit line")
            check(section.find("aside") is not None, f"{section.get('id')}: no margin note")


def check_tables(root):
    for table in root.iter("table"):
        head = table.find("thead")
        if head is None:
            continue
        wide = len(head.find("tr"))
        for row in table.iter("tr"):
            cells = sum(int(cell.get("colspan", "1")) for cell in row)
            check(cells == wide, f"a row of {cells} cells under {wide} heads: {text(row)[:50]}")


def significant(words):
    digits = re.sub(r"[^0-9.]", "", words).lstrip("0.")
    digits = digits if "." in words else digits.rstrip("0")
    return len(digits.replace(".", ""))


def check_numbers(root):
    for node in root.iter():
        for words in (node.text, node.tail):
            if not words or node.tag in ("style", "code"):
                continue
            check(not re.search(r"\b(nan|inf)\b", words), f"no number: {words[:60]}")
            check(not re.search(r"(^|[\s(:])-\d", words), f"a hyphen for a minus: {words[:60]}")
            check(not re.search(r"\d (%|kW|MW|kWh|MWh|GWh|m³|t|°C)(\W|$)", words), f"a wide space: {words[:60]}")
    figures = [node for node in root.iter("span") if node.get("class") == "v"]
    check(len(figures) == 10, f"{len(figures)} figures instead of ten")
    for node in figures:
        words = text(node)
        if words != "none":
            check(re.search(r"\d", words) and not re.search(r"\d{4}", words.split(".")[0]), f"thousands run together: {words}")
            check(significant(words) <= 3, f"more than three digits: {words}")
            check("-" not in words, f"a hyphen for a minus: {words}")


# ---- what the numbers say ----


def rows_of(section):
    found = {}
    for row in section.find(".//table").iter("tr"):
        cells = [text(cell) for cell in row]
        found[cells[0]] = [number(cell) for cell in cells[1:]]
    return found


def near(one, two, step):
    return abs(one - two) <= step + 1e-9


def check_energy(root, summary):
    section = root.find(".//section[@id='energy']")
    rows = rows_of(section)
    unit = {"kWh": 1.0, "MWh": 1e3, "GWh": 1e6}[text(section.find(".//thead")).replace("Flow", "")]
    step = 2.0 * 10.0 ** -max(len(c.split(".")[1]) if "." in c else 0 for c in
                              [text(td) for td in section.iter("td")])

    def row(name):
        return next(value[0] for key, value in rows.items() if key.startswith(name))

    power = row("Power into the data centre")
    sky = row("Heat to the sky")
    plant = row("Power for the")
    check(near(power, row("of it computing") + row("of it cooling"), step), "power is not computing and gear")
    check(near(power, row("Heat recovered") + sky, step), "power does not end as heat")
    made = row("Heat recovered") + plant + row("Heat of other")
    check(near(made, row("Heat that arrives") + row("Lost on the way"), step), "the heat plant does not close")
    check(near(row("The town’s need"), row("Heat that arrives") + row("The town’s own plant"), step), "the town")
    together, year = summary["cases"]["together"], summary["year_frac"]
    scale = year if year < 0.999 else 1.0
    for name, key in [("Power into the data centre", "data_centre_kwh_year"), ("Heat recovered", "reused_kwh_year"),
                      ("The town’s need", "heat_demand_kwh_year")]:
        check(near(row(name), together[key] * scale / unit, step), f"{name} is not {key}")


def check_layers(root):
    """What brings the heat sums up to the need, month by month (a store in the town may add its charge)."""
    for name in ("months", "heat-duration"):
        section = root.find(f".//section[@id='{name}']")
        if section is None:
            continue
        for key, value in rows_of(section).items():
            if value and all(v is not None for v in value):
                parts, need = sum(value[:-1]), value[-1]
                check(parts >= need * 0.995 - 0.01 * abs(need), f"{name}, {key}: {parts} for a need of {need}")


def check_ledger(root):
    table = root.find(".//table[@class='led']")
    if table is None:
        return
    losers = 0
    for row in table.iter("tr"):
        cells = [number(text(cell)) for cell in row.findall("td")]
        if not cells:
            continue
        amounts, total = [c for c in cells[:-1] if c is not None], cells[-1]
        step = 0.06 * len(amounts) if any(c != round(c) for c in amounts) else 0.6 * len(amounts)
        check(near(sum(amounts), total, step), f"the row {text(row)[:40]} does not end in its sum")
        pay, get = row.findall("td[@class]"), len(amounts)
        if any("pay" in classes(cell) for cell in pay):
            check(get == 2 and amounts[0] == -amounts[1], f"a transfer with one end: {text(row)[:40]}")
        if "net" in classes(row):
            losers = sum("w" in classes(cell) for cell in row.iter("span"))
    told = root.find(".//section[@id='ledger']//b[@class='risk']")
    check((told is not None) == (losers > 0), "losers are not told")


# ---- the other files ----


def check_summary(path):
    with open(path, encoding="utf-8") as file:
        raw = file.read()

    def no_constant(word):
        raise ValueError(word)

    def ordered(pairs):
        keys = [key for key, _ in pairs]
        head = ["hearth_result", "version", "build", "outcome", "certificate", "inputs"]
        rest = keys[len(head) :] if keys[: len(head)] == head else keys
        check(rest == sorted(rest), f"keys out of order: {[k for k, s in zip(rest, sorted(rest)) if k != s][:3]}")
        check(len(keys) == len(set(keys)), "a key stands twice")
        return dict(pairs)

    summary = json.loads(raw, parse_constant=no_constant, object_pairs_hook=ordered)
    check(summary["hearth_result"] == 1, "hearth_result")
    return summary


UNITS = ("kw", "kwh", "c", "kw_m2", "m3_h", "money_kwh")


def check_hourly(path):
    with open(path, "rb") as file:
        raw = file.read()
    check(b"\r" not in raw and raw.endswith(b"\n"), f"{path}: line ends")
    lines = raw.decode("utf-8").splitlines()
    heads = lines[0].split(",")
    check(heads[:2] == ["step", "time_local"], f"{path}: {lines[0][:40]}")
    check(len(heads) == len(set(heads)), f"{path}: a column stands twice")
    for head in heads[2:]:
        name = head[:-4] if head.endswith("_sim") else head
        dot = name.rfind(".")
        check(dot > 0 and any(name[dot:].endswith("_" + unit) for unit in UNITS), f"{path}: column {head}")
    before = ""
    for k, line in enumerate(lines[1:]):
        cells = line.split(",")
        check(len(cells) == len(heads) and cells[0] == str(k), f"{path}:{k + 2}: cells")
        check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", cells[1]) and cells[1] > before, f"{path}:{k + 2}: time")
        check(all(cell == "" or re.fullmatch(r"-?\d+(\.\d+)?(e[+-]\d+)?", cell) for cell in cells[2:]),
              f"{path}:{k + 2}: a cell is no number")
        before = cells[1]


def main(folder, name=None):
    with open(f"{folder}/report.html", encoding="utf-8") as file:
        raw = file.read()
    root = ET.fromstring(raw)
    summary = check_summary(f"{folder}/summary.json")
    check_alone(root, raw)
    check_pictures(root)
    check_tables(root)
    check_numbers(root)
    check_energy(root, summary)
    check_layers(root)
    check_ledger(root)
    for file in ("hourly.csv", "hourly_apart.csv"):
        check_hourly(f"{folder}/{file}")
    if name is not None:
        check(text(root.find(".//title")) == f"{name} · Hearth", f"title: {text(root.find('.//title'))}")
        check(text(root.find(".//span[@class='place']")) == name, "the name in the page")
    for line in bad[:20]:
        print(line)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
