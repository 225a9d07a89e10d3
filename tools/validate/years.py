#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Growth, a plan over the life, one design for one future and indices of a known function beside numbers by hand; prints
docs/validation/years.md. Uses $HEARTH."""
import csv
import json
import math
import os
import subprocess
import sys
import tempfile

HEARTH = os.environ["HEARTH"]
HALL = """hearth: 1
name: hall
place: {climate: seattle, ground_c: 11}
money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 20}
horizon: {from: 2024-06-21, days: 1}
electricity: {data_centre: {energy_money_kwh: 0.1}}
data_centre:
  - {name: hall, it_kw: 1000, load: flat, cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0}}
"""
ANNUITY = 0.05 / (1 - 1.05**-25)
# law, what is given, what is asked; the figure, its tolerance, what it says
GROWTH = [
    ("compound_ratio", "growth_frac=0.024 span_year=8", "growth_ratio", 1.209, 5e-4, "US demand at 2.4 % a year, eight years"),
    ("compound_ratio", "growth_frac=0.2143 span_year=4 first_ratio=460", "last_ratio", 1000, 0.5,
     "460 TWh at 21.43 % a year, 2022 to 2026"),
    ("compound_ratio", "growth_frac=0.0945 span_year=8 first_ratio=17", "last_ratio", 35, 0.02, "17 GW at 9.45 % a year, 2022 to 2030"),
    ("compound_ratio", "growth_frac=0.1892 span_year=4", "growth_ratio", 2, 1e-3, "hyperscale halls: 18.92 % a year doubles in four"),
    ("linear_ratio", "added_frac=0.125 span_year=10 first_ratio=1000", "last_ratio", 2250, 1e-9, "1,000 halls and 125 more a year"),
    ("compound_ratio", "growth_frac=0.05 span_year=2 rate_multiplier_ratio=2", "growth_ratio", 1.21, 1e-9, "AI redoubles a growth of 5 %"),
    ("compound_ratio", "growth_frac=-0.0459 span_year=10", "growth_ratio", 0.9541**10, 1e-9, "a grid that improves by 4.59 % (REopt)"),
    ("logistic_ratio", "cap_ratio=3 rate_frac=0.2 span_year=10", "growth_ratio", 3 / (1 + 2 * math.exp(-2)), 1e-9,
     "to three times, L / (1 + (L - 1) exp(-r t))"),
    ("bass_frac", "innovation_frac=0.03 imitation_frac=0.38 span_year=5", "adopted_frac",
     (1 - math.exp(-2.05)) / (1 + 0.38 / 0.03 * math.exp(-2.05)), 1e-9, "Bass, five years"),
    ("bass_peak_year", "innovation_frac=0.03 imitation_frac=0.38", "peak_year", math.log(0.38 / 0.03) / 0.41, 1e-9,
     "steepest at ln(q / p) / (p + q)"),
    ("gompertz_ratio", "cap_ratio=3 rate_frac=0.2 span_year=10", "growth_ratio", 3 * (1 / 3) ** math.exp(-2), 1e-9, "Gompertz, to three times"),
    ("floor_ratio", "floor_ratio=0.5 fall_frac=0.1 span_year=10", "growth_ratio", 0.5 + 0.5 * 0.9**10, 1e-9, "PUE towards a floor"),
    ("supply_kgco2_kwh", "", "carbon_kgco2_kwh", 0.4606, 1e-9, "new supply, 60 to 40 of gas and renewables"),
    ("load_ratio", "need_frac=0.269 thrift_frac=0.269 span_year=10", "carbon_ratio", 0.9541**10, 1e-6,
     "data grow elevenfold, carbon falls: decoupled"),
]
bad = 0


def row(what, got, wanted, tolerance, form="{:,.6g}"):
    global bad
    good = abs(got - wanted) <= tolerance
    bad += not good
    print(f"| {what} | {form.format(got)} | {form.format(wanted)} | {'yes' if good else '**no**'} |")


def ask(folder, verb, text, *options):
    path = os.path.join(folder, f"{verb}.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return subprocess.run([HEARTH, verb, path, *options], capture_output=True, text=True, check=True).stdout


def calc(law, given, key):
    said = subprocess.run([HEARTH, "calc", f"growth_{law}", *given.split()], capture_output=True, text=True, check=True).stdout
    return float(dict(line.split()[:2] for line in said.splitlines())[key])


def sun(price_money_kwh, capex_money_kw):
    """Up to 100 kW of photovoltaics at a hall that draws more than that."""
    return HALL.replace("energy_money_kwh: 0.1", f"energy_money_kwh: {price_money_kwh}") + (
        f"plant:\n  pv: {{capacity_kw: {{choose: {{max: 100}}}}, capex_money_kw: {capex_money_kw!r}, fom_frac_year: 0, life_year: 25, "
        "owner: operator}\n")


def lifetime(folder):
    """Dear power for ten years, cheap power for ten more: what pays in the first stage does not over both."""
    def plan(prices, capex_money_kw):
        text = sun(prices[0], capex_money_kw) + ("stages: {years: [2026, 2036], until_year: 2046}\nstage_changes:\n"
                                                 f"  - {{path: electricity.data_centre.energy_money_kwh, values: {prices}}}\n")
        ask(folder, "roadmap", text, "-o", f"{folder}/roadmap")
        with open(f"{folder}/roadmap/roadmap.json", encoding="utf-8") as file:
            return json.load(file)

    first, second = (sum(1.05 ** -(y + 1) for y in range(n, n + 10)) for n in (0, 10))
    built = json.loads(ask(folder, "run", sun(0.3, 1.0), "--json"))["cases"]["together"]
    kwh_kw = built["carbon_free_made_kwh_year"] / 100
    capex = 0.8 * 0.3 * kwh_kw / ANNUITY
    for prices, what in (([0.3, 0.03], "cheap later"), ([0.3, 0.3], "dear throughout"), ([0.03, 0.3], "dear later")):
        found = plan(prices, capex)
        saves = [price * kwh_kw * weight for price, weight in zip(prices, (first, second))]
        pays = [0.24 * kwh_kw * (first + second), 0.24 * kwh_kw * second]
        gains = {(0, 0): 0.0, (100, 0): 100 * (sum(saves) - pays[0]), (0, 100): 100 * (saves[1] - pays[1])}
        best = max(gains, key=gains.get)
        pv = next(asset for asset in found["together"]["assets"] if asset["name"] == "pv")
        for stage, year in enumerate((2026, 2036)):
            row(f"{what}: built in {year}, kW", pv["built"][stage], best[stage], 1e-4, "{:,.3f}")
        bought = found["data_centre"]["power_kwh_year"][0]
        plain = bought * (prices[0] * first + prices[1] * second)
        row(f"{what}: present value, thousand USD", found["together"]["present_money"] / 1e3, (plain - gains[best]) / 1e3, 1e-3, "{:,.3f}")
        if prices == [0.3, 0.03]:
            row(f"{what}: cost of deciding stage by stage, USD", found["myopic"]["present_money"] - found["together"]["present_money"],
                -gains[(100, 0)], 0.1, "{:,.1f}")


def indices(folder):
    """Cost is a price times a load: y = a b of two independent spreads, whose indices are known."""
    with open(f"{folder}/hall.yaml", "w", encoding="utf-8") as file:
        file.write(HALL)
    ask(folder, "study", "study: 1\nscenario: hall.yaml\nmethod: sobol\nsamples: 64\naxes:\n"
        "  - {path: electricity.data_centre.energy_money_kwh, uniform: [0.05, 0.25]}\n"
        "  - {path: data_centre.hall.it_kw, uniform: [500, 1500]}\n", "-o", f"{folder}/sobol")
    means, variances = (0.15, 1000.0), (0.2**2 / 12, 1000.0**2 / 12)
    parts = [means[1] ** 2 * variances[0], means[0] ** 2 * variances[1], variances[0] * variances[1]]
    with open(f"{folder}/sobol/sensitivity.csv", encoding="utf-8") as file:
        found = [line for line in csv.DictReader(file) if line["figure"] == "together.cost_money_year"]
    for k, name in enumerate(("price", "load")):
        for kind, wanted in (("first", parts[k] / sum(parts)), ("total", (parts[k] + parts[2]) / sum(parts))):
            yield name, kind, *(float(found[k][key]) for key in (kind, f"{kind}_low", f"{kind}_high")), wanted


with tempfile.TemporaryDirectory() as work:
    print("""# Years and doubt beside numbers by hand

