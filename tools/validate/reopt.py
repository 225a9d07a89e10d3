#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints docs/validation/reopt.md: REopt's visible cases as Hearth's scenarios, their bills, sizes and life-cycle costs beside
REopt's own numbers and its published formulas. Run by tools/validate.sh with $HEARTH and $SHARED."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HEARTH, FOLDER = os.environ["HEARTH"], pathlib.Path(os.environ["SHARED"], "data/reopt/scenarios")
KWH_MMBTU = 293.07107  # kWh of a million British thermal units
LIFE = 25
OWNERS = ("operator", "heat_utility", "heat_customers")
HEAD = """hearth: 1
name: {name}
place: {{climate: seattle, ground_c: 11}}
horizon: {{from: 2017-01-01, days: 365}}
money: {{currency: USD, year: 2024, discount_frac: {rate}, life_year: 25}}
firm: none
growth: {{power_frac_year: {power}, fuel_frac_year: {fuel}, upkeep_frac_year: {upkeep}}}
finance: [{{party: operator, tax_frac: {tax}}}]
"""
missed = []


def worth(growth, rate):
    """REopt's pwf: what 1 a year is worth that grows from year 1 on (utils.jl, annuity)."""
    return sum(((1 + growth) / (1 + rate)) ** n for n in range(1, LIFE + 1))


