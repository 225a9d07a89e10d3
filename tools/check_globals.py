#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The library keeps no writable globals: looks for variables in the sections .data, .bss and thread-local ones of
the floors' archives. usage: check_globals.py build/release"""
import pathlib
import re
import subprocess
import sys

ALLOWED = {("libhearth_base.a", "fail_countdown")}  # the torture tests' switches of arena.c and file.c
WRITABLE = re.compile(r"\s(\.data|\.bss|\.tdata|\.tbss)(\.(?!rel\.ro)\S+)?\s+[0-9a-f]+\s+(?:\.hidden\s+)?(\S+)$")

mistakes, archives = [], sorted(pathlib.Path(sys.argv[1], "src").rglob("libhearth_*.a"))
for archive in archives:
    member = ""
    for line in subprocess.run(["objdump", "-t", archive], capture_output=True, text=True, check=True).stdout.splitlines():
        if ":     file format" in line:
            member = line.split(":")[0]
        found = WRITABLE.search(line)
        if found and " O " in line and (archive.name, found.group(3)) not in ALLOWED:
            mistakes.append(f"{archive.name}({member}): {found.group(3)} is a writable global")
if not archives:
    mistakes.append(f"no archive of a floor under {sys.argv[1]}/src")
print("\n".join(mistakes) or f"globals: none is writable in {len(archives)} archives")
sys.exit(1 if mistakes else 0)
