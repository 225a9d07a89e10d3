#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Includes go to the own floor or below; each foreign library stands behind one file (ARCHITECTURE.md)."""
import pathlib
import re
import sys

FLOORS = "base physics components scenario networks optimise plan accounts studies tell".split()
FOREIGN = re.compile(r"^(yaml\.h|jansson\.h|coin/.*|Clp.*|microhttpd\.h|sqlite3\.h|mpi\.h|libpq-fe\.h)$")
LIBRARY = {"coin": "Clp", "Clp_": "Clp"}  # headers of one library under two names
mistakes, homes = [], {}

for path in sorted(pathlib.Path("src").rglob("*.[ch]")):
    floor = path.parts[1]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*["<]([^">]+)[">]', line)
        if not found:
            continue
        target = found.group(1)
        used = target.split("/")[0]
        if used in FLOORS and floor in FLOORS and FLOORS.index(used) > FLOORS.index(floor):
            mistakes.append(f"{path}:{number}: {floor}/ may not include {target}: {used}/ is above it")
        if used == "apps" and floor in FLOORS:
            mistakes.append(f"{path}:{number}: {floor}/ may not include {target}")
        if FOREIGN.match(target):
            library = LIBRARY.get(used, LIBRARY.get(used[:4], used))
            if floor == "apps":  # sees hearth.h alone: what a program links itself stands behind one folder of its own
                homes.setdefault(library + " in apps", set()).add(str(path.parent))
            else:
                homes.setdefault(library, set()).add(str(path))

for library, files in homes.items():
    if len(files) > 1:
        mistakes.append(f"{library} is used by {', '.join(sorted(files))}: it must stand behind one file")
print("\n".join(mistakes) or "floors: every include goes to its own floor or below")
sys.exit(1 if mistakes else 0)
