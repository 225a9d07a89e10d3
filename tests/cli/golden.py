#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares figures of a summary.json with golden ones: lines "example case key value relative_tolerance"; and what programme
and simulation of each case differ by with what they may.
usage: golden.py GOLDEN EXAMPLE SUMMARY        prints the golden lines of a summary with --write as fourth argument"""
import json
import pathlib
import sys

KEYS = ["pue_ratio", "erf_ratio", "wue_m3_kwh", "heat_demand_kwh_year", "heat_delivered_kwh_year", "heat_pump_cop",
        "grid_peak_kw", "carbon_marginal_kg_year", "heat_bill_money_year", "objective_money"]
GAP = 0.005  # of a case's cost
golden, example, summary = sys.argv[1:4]
cases = json.loads(pathlib.Path(summary).read_text())["cases"]
if len(sys.argv) > 4:
    for case in ("apart", "together"):
        for key in KEYS:
            print(example, case, key, json.dumps(cases[case][key]), 1e-4)
    sys.exit()
wrong = seen = 0
for case, figures in cases.items():
    if not abs(figures["simulation_gap_frac"]) <= GAP:
        print(f"{example} {case}: programme and simulation differ by {figures['simulation_gap_frac']} of the cost, allowed {GAP}")
        wrong += 1
for line in pathlib.Path(golden).read_text().splitlines():
    words = line.split()
    if not words or words[0] != example:
        continue
    seen += 1
    found, wanted = cases[words[1]][words[2]], json.loads(words[3])
    good = found is None if wanted is None else found is not None and abs(found - wanted) <= float(words[4]) * abs(wanted) + 1e-9
    if not good:
        print(f"{line}: found {found}")
        wrong += 1
sys.exit(wrong > 0 or seen == 0)