Made by `make validate` (`tools/validate/years.py`). When to refresh servers, and the choice of a place: [studies.md](studies.md).

## Growth

By `hearth calc growth_LAW`; the laws' own published points are in `src/physics/growth.cases`.

| what | Hearth | reference | agrees |
|---|---|---|---|""")
    for law, given, key, wanted, tolerance, what in GROWTH:
        row(what, calc(law, given, key), wanted, tolerance)
    print("""
## A plan over the life in two stages

A hall in the sun, 2026 and 2036 to 2046 (`hearth roadmap`): power costs 0.30 or 0.03 a kWh, and the annuity of a kW of photovoltaics
(25 years, up to 100 kW) is what it saves at 0.24. It is built when what it saves in all the years it stands is more than its annuities.

| what | Hearth | by hand | agrees |
|---|---|---|---|""")
    lifetime(work)
    print("""
## One design for one future

The robust programme with one future, that is the year as given, and the plan of that year.

| what | `hearth robust` | `hearth run` | within 1e-9 |
|---|---|---|---|""")
    with open("examples/seattle/scenario.yaml", encoding="utf-8") as file:
        seattle = "".join("horizon: {from: 2024-01-08, days: 2}\n" if line.startswith("horizon:") else line for line in file)
    for name, text in (("hall in the sun", sun(0.1, 900.0)), ("Seattle, two days", seattle)):
        plain = json.loads(ask(work, "run", text, "--json"))["cases"]["together"]["objective_money"]
        robust = json.loads(ask(work, "robust", text + "futures: [{name: as_given}]\nrobust: {objective: expected_cost}\n", "--json"))
        row(f"{name}: objective", robust["objective_money"], plain, 1e-9 * abs(plain), "{:,.6f}")
    print("""
## Indices of a known function

What a hall pays is a price times a load, y = a b; both are spread evenly (0.05 to 0.25 a kWh, 500 to 1,500 kW) and independent, so
that the share of the variance that is a price's alone is known. `method: sobol`, 64 samples, the interval of 95 %. Ishigami's function:
`tests/studies/test_sensitivity.c`.

| axis | index | Hearth | from | to | by hand | within |
|---|---|---|---|---|---|---|""")
    for name, kind, got, low, high, wanted in indices(work):
        good = low <= wanted <= high and abs(got - wanted) <= 0.1
        bad += not good
        print(f"| {name} | {kind} | {got:.3f} | {low:.3f} | {high:.3f} | {wanted:.3f} | {'yes' if good else '**no**'} |")
sys.exit(bad != 0)
