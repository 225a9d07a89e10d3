#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The urban-scale example of Calliope (CASES.md 5.1) as a scenario: calliope.py DATA FOLDER writes FOLDER/calliope.yaml and the
columns it reads. Four places X1, X2, X3, N1; what sells its power straight to the grid (the CHP, each array) stands at a place of its
own, with a one-way line to the users, so that no more is sold than is made."""
import csv
import pathlib
import sys

shared, folder = pathlib.Path(sys.argv[1], "cases"), pathlib.Path(sys.argv[2])


def table(name):
    with open(shared / name, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


demand, sun = table("calliope_urban_24h.csv"), table("calliope_urban_pv_24h.csv")
names = [f"{carrier}_{place}_kw" for carrier in ("heat", "electricity") for place in ("X1", "X2", "X3")]
with open(folder / "calliope.csv", "w", encoding="utf-8") as out:
    out.write(",".join(names + ["pv_frac", "export_money_kwh"]) + "\n")
    for row, light in zip(demand, sun):
        numbers = [row[name] for name in names]
        numbers += [repr(0.85 * 7 * float(light["pv_kwh_m2"])), repr(-float(row["chp_export_cost_per_kwh"]))]
        out.write(",".join(numbers) + "\n")


def series(column, unit):
    return f"{{file: calliope.csv, column: {column}, unit: {unit}}}"


ALL = "in: [today, apart, together]"
pv = {"X1": (500 / 7, 0, 0, 0), "X2": (1300 / 7, -0.0203, 0.0491, 0), "X3": (50, 0, 0, -80.5 / 1350)}
scenario = ["""hearth: 1
name: Calliope urban scale
place: {climate: london}
places: [X1, X2, X3, N1, chp_meter, pv_meter_X1, pv_meter_X2, pv_meter_X3]
horizon: {from: 2005-07-01, days: 1}
money: {currency: GBP, year: 2024, discount_frac: 0.1, life_year: 25}
firm: none
electricity:
  X1: {at: X1, energy_money_kwh: 0.1, limit_kw: {choose: {max: 2000}}, capex_money_kw: 100}"""]
for name, price in [("chp_meter", series("export_money_kwh", "money_kwh"))] + [
        (f"pv_meter_{place}", values[2]) for place, values in pv.items()]:
    scenario.append(f"  {name}: {{at: {name}, energy_money_kwh: 9, export_money_kwh: {price}}}")
scenario.append("town:")
for place in ("X1", "X2", "X3"):
    scenario.append(f"  - {{name: heat_{place}, kind: measured_heat, at: {place}, heated_by: plant, scale_ratio: 1, "
                    f"heat_kw: {series(f'heat_{place}_kw', 'kw')}}}")
    scenario.append(f"  - {{name: power_{place}, kind: power_load, at: {place}, scale_ratio: 1, "
                    f"power_kw: {series(f'electricity_{place}_kw', 'kw')}}}")
scenario.append("plant:")
for place in ("X1", "X2", "X3"):
    scenario.append(f"  gas_{place}: {{kind: fuel_supply, at: {place}, price_money_kwh: 0.025, capex_money_kw: 1, "
                    f"limit_kw: {{choose: {{max: 2000}}}}, {ALL}}}")
    most, made, _, upkeep = pv[place]
    scenario.append(f"  pv_{place}: {{kind: power_profile, at: pv_meter_{place}, capacity_kw: {{choose: {{max: {most!r}}}}}, "
                    f"capex_money_kw: 1350, fom_frac_year: {upkeep!r}, price_money_kwh: {made}, "
                    f"output_frac: {series('pv_frac', 'frac')}, {ALL}}}")
scenario.append(f"  chp: {{kind: gas_engine, at: chp_meter, capacity_kw: {{choose: {{max: 1500}}}}, electric_eff: 0.405, heat_eff: 0.324, "
                f"available_frac: 1, radiator: false, capex_money_kw: 750, vom_money_kwh: 0.004, life_year: 25, "
                f"ports: {{heat_out: heat_X1, fuel_in: X1.gas}}, {ALL}}}")
for place, price in (("X2", 43.1), ("X3", 78)):
    scenario.append(f"  boiler_{place}: {{kind: gas_boiler, at: {place}, capacity_kw: {{choose: {{max: 600}}}}, efficiency_eff: 0.85, "
                    f"capex_money_kw: {price}, fom_frac_year: 0, vom_money_kwh: {0.004 / 0.85!r}, {ALL}}}")
scenario.append("links:")
for a, b, distance in (("X1", "X2", 10), ("X1", "X3", 5)):
    scenario.append(f"  - {{name: line_{a}_{b}, kind: power_line, from: {a}, to: {b}, capacity_kw: {{choose: {{max: 2000}}}}, "
                    f"each_way: true, loss_frac: 0.02, capex_money_kw: {0.01 * distance!r}, fom_frac_year: 0, life_year: 25, {ALL}}}")
for a, b, distance in (("X1", "N1", 3), ("N1", "X2", 3), ("N1", "X3", 4)):
    scenario.append(f"  - {{name: pipe_{a}_{b}, kind: heat_link, from: {a}, to: {b}, capacity_kw: {{choose: {{max: 2000}}}}, "
                    f"each_way: true, loss_frac: {1 - 0.975 ** distance!r}, capex_money_kw: {0.3 * distance!r}, fom_frac_year: 0, life_year: 25, {ALL}}}")
for name, place in [("chp_meter", "X1")] + [(f"pv_meter_{place}", place) for place in pv]:
    scenario.append(f"  - {{name: from_{name}, kind: power_line, from: {name}, to: {place}, one_way: true, capacity_kw: 2000, "
                    f"loss_frac: 0, capex_money_kw: 0, fom_frac_year: 0, {ALL}}}")
(folder / "calliope.yaml").write_text("\n".join(scenario) + "\n", encoding="utf-8")
