#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every double in a header, a struct or a parameter list of src/ names its unit: its name ends in a suffix of
base/units.def, or its last word is one of the plain words below. optimise/ knows nothing of units and is left out,
and so are base/ but for units.h, tell/ (the only floor with other units) and local variables. -v prints how many names were looked at."""
import pathlib
import re
import sys

# Words for a number of any unit, where the unit belongs to something else (a key, a column, a unit field, a port).
PLAIN = set("""value values fallback min max fixed total size size2 capacity capacity2 scratch expected number at column
    step port use sign a b x y x0 x1 y0 y1 lower upper sum of ret result argument pi share axis row rows columns table
    mean period slope missing profile level""".split())
SKIP_FLOORS = {"optimise", "tell"}

suffixes = re.findall(r"^UNIT\((\w+),", pathlib.Path("src/base/units.def").read_text(encoding="utf-8"), re.M)
ends = re.compile(r"(^|_)(" + "|".join(sorted(suffixes, key=len, reverse=True)) + r")$")
QUALIFIED = r"(?:const\s+|restrict\s+|volatile\s+|\*\s*)*"


def without_comments(text):
    """Comments, strings and preprocessor lines become blanks, so that line numbers stay."""
    blank = lambda found: re.sub(r"[^\n]", " ", found.group(0))
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', blank, text, flags=re.S | re.M)


def bodies_blanked(text):
    """Function bodies become blanks: what is left are declarations, structs and parameters."""
    out, depth, in_body = [], 0, False
    for at, c in enumerate(text):
        if c == "{":
            if depth == 0:
                in_body = text[:at].rstrip().endswith(")")
            depth += 1
        out.append(c if not in_body or depth == 0 or c == "\n" else " ")
        if c == "}":
            depth -= 1
            in_body = in_body and depth > 0
    return "".join(out)


def named_doubles(text):
    """(offset, name) of each declared double, double-returning function and member."""
    for found in re.finditer(r"\bdouble\b" + QUALIFIED.replace("(?:", r"\s*(?:", 1), text):
        at = found.end()
        while True:  # double a, *b, c[12];
            declarator = re.match(r"\s*" + QUALIFIED + r"(?:\(\s*\*\s*)?(?:const\s+)?(\w+)", text[at:])
            if not declarator:
                break
            name, start = declarator.group(1), at + declarator.start(1)
            if not name[0].isdigit():  # the numbers of a table
                yield start, name
            rest = re.match(r"\s*(?:\[[^\]]*\]\s*)*(?:=[^,;()]*)?,(?!\s*(?:const\s+|struct\s+|enum\s+|unsigned\s+|long\s+)*"
                            r"(?:double|int|bool|char|void|long|size_t|u?int\d+_t|struct|enum|FILE|\.\.\.))",
                            text[start + len(name):])
            if not rest:
                break
            at = start + len(name) + rest.end()


mistakes, looked_at = [], 0
for path in sorted(pathlib.Path("src").rglob("*.[ch]")):
    floor = path.parts[1]
    if floor in SKIP_FLOORS or (floor == "base" and path.name != "units.h"):
        continue
    text = bodies_blanked(without_comments(path.read_text(encoding="utf-8")))
    for offset, name in named_doubles(text):
        looked_at += 1
        if not ends.search(name) and name.split("_")[-1] not in PLAIN:
            line = text.count("\n", 0, offset) + 1
            mistakes.append(f"{path}:{line}: {name} names no unit of src/base/units.def")
print("\n".join(mistakes) or "units: every double names its unit")
if "-v" in sys.argv:
    print(f"{looked_at} names looked at, {len(mistakes)} without unit")
sys.exit(1 if mistakes else 0)
