#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints docs/validation/users.md: a year of each user of heat and cold beside what others publish."""
import csv
import gzip
import json
import math
import os
import pathlib
import statistics
import subprocess
import tempfile

HEARTH, SHARED = os.environ["HEARTH"], pathlib.Path(os.environ["SHARED"]).resolve()
DOE = SHARED / "data/heat_demand/doe_crb"
CITIES = {"Chicago": "USA_IL_Chicago.OHare.epw", "Seattle": "USA_WA_Seattle-Tacoma.epw"}
# our class: the reference building, its floor in m2 [recalled], COP of its chillers [assumed]
CLASSES = {"office": ("MediumOffice", 4982, 3.2), "dwelling": ("MidriseApartment", 3135, 3.2),
           "hospital": ("Hospital", 22422, 5.0), "school": ("PrimarySchool", 6871, 3.2),
           "hotel": ("LargeHotel", 11345, 5.0), "retail": ("RetailStore", 2294, 3.2)}
DAY = 24


def plan(place, town):
    """Hourly series of a year of a town, by column; 2023 begins on a Sunday, as the reference buildings' year does."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "s.yaml").write_text(f"""hearth: 1
place: {place}
horizon: {{from: 2023-01-01, days: 365}}
fuel: {{gas_money_kwh: 0.04}}
electricity: {{town: {{energy_money_kwh: 0.1, party: heat_customers}}}}
town:
""" + "".join(f"  - {{name: {name}, heated_by: gas_boiler, {what}}}\n" for name, what in town.items()))
        subprocess.run([HEARTH, "run", path / "s.yaml", "-o", path / "out"], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        with open(path / "out/hourly_today.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        return {key: [float(row[key]) for row in rows] for key in rows[0] if key.endswith("_in_kw")}


def column(city, what, building):
    with gzip.open(DOE / f"{city}_{what}.csv.gz", "rt") as file:
        return [float(row[building]) for row in csv.DictReader(file)]


def days(hours):
    return [sum(hours[k:k + DAY]) for k in range(0, len(hours), DAY)]


def alike(ours, theirs):
    """Correlation of the days, and what the busiest day takes of the year, ours and theirs in thousandths."""
    a, b = days(ours), days(theirs)
    return statistics.correlation(a, b), 1000 * max(a) / sum(a), 1000 * max(b) / sum(b)


def buildings():
    cooling = json.loads((DOE / "cooling_electric_annual_kwh.json").read_text())
    heat_rows, cold_rows = [], []
    for city, weather in CITIES.items():
        place = f"{{weather: {SHARED / 'data/weather/epw' / weather}}}"
        got = plan(place, {use: f"building: {use}, floor_m2: 1000, hot_water_kwh_m2_year: 0, cooling: network"
                           for use in CLASSES})
        for use, (name, floor, cop) in CLASSES.items():
            heat, cold = got[f"{use}.heat_in_kw"], got[f"{use}.cold_in_kw"]
            same, ours, theirs = alike(heat, column(city, "space_heating", name))
            heat_rows.append(f"| {use}, {city} | {sum(heat) / 1000:.0f} | {same:.2f} | {ours:.1f} | {theirs:.1f} |")
            same, ours, theirs = alike(cold, column(city, "cooling", name))
            reference = cooling[city][name] / floor * cop
            off = sum(cold) / 1000 / reference - 1
            cell = f"{100 * off:+.0f} %"
            cold_rows.append(f"| {use}, {city} | {sum(cold) / 1000:.0f} | {reference:.0f} | "
                             f"{f'**{cell}**' if abs(off) > 0.3 else cell} | {same:.2f} | {ours:.1f} | {theirs:.1f} |")
    return heat_rows, cold_rows


# the reference's cities by the nearest weather file there is: Boulder by Denver, Baltimore by Leesburg
MOIST = {"Chicago": "USA_IL_Chicago.OHare.epw", "Baltimore": "USA_VA_Leesburg.Exec.epw",
         "Duluth": "USA_MN_Duluth.Intl.AP.727450_TMY3.epw", "Phoenix": "USA_AZ_Phoenix-Sky.Harbor.epw",
         "Seattle": "USA_WA_Seattle-Tacoma.epw", "Boulder": "USA_CO_Denver.Intl.AP.725650_TMY3.epw"}
INDOOR_KG_KG = 0.0093  # 24 degC and half saturated
BALANCE_C = 20  # of dwelling and retail, in building.c


def warm_and_moist(weather):
    """Of the hours above the balance: their kelvin-hours, and those that the moisture above the room's is worth."""
    dry = moist = 0.0
    for line in (SHARED / "data/weather/epw" / weather).read_text(encoding="latin-1").splitlines()[8:]:
        words = line.split(",")
        air_c, dew_c, pressure_kpa = float(words[6]), float(words[7]), float(words[9]) / 1000
        vapour_kpa = 0.61078 * math.exp(17.27 * dew_c / (dew_c + 237.3))
        if air_c > BALANCE_C:
            dry += air_c - BALANCE_C
            moist += max(0.0, 0.622 * vapour_kpa / (pressure_kpa - vapour_kpa) - INDOOR_KG_KG) * 2501 / 1.006
    return dry, moist


