#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Alters single numbers of a folder of results by 1e-4 and asks `hearth verify` whether it notices.
usage: alter.py HEARTH FOLDER COUNT [SEED] [--reseal SHARE]
--reseal SHARE  makes every seal anew after each alteration, as a forger would: what is noticed then, is noticed by
physics, balances, bills, metrics and prices alone. At least SHARE of the alterations must be, and all of those in the
dispatch, the bills, the figures and the report; left may be what plays no part in the plan (an input that nothing reads
or that does not bind, how long the solver took, a size at
which the law is flat) and prices that more than one value fits."""
import hashlib
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

arguments = sys.argv[1:]
share = None
if "--reseal" in arguments:
    at = arguments.index("--reseal")
    share = float(arguments[at + 1])
    del arguments[at:at + 2]
program, folder, count = arguments[0], pathlib.Path(arguments[1]), int(arguments[2])
numbers = re.compile(rb"(?<![\w.#-])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])")
dice = random.Random(int(arguments[3]) if len(arguments) > 3 else 20241124)
files = ["hourly.csv", "hourly_apart.csv", "hourly_today.csv", "accounts.json", "indicators.json", "transfers.csv", "transfers_year.csv", "plan.yaml", "summary.json",
         "report.html"]
silent = re.compile(rb"(bound|columns|dual_residual_ratio|gap_ratio|iterations|nonzeros|primal_residual_ratio|rounds|rows|"
                    rb"settled|size2?|worst)\"")


def reseal(copy):
    """Seals of the record and of every file, over what now stands there."""
    summary = (copy / "summary.json").read_bytes()
    record = re.search(rb'  "record": (\{.*?\n  \}),\n  "record_sha256": "([0-9a-f]{64})"', summary, re.S)
    summary = summary.replace(record.group(2), hashlib.sha256(record.group(1)).hexdigest().encode())
    for name, seal in json.loads(summary).get("files", {}).items():
        new = hashlib.sha256((copy / name).read_bytes()).hexdigest()
        summary = summary.replace(seal.encode(), new.encode())
    (copy / "summary.json").write_bytes(summary)


def may_stay(name, text, at):
    """Is it a number that no law and no bill reads?"""
    line = text[text.rfind(b"\n", 0, at) + 1:text.find(b"\n", at)]
    if name.startswith("hourly"):
        column = text[text.rfind(b"\n", 0, at) + 1:at].count(b",")
        return text[:text.find(b"\n")].split(b",")[column].endswith(b".price_money_kwh")
    if name == "summary.json":
        return bool(silent.search(line)) and at > text.find(b'"record": {')
    return name == "plan.yaml"


missed, done, left = [], 0, 0
with tempfile.TemporaryDirectory() as work:
    copy = pathlib.Path(work) / "copy"
    shutil.copytree(folder, copy)
    summary = (folder / "summary.json").read_bytes()
    while done < count:
        name = dice.choice(files)
        text = (folder / name).read_bytes()
        found = dice.choice(list(numbers.finditer(text)))
        value = float(found.group(0))
        if value == 0.0:
            continue
        new = repr(value * (1 + 1e-4)).encode()
        (copy / name).write_bytes(text[:found.start()] + new + text[found.end():])
        if share is not None:
            reseal(copy)
        code = subprocess.run([program, "verify", str(copy)], capture_output=True).returncode
        if code not in (1, 65):
            if share is not None and code == 0 and may_stay(name, text, found.start()):
                left += 1
            else:
                missed.append(f"{name} at byte {found.start()}: {found.group(0)} -> {new}, exit {code}")
        (copy / name).write_bytes(text)
        (copy / "summary.json").write_bytes(summary)
        done += 1
if share is not None:
    print(f"{count - left - len(missed)} of {count} alterations were noticed without a seal")
    if left > (1.0 - share) * count:
        missed.append(f"{left} were not, more than {1.0 - share:.0%}")
print("\n".join(missed) or f"all {count} alterations were noticed" if share is None else "\n".join(missed))
sys.exit(bool(missed))
