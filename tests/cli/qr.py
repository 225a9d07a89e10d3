# SPDX-License-Identifier: Apache-2.0
"""Reads the QR code of an SVG of one path of unit squares, the slow and strict way: every pattern, the format's code and the
Reed-Solomon syndromes must be right, nothing is corrected (ISO/IEC 18004:2015; byte mode, level L, versions 1 to 5)."""
import re

CHECK = {21: 7, 25: 10, 29: 15, 33: 20, 37: 26}
MASKS = (lambda i, j: (i + j) % 2, lambda i, j: i % 2, lambda i, j: j % 3, lambda i, j: (i + j) % 3, lambda i, j: (i // 2 + j // 3) % 2,
         lambda i, j: i * j % 2 + i * j % 3, lambda i, j: (i * j % 2 + i * j % 3) % 2, lambda i, j: ((i + j) % 2 + i * j % 3) % 2)
POWERS = [1]
for _ in range(254):
    POWERS.append(POWERS[-1] << 1 ^ (0x11D if POWERS[-1] > 127 else 0))
LOGS = {power: k for k, power in enumerate(POWERS)}


def fixed_modules(size):
    """{(row, column): dark} of finders, separators, timing and alignment."""
    fixed = {}
    for k in range(size):
        fixed[6, k] = fixed[k, 6] = k % 2 == 0
    for row, column in ((3, 3), (3, size - 4), (size - 4, 3)):
        for r in range(-4, 5):
            for c in range(-4, 5):
                if 0 <= row + r < size and 0 <= column + c < size:
                    fixed[row + r, column + c] = max(abs(r), abs(c)) in (0, 1, 3)
    if size > 21:
        for r in range(-2, 3):
            for c in range(-2, 3):
                fixed[size - 7 + r, size - 7 + c] = max(abs(r), abs(c)) != 1
    fixed[size - 8, 8] = True
    return fixed


def read(svg):
    """The text, or an AssertionError."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg).group(1))
    size, dark = side - 8, {(int(y) - 4, int(x) - 4) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg)}
    fixed = fixed_modules(size)
    assert size in CHECK and all(((p in dark) == is_dark) for p, is_dark in fixed.items()), "patterns"
    one = [(k, 8) for k in (0, 1, 2, 3, 4, 5, 7, 8)] + [(8, k) for k in (7, 5, 4, 3, 2, 1, 0)]
    two = [(8, size - 1 - k) for k in range(8)] + [(size - 7 + k, 8) for k in range(7)]
    words = [sum((p in dark) << k for k, p in enumerate(places)) ^ 0x5412 for places in (one, two)]
    rest = words[0]
    for k in range(14, 9, -1):
        rest ^= 0x537 << (k - 10) if rest >> k & 1 else 0
    assert words[0] == words[1] and rest == 0 and words[0] >> 13 == 1, "format, level L"
    mask = MASKS[words[0] >> 10 & 7]
    taken, bits = {*fixed, *one, *two}, []
    columns = [c for c in range(size - 1, -1, -1) if c != 6]
    for pair in range(0, len(columns), 2):
        rows = range(size - 1, -1, -1) if pair % 4 == 0 else range(size)
        bits += [((r, c) in dark) ^ (mask(r, c) == 0) for r in rows for c in columns[pair:pair + 2] if (r, c) not in taken]
    code = [int("".join(str(int(b)) for b in bits[k:k + 8]), 2) for k in range(0, len(bits) - 7, 8)]
    for root in range(CHECK[size]):
        value = 0
        for word in code:  # Horner at 2^root
            value = (POWERS[(LOGS[value] + root) % 255] if value else 0) ^ word
        assert value == 0, f"syndrome {root}"
    stream = "".join(f"{word:08b}" for word in code)
    assert stream[:4] == "0100", "byte mode"
    return bytes(int(stream[12 + 8 * k:20 + 8 * k], 2) for k in range(int(stream[4:12], 2))).decode()