def two_terms(points):
    """a, b of a * dry + b * moist with the least squares of the relative misses."""
    rows = [(dry / wanted, moist / wanted) for dry, moist, wanted in points]
    dd, dm, mm = (sum(x * y for x, y in pairs) for pairs in (
        [(d, d) for d, _ in rows], [(d, m) for d, m in rows], [(m, m) for _, m in rows]))
    d1, m1 = sum(d for d, _ in rows), sum(m for _, m in rows)
    determinant = dd * mm - dm * dm
    return (d1 * mm - m1 * dm) / determinant, (m1 * dd - d1 * dm) / determinant


def moisture():
    cooling = json.loads((DOE / "cooling_electric_annual_kwh.json").read_text())
    air = {city: warm_and_moist(weather) for city, weather in MOIST.items()}
    uses, rows = ("dwelling", "retail"), []
    got = {city: plan(f"{{weather: {SHARED / 'data/weather/epw' / weather}}}",
                      {use: f"building: {use}, floor_m2: 1000, hot_water_kwh_m2_year: 0, cooling: network" for use in uses})
           for city, weather in MOIST.items()}
    for use in uses:
        name, floor, cop = CLASSES[use]
        wanted = {city: cooling[city][name] / floor * cop for city in MOIST}
        a, b = two_terms([(*air[city], wanted[city]) for city in MOIST])
        for city in MOIST:
            ours = sum(got[city][f"{use}.cold_in_kw"]) / 1000
            both = a * air[city][0] + b * air[city][1]
            rows.append(f"| {use}, {city} | {air[city][0]:.0f} | {air[city][1] / air[city][0]:.1f} | {wanted[city]:.0f} | "
                        f"{100 * (ours / wanted[city] - 1):+.0f} % | {100 * (both / wanted[city] - 1):+.0f} % |")
    return rows


def others():
    year = {"glass": "kind: greenhouse, floor_m2: 1000", "bare": "kind: greenhouse, floor_m2: 1000, by_day_c: 25, "
            "by_night_c: 19, screen_frac: 0", "pool": "kind: pool, water_m2: 1000, outdoors: true",
            "hall": "kind: pool, water_m2: 1000", "snow": "kind: snow_melting, pavement_m2: 1000",
            "idle": "kind: snow_melting, pavement_m2: 1000, idles: true", "fish": "kind: aquaculture, water_m2: 1000"}
    dutch = plan("{climate: amsterdam}", {"glass": year["glass"], "bare": year["bare"]})
    chicago = plan(f"{{weather: {SHARED / 'data/weather/epw' / CITIES['Chicago']}}}", year)
    total = lambda got, name: f"{sum(got[f'{name}.heat_in_kw']) / 1000:.0f}"
    peak = lambda got, name: f"{max(got[f'{name}.heat_in_kw']):.0f}"
    return [
        f"| greenhouse as by default, Amsterdam | {total(dutch, 'glass')} | {peak(dutch, 'glass')} | modern Dutch houses 200-350 [recalled]: 2 % above |",
        f"| greenhouse, glass without a screen, 25/19 degC, Chicago | {total(chicago, 'bare')} | {peak(chicago, 'bare')} | 638, peak 219, in Bucharest (Braekken et al. 2023): another climate |",
        f"| pool in a hall | {total(chicago, 'hall')} | {peak(chicago, 'hall')} | 700-1600 [plausible] |",
        f"| pool outdoors all year, Chicago | {total(chicago, 'pool')} | {peak(chicago, 'pool')} | - |",
        f"| fish tanks in a hall, Chicago | {total(chicago, 'fish')} | {peak(chicago, 'fish')} | - |",
        f"| pavement while it snows, Chicago | {total(chicago, 'snow')} | {peak(chicago, 'snow')} | 100-400 and 200-600 W/m2 [recalled] |",
        f"| pavement kept above freezing, Chicago | {total(chicago, 'idle')} | {peak(chicago, 'idle')} | - |",
    ]


