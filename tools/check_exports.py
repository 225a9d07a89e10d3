#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""libhearth.a shows exactly the functions that hearth.h declares with HEARTH_API, no more and no fewer.
usage: check_exports.py build/release"""
import pathlib
import re
import subprocess
import sys

header = re.sub(r"/\*.*?\*/", " ", pathlib.Path("include/hearth/hearth.h").read_text(encoding="utf-8"), flags=re.S)
declared = set(re.findall(r"^HEARTH_API\s[^;(]*?\*?(hearth_\w+)\(", header, flags=re.M))
archive = pathlib.Path(sys.argv[1], "libhearth.a")
lines = subprocess.run(["nm", "--extern-only", "--defined-only", archive], capture_output=True, text=True, check=True).stdout
shown = {line.split()[2] for line in lines.splitlines() if len(line.split()) == 3}
mistakes = [f"{name}: declared in hearth.h, but libhearth.a does not show it" for name in sorted(declared - shown)]
mistakes += [f"{name}: shown by libhearth.a, but not declared in hearth.h" for name in sorted(shown - declared)]
if not declared:
    mistakes.append("hearth.h declares nothing")
print("\n".join(mistakes) or f"exports: libhearth.a shows the {len(declared)} functions of hearth.h and nothing else")
sys.exit(1 if mistakes else 0)