def solve(name, body, rate=0.0624, power=0.0166, fuel=0.0348, upkeep=0.025, tax=0.26):
    with tempfile.TemporaryDirectory() as work:
        path, out = pathlib.Path(work, "s.yaml"), pathlib.Path(work, "out")
        path.write_text(HEAD.format(name=name, rate=rate, power=power, fuel=fuel, upkeep=upkeep, tax=tax) + body)
        done = subprocess.run([HEARTH, "run", path, "-o", out], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{name}: {done.stderr}")
        subprocess.run([HEARTH, "verify", out], capture_output=True, check=True)
        with open(out / "transfers.csv", encoding="utf-8") as file:
            lines = [row for row in csv.DictReader(file) if row["case"] == "together"]
        return json.loads((out / "summary.json").read_text()), lines


def life_cycle_cost(lines, rate):
    """Present value of what leaves those whose cost it is, from transfers.csv alone."""
    money = 0.0
    for row in lines:
        sign = (row["payer"] in OWNERS) - (row["payee"] in OWNERS)
        if sign:
            year = float(row["first_year"])
            while year <= float(row["last_year"]) + 1e-6:
                money += sign * float(row["money"]) * (1 + rate) ** -year
                year += 1
    return money


def row(what, expected, found, tolerance, source):
    good = abs(found - expected) <= tolerance * max(1.0, abs(expected))
    if not good:
        missed.append(what)
    text = f"{found:.10g}"
    print(f"| {what} | {expected:.10g} | {text if good else f'**{text}**'} | {tolerance:g} | {source} |")


def power_case(name, kw):
    return (f"electricity: {{site: {{party: operator, urdb: {FOLDER / name}}}}}\n"
            f"plant: {{load: {{kind: power_load, scale_ratio: 1, power_kw: {kw!r}, meter: site, owner: operator}}}}\n")


def bills():
    summary, lines = solve("no_techs", power_case("no_techs.json", 10000 / 8760))
    bill = summary["bills"][0]["together"]
    row("no_techs: energy of year one", 1000.0, bill["energy_money"], 1e-6, "REopt runtests.jl, CASES 4.1")
    row("no_techs: demand of year one", 136.99, bill["month_peak_money"], 4e-5, "the same, to cents")
    first = 1000 + 120 * 10000 / 8760
    row("no_techs: life-cycle cost, tax 26 %", first * worth(0.0166, 0.0624) * 0.74, life_cycle_cost(lines, 0.0624), 1e-4,
        "REopt's formula")
    summary, lines = solve("no_techs, public", power_case("no_techs.json", 10000 / 8760), rate=0.042, tax=0)
    row("no_techs: life-cycle cost, public owner", first * worth(0.0166, 0.042), life_cycle_cost(lines, 0.042), 1e-4,
        "REopt's formula")
    summary, lines = solve("coincident_peak", power_case("coincident_peak.json", 1.0), rate=0.083, power=0.023, tax=0)
    bill = summary["bills"][0]["together"]
    row("coincident_peak: charge of year one", 15.0, bill["coincident_money"], 1e-9, "REopt runtests.jl, CASES 4.2")
    row("coincident_peak: life-cycle charge", 15 * 12.94887, life_cycle_cost(lines, 0.083) - 8760 * worth(0.023, 0.083), 1e-4,
        "REopt runtests.jl: 15 x 12.94887 (interest 8.3 %, growth 2.3 %, before tax)")


def boilers():
    """Three loads of 8 MMBtu/h each; what the new boiler may serve stands at place N, the rest at place O."""
    kw = 8 * KWH_MMBTU
    out = []
    variants = [("fuel of the new boiler free", 3, 0.0, 24, 210240, 0), ("free, process heat only", 1, 0.0, 8, 70080, 140160),
                ("free, all but process heat", 2, 0.0, 16, 140160, 70080), ("fuel at 30, serves all", 3, 30.0, 0, 0, 210240)]
    for name, served, price, size, new_heat, old_heat in variants:
        ALL = "in: [today, apart, together]"
        body = ["electricity: {site: {party: operator, energy_money_kwh: 0.1}}", "places: [N, O]", "town:"]
        for place, count in (("N", served), ("O", 3 - served)):
            if count:
                body.append(f"  - {{name: heat_{place}, kind: measured_heat, at: {place}, heated_by: plant, scale_ratio: 1, "
                            f"heat_kw: {count * kw!r}}}")
        body.append("plant:")
        body.append(f"  gas: {{kind: fuel_supply, limit_kw: 1e6, price_money_kwh: {10 / KWH_MMBTU!r}, {ALL}}}")
        body.append(f"  landfill: {{kind: fuel_supply, limit_kw: 1e6, fuel: biomass, price_money_kwh: {price / KWH_MMBTU!r}, {ALL}}}")
        for place, count in (("N", served), ("O", 3 - served)):
            if count:
                body.append(f"  old_{place}: {{kind: gas_boiler, at: {place}, capacity_kw: {50 * kw!r}, efficiency_eff: 0.8, "
                            f"existing: true, fom_frac_year: 0, vom_money_kwh: 0, owner: operator, "
                            f"ports: {{fuel_in: gas}}, {ALL}}}")
        body.append(f"  new: {{kind: gas_boiler, at: N, capacity_kw: {{choose: {{max: {35 * KWH_MMBTU!r}}}}}, efficiency_eff: 0.8, "
                    f"capex_money_kw: {40000 / KWH_MMBTU!r}, fom_frac_year: 0.25, vom_money_kwh: 0, life_year: 25, owner: operator, "
                    f"ports: {{fuel_in: biomass}}, {ALL}}}")
        out.append((name, "\n".join(body) + "\n", price, size, new_heat, old_heat))
    for name, body, price, size, new_heat, old_heat in out:
        summary, lines = solve(f"process_heat, {name}", body, rate=0.042, tax=0)
        built = summary["record"]["together"]["instances"]["new"]["capacity"] / KWH_MMBTU
        row(f"process_heat, {name}: new boiler, MMBtu/h", size, built, 1e-4, "CASES 4.4")
        cost = (40000 * size + 10000 * size * worth(0.025, 0.042) +
                (new_heat * price + old_heat * 10) / 0.8 * worth(0.0348, 0.042))
        row(f"process_heat, {name}: life-cycle cost, public owner", cost, life_cycle_cost(lines, 0.042), 1e-4, "REopt's formula")


print("""# REopt's cases

Written by `make validate` (`tools/validate/reopt.py`). The visible scenarios of NREL/REopt.jl (029db01) as Hearth's scenarios: planned,
verified, and their life-cycle cost added up from `transfers.csv` alone. Where REopt's tests state a number it stands here; where not, its
published formulas (growing annuity from year 1 on, tax on running costs) with its inputs. Tolerances are relative; a miss is in bold.

| what | expected | Hearth | tolerance | source |
|---|---|---|---|---|""")
bills()
boilers()
print("""
What an owner pays tax on and how plant is written off differ: REopt takes the schedules of the United States, Hearth a straight line over
each plant's life. So the boilers are compared for a public owner, who pays none.

## Not compared

- `lookback_rate`: its tariff stands online only; `hearth bill` refuses it and names the label (`tests/cli/bill.bats`).
- `flatloads`: its yearly loads follow from an online climate zone and no number of money is published for it; the three shapes of load are
  calendars (CASES 4.3).
- No visible case has PV, wind or CHP: REopt's tests of these take weather from online services and load profiles of cities that are not
  here. PV and wind stand beside NREL's own weather files in [physics](physics.md) and [supply](supply.md), a CHP, three PV arrays and
  three gas connections in Calliope's optimum ([supply](supply.md)).""")
if missed:
    print(f"missed: {', '.join(missed)}", file=sys.stderr)
