#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""results.nc of a study, with words on an axis and a row that has no plan, as Unidata's ncdump reads it: every column of
results.csv is there, with the same numbers to the last digit, and its unit.
usage: tests/slow/netcdf.py build/release/hearth"""
import csv
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import kills

STUDY = """study: 1
scenario: s.yaml
axes:
  - {name: place, options: [{name: "harbour, east", set: {fuel.gas_money_kwh: 0.05}}, {name: ridge}]}
  - {path: heat_network.length_m, values: [200, 3000, -5]}
"""
UNITS = {"npv_money": "money", "together.carbon_marginal_kg_year": "kg/year", "together.pue_ratio": "1",
         "gain_money_year.heat_utility": "money/a", "together.water_m3_year": "m3/year"}


def variables(text):
    """CDL's data: numbers, None for NaN, or texts."""
    found = {}
    for name, body in re.findall(r"(?m)^ (\S+) =\s*([^;]*);", text[text.index("data:"):]):
        cells = re.findall(r'"((?:[^"\\]|\\.)*)"|([^,\s]+)', body)
        found[name] = [word if number == "" else None if number in ("NaN", "_") else float(number) for word, number in cells]
    return found


def main():
    if not shutil.which("ncdump"):
        print("SKIP: ncdump is not installed")
        sys.exit(1 if os.environ.get("HEARTH_REQUIRE_SHARED") else 0)
    hearth = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        trial = kills.Trial(hearth, work, 1)
        (work / "study.yaml").write_text(STUDY, encoding="utf-8")
        subprocess.run([*trial.command, str(work / "out"), "--netcdf"], check=True, capture_output=True)
        text = subprocess.run(["ncdump", "-p", "9,17", str(work / "out" / "results.nc")], check=True, capture_output=True,
                              text=True).stdout
        read = variables(text)
        with (work / "out" / "results.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = [name for name in rows[0] if name != "row"]
        if list(read) != columns or "\trow = 6 ;" not in text:
            sys.exit(f"columns differ: {sorted(set(columns) ^ set(read))}")
        for name in columns:
            cells = [row[name] for row in rows]
            number = all(isinstance(value, float) or value is None for value in read[name])
            wanted = [float(cell) if cell else None for cell in cells] if number else cells
            if read[name] != wanted:
                sys.exit(f"{name}: {read[name]} instead of {wanted}")
        if [value is None for value in read["npv_money"]] != [False, False, True] * 2:
            sys.exit(f"rows without a plan: {read['npv_money']}")
        for name, unit in UNITS.items():
            if f'\t\t{name}:units = "{unit}" ;' not in text:
                sys.exit(f"{name} is not in {unit}")
        if re.search(r'\t\tcapacity\.\S+:units', text):
            sys.exit("a capacity has a unit, which its plant decides")
    print(f"{len(columns)} columns of results.nc are those of results.csv")


if __name__ == "__main__":
    main()
