#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An accountant's check: every party's present value from transfers.csv alone, as a spreadsheet would add it up, against
accounts.json and against what the optimum says of the typical year.
usage: rebuild.py FOLDER"""
import csv
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
books = json.loads((folder / "accounts.json").read_text())
summary = json.loads((folder / "summary.json").read_text())
rate, life = books["discount_frac"], books["life_year"]
worth, balance = {}, {}
with open(folder / "transfers.csv", newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        first, last, money = float(row["first_year"]), float(row["last_year"]), float(row["money"])
        assert money > 0.0 and row["formula"] and row["payer"] != row["payee"] and 0.0 <= first <= last <= life + 1e-6, row
        year = first
        while year <= last + 1e-6:
            for party, sign in ((row["payer"], -1.0), (row["payee"], 1.0)):
                key = row["case"], party
                worth[key] = worth.get(key, 0.0) + sign * money * (1.0 + rate) ** -year
                at = row["case"], round(year, 6)
                balance[at] = balance.get(at, 0.0) + sign * money
            year += 1.0
wrong = [f"{at}: {money} is left over" for at, money in balance.items() if abs(money) > 0.01]
for party, known in books["parties"].items():
    for other, key in (("apart", "npv_money"), ("today", "npv_today_money")):
        rebuilt = worth.get(("together", party), 0.0) - worth.get((other, party), 0.0)
        size = sum(abs(value) for value in worth.values())
        if abs(rebuilt - known[key]) > 0.01 + 1e-12 * size:
            wrong.append(f"{party} {key}: {known[key]}, rebuilt {rebuilt}")
if len(sys.argv) > 2:  # nothing but what the optimum weighed: the year's sum over the life is the present value
    years = sum((1.0 + rate) ** -year for year in range(1, int(life) + 1))
    for party, money in summary["net_money_year"].items():
        if abs(money * years - books["parties"][party]["npv_money"]) > 0.01 + 1e-9 * abs(money * years):
            wrong.append(f"{party}: {money} a year is not {books['parties'][party]['npv_money']}")
print("\n".join(wrong) or f"{len(books['parties'])} parties rebuilt")
sys.exit(len(wrong) > 0)