heat, cold = buildings()
moist = moisture()
print("""# Users of heat and cold

A year of each kind of user beside what others publish. Made by `make validate`; misses of more than 30 % in bold.

The DOE's reference buildings are whole buildings simulated by EnergyPlus for one climate each; Hearth's classes are standard
profiles. What is compared is how their days follow each other (correlation of the 365 days) and how much the busiest day
takes of the year. Years begin on the same weekday and have the same weather files, where the reference has its own edition of
the same station.

## Space heat

The year's heat is Hearth's own (class *medium*, by degree days), in kWh/m2.

| class, city | kWh/m2 | days correlate | busiest day, per mille | of the reference |
|---|---|---|---|---|""")
print("\n".join(heat))
print("""
Standard profiles are of many buildings whose inhabitants heat by habit; a simulated building is one, with exact thermostats
and internal gains, so that its heat comes in fewer and colder days: offices, schools and shops most of all.

## Cooling

Reference: chillers' electricity over the floor (recalled) times a COP of 3.2, hospital and hotel 5 (assumed). The law was fitted to
Chicago, Seattle, Duluth and Phoenix together, so this is a fit's residual and no independent proof.

| class, city | kWh/m2 | reference | off | days correlate | busiest day, per mille | of the reference |
|---|---|---|---|---|---|---|""")
print("\n".join(cold))
print("""
The two misses are of dry air. The law counts how warm it is outside; a reference building's chillers also take the water out
of the air that is let in. Beside the kelvin-hours above 20 degC: the moisture above that of the room (24 degC, half
saturated) in the same hours, as warmth of the air, over them. Where that is small the law says too much (Seattle, Boulder,
Phoenix), where it is large too little. A law of both terms, fitted here to show the cause and used nowhere, leaves what stands in
the last column, less than half of the misses in Seattle:

| class, city | kelvin-hours | moisture over them | reference | the law | with moisture |
|---|---|---|---|---|---|""")
print("\n".join(moist))
print("""
What is left is the reference building's own sun and people. Give `cooling_kwh_m2_year` where it is known.

## Other users

| user | kWh/m2 a year | peak W/m2 | published |
|---|---|---|---|""")
print("\n".join(others()))
print("""
Greenhouses have no storage and no dehumidifying here (page of the kind); the snowfall of a year is spread evenly over the
hours that may have it, so peaks of storms are missed.

## Worked examples of the heat notes that touch these kinds

Run as cases in every test: H1 (COP, `heat_pump.cases`, `heat_recovery_chiller.cases`), series counter-current 5.348
(`heat_pump.cases`), H9 (sigmoids, `demand.cases`), H10 (radiator and heat curve with the retrofit of 40 %,
`building.cases`), H11 (stores, `storage.cases`, `pit.cases`; the measured tank in [physics.md](physics.md)), the
absorption chiller of oemof-thermal and CEA's COP of 0.70 (`absorption_chiller.cases`), the measured cycles of a data
centre, 1.9 and 4.6 %, and the 0.40 of a heat pump and an engine behind it (`orc.cases`).""")
