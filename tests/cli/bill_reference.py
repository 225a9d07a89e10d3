#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bills by another hand, for the bill calculator to agree with to the cent: URDB JSON and the simple tariffs of REopt.
usage: bill_reference.py check HEARTH SHARED   compares every visible tariff for a flat and a real load
       bill_reference.py load SHARED FILE      writes the real load: DOE's hospital in Chicago, 2017, kW by hour"""
import csv
import datetime
import gzip
import json
import pathlib
import subprocess
import sys

HOURS = [datetime.datetime(2017, 1, 1) + datetime.timedelta(hours=h) for h in range(8760)]


def hospital(shared):
    folder = pathlib.Path(shared, "heat_demand/doe_crb")
    with gzip.open(folder / "Chicago_electric.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    year = json.loads((folder / "total_electric_annual_kwh.json").read_text())["Chicago"]
    kwh = {key.lower(): value for key, value in year.items()}["hospital"]
    column = next(name for name in rows[0] if name.lower() == "hospital")
    return [float(row[column]) * kwh for row in rows]


def tiers(period, amount):
    """Each unit of the amount pays the tier it falls in."""
    money, used = 0.0, 0.0
    for k, tier in enumerate(period):
        top = float("inf") if k + 1 == len(period) else tier["max"]
        part = max(0.0, min(amount, top) - used)
        money += part * (tier.get("rate", 0) + tier.get("adj", 0))
        used += part
    return money


def period_of(rate, what, when):
    kind = "weekend" if when.isoweekday() > 5 else "weekday"
    return rate[f"{what}{kind}schedule"][when.month - 1][when.hour]


def urdb_bill(rate, load):
    total = 12 * (rate.get("fixedchargefirstmeter", 0) + rate.get("fixedmonthlycharge", 0))
    for month in range(1, 13):
        energy, peak = {}, {}
        for when, kw in zip(HOURS, load):
            if when.month != month:
                continue
            p = period_of(rate, "energy", when)
            energy[p] = energy.get(p, 0.0) + kw
            if "demandratestructure" in rate:
                d = period_of(rate, "demand", when)
                peak[d] = max(peak.get(d, 0.0), kw)
        total += sum(tiers(rate["energyratestructure"][p], kwh) for p, kwh in energy.items())
        total += sum(tiers(rate["demandratestructure"][d], kw) for d, kw in peak.items())
        if "flatdemandstructure" in rate:
            highest = max(kw for when, kw in zip(HOURS, load) if when.month == month)
            total += tiers(rate["flatdemandstructure"][rate["flatdemandmonths"][month - 1]], highest)
    return total


def reopt_bill(tariff, load):
    rates = tariff.get("monthly_energy_rates", [tariff.get("blended_annual_energy_rate", 0)] * 12)
    demand = tariff.get("monthly_demand_rates", [tariff.get("blended_annual_demand_rate", 0)] * 12)
    total = sum(rates[when.month - 1] * kw for when, kw in zip(HOURS, load))
    total += sum(demand[m] * max(kw for when, kw in zip(HOURS, load) if when.month == m + 1) for m in range(12))
    for hours, price in zip(tariff.get("coincident_peak_load_active_time_steps", []),
                            tariff.get("coincident_peak_load_charge_per_kw", [])):
        total += price * max(load[h - 1] for h in hours)
    return total


def ours(hearth, path, arguments):
    done = subprocess.run([hearth, "bill", str(path), *arguments, "--json"], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{path}: {done.stderr}")
    return json.loads(done.stdout)["total_money"]


def check(hearth, shared, work):
    real = hospital(shared)
    csv_path = pathlib.Path(work, "hospital.csv")
    csv_path.write_text("kw\n" + "\n".join(repr(kw) for kw in real) + "\n")
    files = sorted(pathlib.Path(shared, "tariffs/urdb").glob("*.json")) + \
        sorted(pathlib.Path(shared, "reopt/urdb_synthetic").glob("*.json")) + \
        [pathlib.Path(shared, "reopt/scenarios", name) for name in ("no_techs.json", "coincident_peak.json")]
    wrong = 0
    print("| tariff | flat 1,500 kW, here | by another hand | hospital, here | by another hand |\n|---|---|---|---|---|")
    for path in files:
        data = json.loads(path.read_text())
        bill = (lambda load: reopt_bill(data["ElectricTariff"], load)) if "ElectricTariff" in data else (lambda load: urdb_bill(data, load))
        cells = []
        for load, arguments in (([1500.0] * 8760, ["--flat", "1500"]), (real, [str(csv_path), "--column", "kw"])):
            here, there = ours(hearth, path, arguments), bill(load)
            wrong += abs(here - there) >= 0.005
            cells += [f"{here:.2f}", f"{there:.2f}"]
        print(f"| {path.stem} | {' | '.join(cells)} |")
    return 1 if wrong or len(files) < 10 else 0


if __name__ == "__main__":
    if sys.argv[1] == "load":
        pathlib.Path(sys.argv[3]).write_text("kw\n" + "\n".join(repr(kw) for kw in hospital(sys.argv[2])) + "\n")
    else:
        import tempfile
        with tempfile.TemporaryDirectory() as work:
            sys.exit(check(sys.argv[2], sys.argv[3], work))
