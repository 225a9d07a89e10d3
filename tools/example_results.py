#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The examples over their whole year.
  example_results.py year EXAMPLE                 the example's scenario without its horizon, to standard output, as a
                                                  file of the folder out/ reads it
  example_results.py compare EXAMPLE SUMMARY      compares a summary.json with the golden figures of the year, where there are
                                                  any, and what programme and simulation differ by with what they may
  example_results.py golden EXAMPLE SUMMARY       takes a summary.json as the new golden figures
  example_results.py pages [--write]              the table of results in each example's README is the golden one's"""
import csv
import json
import pathlib
import re
import sys

GOLDEN = pathlib.Path("tests/cli/examples_year.golden")
PLAUSIBLE = pathlib.Path("examples/plausible.csv")
CASE_KEYS = ["pue_ratio", "erf_ratio", "wue_m3_kwh", "data_centre_kwh_year", "heat_demand_kwh_year",
             "heat_delivered_kwh_year", "heat_rejected_kwh_year", "heat_pump_cop", "grid_peak_kw", "water_m3_year",
             "carbon_marginal_kg_year", "carbon_average_kg_year", "carbon_on_site_kg_year", "heat_bill_money_year",
             "heat_cost_money_kwh", "recovered_heat_cost_money_kwh", "heat_chain_money_kwh", "objective_money"]
PLAN_KEYS = ["heat_price_money_kwh", "npv_money"]
MARKS = re.compile(r"(<!-- results -->\n).*?(<!-- /results -->)", re.S)
# Two optima of one programme agree in cost; a figure beside the cost may differ within the rounds' tolerance.
TOLERANCE = 2e-3
# What programme and simulation of a case may differ by, of its cost.
GAP = 5e-3


def figure(summary, name):
    part, _, key = name.partition(".")
    return summary["cases"][part][key] if key else summary[part]


def golden():
    found = {}
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            example, name, value, tolerance = line.split()
            found.setdefault(example, {})[name] = (json.loads(value), float(tolerance))
    return found


def estimates(example):
    with PLAUSIBLE.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(line for line in file if not line.startswith("#"))
                if row["example"] == example]


def write_golden(all_figures):
    lines = ["# Figures of the examples over their whole year: example figure value relative_tolerance"]
    for example in sorted(all_figures):
        lines += [f"{example} {name} {json.dumps(value)} {tolerance}"
                  for name, (value, tolerance) in all_figures[example].items()]
    GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")


def take(example, path):
    summary = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    names = [f"{case}.{key}" for case in ("apart", "together") for key in CASE_KEYS] + PLAN_KEYS
    names += [row["figure"] for row in estimates(example) if row["figure"] not in names]
    figures = golden() if GOLDEN.exists() else {}
    figures[example] = {name: (figure(summary, name), TOLERANCE) for name in names}
    write_golden(figures)


def compare(example, path):
    summary = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    wrong = [f"{example} {case}: sizes and losses did not come to rest in {record['rounds']} rounds"
             for case, record in summary["record"].items() if not record["settled"]]
    wrong += [f"{example} {case}: programme and simulation differ by {figures['simulation_gap_frac']:.2g} of the cost"
              for case, figures in summary["cases"].items() if not abs(figures["simulation_gap_frac"]) <= GAP]
    print(f"{example}: programme and simulation differ by "
          f"{max(abs(figures['simulation_gap_frac']) for figures in summary['cases'].values()):.2g} of the cost at most")
    for name, (wanted, tolerance) in golden().get(example, {}).items():
        found = figure(summary, name)
        same = found is None if wanted is None else found is not None and abs(found - wanted) <= tolerance * abs(wanted) + 1e-9
        if not same:
            wrong.append(f"{example} {name}: {found}, golden {wanted}")
    known = f"{example}: every figure of the year agrees" if example in golden() else f"{example}: no golden figures of the year"
    print("\n".join(wrong) or known)
    return not wrong


def words(value):
    """Three digits, as a reader would say them."""
    if value == 0 or abs(value) < 5e-4:
        return "0"
    digits = max(0, 2 - int(f"{abs(value):e}".split("e")[1]))
    return f"{value:,.{digits}f}".replace(",", " ").replace("-", "\N{MINUS SIGN}")


def table(example, figures):
    lines = ["| figure | plausible | the year planned | |", "|---|---|---|---|"]
    for row in estimates(example):
        value = figures[row["figure"]][0]
        low, high = row["low"], row["high"]
        value = None if value is None else value * float(row["scale"])
        if low == "none":
            expected, good = "none", value is None
        elif low and high and float(low) != float(high):
            expected, good = f"{low}–{high}", value is not None and float(low) <= value <= float(high)
        elif low and high:
            expected, good = low, value is not None and abs(value - float(low)) < 5e-4
        else:
            expected, good = f"≤ {high}", value is not None and value <= float(high)
        shown = "none" if value is None else words(value)
        unit = f" {row['unit']}" if row["unit"] else ""
        lines.append(f"| {row['label']} | {expected}{unit} | {shown}{unit if value is not None else ''} | "
                     f"{'within' if good else '**outside**'} |")
    return "\n".join(lines) + "\n"


def pages(write):
    good = True
    for example, figures in golden().items():
        page = pathlib.Path("examples", example, "README.md")
        text = page.read_text(encoding="utf-8")
        new, count = MARKS.subn(lambda found: found[1] + table(example, figures) + found[2], text)
        if count != 1:
            print(f"{page}: no place for the results between <!-- results --> and <!-- /results -->")
            good = False
        elif new != text and write:
            page.write_text(new, encoding="utf-8")
        elif new != text:
            print(f"{page}: its results are not the golden ones: tools/example_results.py pages --write")
            good = False
    return good


verb, rest = sys.argv[1], sys.argv[2:]
if verb == "year":
    text = pathlib.Path("examples", rest[0], "scenario.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^horizon:.*\n", "", text)
    print(text.replace("{pipes: ", f"{{pipes: ../examples/{rest[0]}/"), end="")
elif verb == "compare":
    sys.exit(not compare(*rest))
elif verb == "golden":
    take(*rest)
elif verb == "pages":
    sys.exit(not pages("--write" in rest))
else:
    sys.exit(__doc__)
