#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A choice of place by several methods beside the worked table, and when to refresh servers; prints docs/validation/studies.md. Uses $HEARTH."""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

HEARTH = os.environ["HEARTH"]
HERE = os.path.dirname(os.path.abspath(__file__))
SITES = {"A": (10.5, 40, 120, 1.2, 44), "B": (9.2, 90, 30, 3.8, 38), "C": (11, 60, 200, 2, 52), "D": (9.8, 25, 60, 0.8, 41)}
CRITERIA = [("cost", "lower", 0.25), ("headroom", "higher", 0.25), ("sink", "higher", 0.20), ("stress", "lower", 0.15),
            ("noise", "lower", 0.15)]
PAIRS = "[[1, 1, 2, 2, 2], [1, 1, 1, 2, 2], [0.5, 1, 1, 1, 2], [0.5, 0.5, 1, 1, 1], [0.5, 0.5, 0.5, 1, 1]]"
WANTED = {"sum by the study": (.449, .650, .425, .470), "topsis": (.484, .452, .675, .369), "ahp": (.436, .663, .414, .468)}
NAMES = {"sum by the study": "weighted sum", "topsis": "TOPSIS", "ahp": "AHP"}
FLIPS = [("cost", "below", .031, "C"), ("headroom", "below", .085, "D"), ("sink", "above", .348, "C"), ("stress", "above", .28, "D")]


def study():
    text = "study: 1\nscenario: s.yaml\naxes:\n  - name: place\n    options:\n"
    for name, values in SITES.items():
        facts = ", ".join(f"{criterion[0]}: {value}" for criterion, value in zip(CRITERIA, values))
        text += f"      - {{name: {name}, facts: {{{facts}}}}}\n"
    text += "criteria:\n"
    for name, better, weight in CRITERIA:
        text += f"  - {{fact: {name}, better: {better}, weight: {weight}}}\n"
    return text + f"comparisons: {PAIRS}\n"


# A hall in the sun: a kW of the near field costs 20 a year more than the power it saves, of the far one 60; up to 100 and 50 kW.
SUN = """hearth: 1
name: hall in the sun
place: {{climate: seattle, ground_c: 11}}
money: {{currency: USD, year: 2024, discount_frac: 0.05, life_year: 20}}
horizon: {{from: 2024-06-21, days: 1}}
electricity:
  data_centre: {{energy_money_kwh: 0.1}}
  carbon: {{average_kgco2_kwh: 0.4, marginal_kgco2_kwh: 0.4}}
data_centre:
  - {{name: hall, it_kw: 1000, load: flat, cooling: {{kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0}}}}
plant:
  near: {{kind: pv, capacity_kw: {}, capex_money_kw: {!r}, fom_frac_year: 0, life_year: 25, owner: operator}}
  far: {{kind: pv, capacity_kw: {{choose: {{max: 50}}}}, capex_money_kw: {!r}, fom_frac_year: 0, life_year: 25, owner: operator}}
"""
ANNUITY = 0.05 / (1 - 1.05 ** -25)


