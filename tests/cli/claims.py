#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the lines of docs/claims/README.md that begin with "$ hearth" and holds what they print against what stands there.
usage: claims.py HEARTH"""
import json
import pathlib
import subprocess
import sys

program, found, checked, wrong = sys.argv[1], {}, 0, 0
for line in pathlib.Path("docs/claims/README.md").read_text(encoding="utf-8").splitlines():
    words = line.split()
    if line.startswith("    $ hearth"):
        done = subprocess.run([program, *words[2:], "--json"], capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
    elif line.startswith("    ") and len(words) == 2:
        key, told = words
        digits = len(told.split(".")[1])
        checked += 1
        if round(found[key], digits) != float(told):
            print(f"{key}: {found[key]}, told {told}")
            wrong += 1
print(f"{checked} figures of claims")
sys.exit(wrong > 0 or checked < 15)
