#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Heat thrown away while a boiler ran, from hourly.csv alone, against accounts.json and the sentence of the report. For a
hall whose hand-off takes from its coolant, one heat pump and one boiler in the house.
usage: thrown.py FOLDER COOLING BOILER HAND_OFF PUMP STATION"""
import csv
import json
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
cooling, boiler, hand_off, pump, station = sys.argv[2:]
told = json.loads((folder / "accounts.json").read_text())["heat_thrown_away"]
summary = json.loads((folder / "summary.json").read_text())
size = {name: one.get("capacity") for name, one in summary["record"]["together"]["instances"].items()}
with open(folder / "hourly.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
assert not any("_boiler.heat_out_kw" in key and key != f"{boiler}.heat_out_kw" for key in rows[0])
kwh = hours = full = 0.0
for row in rows:
    lost = min(float(row[f"{cooling}.heat_in_kw"]), float(row[f"{boiler}.heat_out_kw"]))
    if lost > 1e-3:
        kwh, hours = kwh + lost, hours + 1
        taken = {name: float(row[f"{name}.heat_out_kw"]) >= 0.999 * size[name] for name in (hand_off, pump, station)}
        full += lost if any(taken.values()) else 0.0
year = 8784 / len(rows)
assert hours > 0
assert abs(told["kwh_year"] - kwh * year) < 1e-6 * kwh * year and abs(told["hours_year"] - hours * year) < 1e-6, (told, kwh, hours)
why = told["why_kwh_year"]
assert abs(sum(why.values()) - told["kwh_year"]) < 1e-6 * told["kwh_year"]
narrow = why["hand_off_full"] + why["plant_full"] + why["pipe_full"]
assert full * year <= narrow * (1 + 1e-6), (full * year, narrow)  # the rest of it is the pipe
assert re.search(rf"In {hours:g}(\.0)* hours? .* of its heat went to the sky", (folder / "report.html").read_text()), hours