def ask(verb, folder, text, *options):
    with open(f"{folder}/sun.yaml", "w", encoding="utf-8") as file:
        file.write(text)
    said = subprocess.run([HEARTH, verb, f"{folder}/sun.yaml", "--json", *options], capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def choice(folder):
    """Rows of a frontier and of alternatives beside what follows by hand."""
    built = ask("alternatives", folder, SUN.format(1000, 5000.0, 5000.0), "--count", "1")["cheapest"]["values"]
    kwh_kw = built["local_generation_kwh_year"] / 1000  # a kW's, in a year
    capex = [(more + 0.1 * kwh_kw) / ANNUITY for more in (20, 60)]
    text = SUN.format("{choose: {max: 100}}", *capex)
    frontier = ask("frontier", folder, text, "--points", "5")
    values = [point["values"] for point in frontier["points"]]
    corner = min(values, key=lambda value: abs(value["capacity.near"] - 100) + abs(value["capacity.far"]))
    slopes = [(two["cost_money_year"] - one["cost_money_year"]) / (one["carbon_kgco2_year"] - two["carbon_kgco2_year"])
              for one, two in ((values[0], corner), (corner, values[-1]))]
    yield "price of carbon, first piece", "money/kg", slopes[0], 20 / (0.4 * kwh_kw), 1e-4
    yield "price of carbon, second piece", "money/kg", slopes[1], 60 / (0.4 * kwh_kw), 1e-4
    yield "carbon at the corner, below the cheapest", "kg", values[0]["carbon_kgco2_year"] - corner["carbon_kgco2_year"], \
        100 * 0.4 * kwh_kw, 1e-4
    found = ask("alternatives", folder, text, "--within", "0.001")
    room = 0.001 * found["cheapest"]["values"]["cost_money_year"]
    yield "most of the near field within 0.1 %", "kW", found["ranges"]["capacity.near"]["most"], room / 20, 1e-3
    yield "most of the far field within 0.1 %", "kW", found["ranges"]["capacity.far"]["most"], room / 60, 1e-3


def servers(price_money_kw):
    """Two stages of five years; servers paid in five, kept for ten at most, that get 20 % better a year."""
    return f"""hearth: 1
name: hand
place: {{climate: seattle, ground_c: 11}}
money: {{currency: USD, year: 2024, discount_frac: 0.05, life_year: 20}}
horizon: {{from: 2024-06-21, days: 1}}
electricity: {{data_centre: {{energy_money_kwh: 0.2}}}}
data_centre:
  - {{name: hall, it_kw: 1000, load: flat, refresh: work, servers_capex_money_kw: {price_money_kw}, servers_keep_year: 10,
     servers_fom_frac_year: 0.02, servers_late_frac_year: 0.05, growth_frac_year: 0.2,
     cooling: {{kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0}}}}
stages: {{years: [2026, 2031], until_year: 2036}}
"""


def roadmap(price_money_kw, folder):
    with open(os.path.join(folder, "roadmap.yaml"), "w", encoding="utf-8") as file:
        file.write(servers(price_money_kw))
    subprocess.run([HEARTH, "roadmap", f"{folder}/roadmap.yaml", "-o", f"{folder}/roadmap"], capture_output=True, check=True)
    with open(f"{folder}/roadmap/roadmap.json", encoding="utf-8") as file:
        return json.load(file)


def lifetime(folder):
    """Rows of when to refresh: IT that is bought in 2031 and the present value, a hundredth below and above the price at which
    both cost the same by hand."""
    gain, annuity = 1.2**5, 0.05 / (1 - 1.05**-5)
    power_money = 0.2 * roadmap(1000, folder)["data_centre"]["power_kwh_year"][0] / 1000
    even_money = power_money * (1 - 1 / gain) / ((0.02 + annuity) / gain - 0.05)
    first, second = (sum(1.05 ** -(y + 1) for y in range(n, n + 5)) for n in (0, 5))
    for ratio in (0.99, 1.01):
        price = ratio * even_money
        found = roadmap(price, folder)["together"]
        anew = 1000 * (power_money + (0.02 + annuity) * price)
        then = anew / gain if ratio < 1 else 1000 * (power_money + 0.05 * price)
        where = f"price {ratio:.2f} of the even one"
        yield "servers bought in 2031, kW", where, found["servers"][0]["stands_kw"][2][1], 1000 / gain if ratio < 1 else 0.0, 1e-3
        yield "present value, thousand USD", where, found["present_money"] / 1e3, (first * anew + second * then) / 1e3, 1e-3


with tempfile.TemporaryDirectory() as folder:
    by_hand = list(lifetime(folder))
    with open(os.path.join(HERE, "../../examples/seattle/scenario.yaml"), encoding="utf-8") as file:
        scenario = re.sub(r"(?m)^horizon:.*", "horizon: {from: 2024-01-08, days: 1}", file.read())
    for name, text in (("s.yaml", scenario), ("study.yaml", study())):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    said = subprocess.run([HEARTH, "study", f"{folder}/study.yaml", "-o", f"{folder}/out"], capture_output=True, text=True,
                          check=True).stdout
    with open(f"{folder}/out/criteria.csv", encoding="utf-8") as file:
        found = {row["option"]: row for row in csv.DictReader(file)}
    chosen = list(choice(folder))
said = " ".join(said.split())

print("""# Studies beside worked numbers

Made by `make validate` (`tools/validate/studies.py`) with `hearth study`, on the four places of the economy notes, 7.2. Elsewhere as
tests: regret, worst case and mean of the notes' three options (`tests/studies/test_choice.c`), the mean consistency of random
comparisons, that PROMETHEE's flows sum to nothing and SMAA's ranks to one; Sobol indices of Ishigami's function within
their confidence, Morris' effects, Latin hypercubes, ranks that correlate as wanted (`tests/studies/test_sensitivity.c`, `test_sample.c`).

| what | place | Hearth | reference | agrees |
|---|---|---|---|---|""")
bad = 0
for key, wanted in WANTED.items():
    for place, value in zip(SITES, wanted):
        got = float(found[place][key])
        good = abs(got - value) <= 5.1e-4
        bad += not good
        print(f"| {NAMES[key]} | {place} | {got:.4f} | {value:.3f} | {'yes' if good else '**no**'} |")
ratio = float(re.search(r"consistency ([0-9]+[.][0-9]+)", said)[1])
bad += ratio != 0.017
print(f"| consistency of the comparisons | | {ratio:.3f} | 0.017 | {'yes' if ratio == 0.017 else '**no**'} |")
for criterion, side, value, other in FLIPS:
    match = re.search(rf"{criterion} {side} ([0-9.]+), now [0-9.]+ \((\w)\)", said)
    good = match is not None and abs(float(match[1]) - value) <= 1.01e-3 and match[2] == other
    bad += not good
    print(f"| weight of {criterion} at which B loses, {side} it | {other} | {match[1] if match else '–'} | {value} | "
          f"{'yes' if good else '**no**'} |")
print("""
The notes found the weights in steps of a thousandth, so that theirs is the last step at which B loses; ours is where both score
alike. PROMETHEE II and SMAA-2 stand in the notes without numbers.

## Frontiers and near-optimal alternatives by hand

A hall with flat load and two fields of photovoltaics, a day in June: a kW of the near one (up to 100) costs 20 a year more than the
power it saves, of the far one (up to 50) 60. Cost over carbon then has two straight pieces, and a budget reaches as far as it
pays for kilowatts. `tests/plan/test_frontier.c` has ranges with plant that must be, and the same limit as `require:`.

| what | unit | Hearth | by hand | agrees |
|---|---|---|---|---|""")
for what, unit, got, wanted, tolerance in chosen:
    good = abs(got - wanted) <= tolerance * abs(wanted)
    bad += not good
    print(f"| {what} | {unit} | {got:.6g} | {wanted:.6g} | {'yes' if good else '**no**'} |")
print("""
## When to refresh, by hand

A hall of 1,000 kW in two stages of five years, `hearth roadmap`: servers that are paid in five years, need 5 % of their price a year
once they are older, and are bettered by 20 % a year (1.2^5 = 2.49). New ones pay below the price at which the power they save is
worth their annuity above that upkeep. Plant over the life by hand: `tests/plan/test_lifetime.c`.

| what | where | Hearth | by hand | agrees |
|---|---|---|---|---|""")
for what, where, got, wanted, tolerance in by_hand:
    good = abs(got - wanted) <= tolerance
    bad += not good
    print(f"| {what} | {where} | {got:,.3f} | {wanted:,.3f} | {'yes' if good else '**no**'} |")
sys.exit(bad != 0)
