#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a year of typical weeks misses: every example's figures by `hearth run --typical=WEEKS` against the recorded ones of
its whole year (tests/cli/examples_year.golden).
usage: typical_errors.py HEARTH [WEEKS ...]        a table in Markdown for each number of weeks"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

GOLDEN = pathlib.Path("tests/cli/examples_year.golden")
COLUMNS = [("together", "objective_money", "cost"), ("saving", "objective_money", "saving, of cost"),
           ("together", "heat_delivered_kwh_year", "recovered heat"), ("together", "erf_ratio", "ERF"),
           ("together", "pue_ratio", "PUE"), ("together", "grid_peak_kw", "peak"), ("together", "water_m3_year", "water"),
           ("together", "carbon_marginal_kg_year", "carbon"), ("together", "heat_bill_money_year", "heat bill")]


def recorded():
    years = {}
    for line in GOLDEN.read_text().splitlines():
        if line and not line.startswith("#"):
            example, key, value, _ = line.split()
            if key.count(".") != 1:
                continue
            case, figure = key.split(".")
            years.setdefault(example, {}).setdefault(case, {})[figure] = json.loads(value)
    return years


def typical(hearth, example, weeks):
    folder = pathlib.Path("examples") / example
    text = re.sub(r"(?m)^horizon:.*\n", "", (folder / "scenario.yaml").read_text())
    with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".yaml") as file:
        file.write(text)
        file.flush()
        ran = subprocess.run([hearth, "run", f"--typical={weeks}", "--json", file.name], capture_output=True, text=True)
    return json.loads(ran.stdout)["cases"] if ran.returncode == 0 else None


def error(exact, found, case, figure):
    if case == "saving":
        differences = [years["apart"][figure] - years["together"][figure] for years in (exact, found)]
        return (differences[1] - differences[0]) / abs(exact["together"][figure])
    one, other = exact[case].get(figure), found[case].get(figure)
    if one is None or other is None or one == 0:
        return None
    return other / one - 1


def main():
    hearth, years = sys.argv[1], recorded()
    for weeks in sys.argv[2:] or ["5"]:
        print(f"\n| {weeks} weeks | " + " | ".join(name for _, _, name in COLUMNS) + " |")
        print("|---" * (len(COLUMNS) + 1) + "|")
        for example in sorted(years):
            found = typical(hearth, example, weeks)
            cells = ["no plan"] if not found else [
                "–" if miss is None else f"{100 * miss:+.2f} %"
                for miss in (error(years[example], found, case, figure) for case, figure, _ in COLUMNS)]
            print(f"| {example} | " + " | ".join(cells) + " |", flush=True)


main()
