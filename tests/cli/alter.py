#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Alters single numbers of a folder of results by 1e-4 and asks `hearth verify` whether it notices.
usage: alter.py HEARTH FOLDER COUNT [SEED]"""
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

program, folder, count = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
numbers = re.compile(rb"(?<![\w.#-])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])")
dice = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 20241124)
files = ["hourly.csv", "hourly_apart.csv", "hourly_today.csv", "transfers.csv", "plan.yaml", "summary.json",
         "report.html"]
missed, done = [], 0
with tempfile.TemporaryDirectory() as work:
    copy = pathlib.Path(work) / "copy"
    shutil.copytree(folder, copy)
    while done < count:
        name = dice.choice(files)
        text = (folder / name).read_bytes()
        found = dice.choice(list(numbers.finditer(text)))
        value = float(found.group(0))
        if value == 0.0:
            continue
        new = repr(value * (1 + 1e-4)).encode()
        (copy / name).write_bytes(text[:found.start()] + new + text[found.end():])
        code = subprocess.run([program, "verify", str(copy)], capture_output=True).returncode
        if code not in (1, 65):
            missed.append(f"{name} at byte {found.start()}: {found.group(0)} -> {new}, exit {code}")
        (copy / name).write_bytes(text)
        done += 1
print("\n".join(missed) or f"all {count} alterations were noticed")
sys.exit(bool(missed))
