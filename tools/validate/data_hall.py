#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints docs/validation/data_hall.md: the hall's laws against published tables, its load against measured traces, a legacy
building against the share that is told of it. Run by tools/validate.sh with $HEARTH and $SHARED."""
import csv
import datetime
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HEARTH, SHARED = os.environ["HEARTH"], pathlib.Path(os.environ["SHARED"]) / "data/it_traces"
YEAR = """hearth: 1
name: validation
place: {{climate: {climate}, ground_c: 11}}
money: {{currency: USD, year: 2023}}
electricity: {{data_centre: {{energy_money_kwh: 0.08}}}}
data_centre:
  - {{name: hall, it_kw: 1000, {hall},
     cooling: {cooling}}}
"""


def calc(law, **given):
    done = subprocess.run([HEARTH, "calc", law, *(f"{key}={value}" for key, value in given.items()), "--json"],
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def first(law, **given):
    return next(value for key, value in calc(law, **given).items())


def scenario(folder, hall, cooling="{kind: declared_cooling, cooling_overhead_kw_kw: 0.1}", climate="seattle"):
    path = pathlib.Path(folder) / "s.yaml"
    path.write_text(YEAR.format(hall=hall, cooling=cooling, climate=climate), encoding="utf-8")
    return path


def run(path):
    done = subprocess.run([HEARTH, "run", path, "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["cases"]["apart"]


def written(path, keys):
    done = subprocess.run([HEARTH, "check", path, "--yaml"], capture_output=True, text=True, check=True)
    found = {}
    for line in done.stdout.splitlines():
        key, _, value = line.strip().partition(": ")
        if key in keys and key not in found:
            found[key] = value.split("  #")[0]
    return found


def mark(good):
    return "in" if good else "**out**"


def ups():
    print("""## UPS

Efficiency at the middle of each bin, `hearth calc power_ups_eff`. DC Pro's machines are of 2013. The 225 kVA curve is a
least-squares fit, within 0.011 of each bin; the other two rest on the bins that are published.

| UPS | load | published | here | off |
|---|---|---|---|---|""")
    bins = [0.807, 0.869, 0.902, 0.921, 0.932, 0.942, 0.958, 0.958, 0.955, 0.953]
    rows = [("dc_pro_225", 0.05 + 0.1 * k, eff) for k, eff in enumerate(bins)]
    rows += [("dc_pro_1000", 0.05, 0.807), ("dc_pro_1000", 0.705, 0.958), ("dc_pro_1000", 0.955, 0.953),
             ("delta", 0.05, 0.880), ("delta", 0.755, 0.971), ("dc_pro_50", 0.05, 0.780), ("dc_pro_50", 0.955, 0.925)]
    wrong = 0
    for name, load, eff in rows:
        here = first("power_ups_eff", load_frac=f"{load:.3f}", ups=name)
        wrong += abs(here - eff) > 0.011
        print(f"| {name} | {load:.3f} | {eff:.3f} | {here:.4f} | {here - eff:+.4f}{'' if abs(here - eff) <= 0.011 else ' **out**'} |")
    print(f"\n{len(rows) - wrong} of {len(rows)} within 0.011.\n")


def types(folder):
    ranges = {"edge": (0.77, 0.85), "hospital": (0.80, 0.94), "factory": (0.77, 0.85), "airport": (0.80, 0.94), "public": (0.80, 0.94),
              "enterprise": (0.80, 0.94), "colocation": (0.80, 0.94), "hyperscale": (0.90, 0.99), "ai": (0.90, 0.99)}
    print("""## Types of facility

UPS efficiency at the load that a type stands for, against the range of its space type in LBNL's report of 2024, table 4.3
[quoted]; hospital, airport and public as internal rooms, factory as a small one.

| facility | UPS | redundancy | load of a module | published | here | |
|---|---|---|---|---|---|---|""")
    wrong = 0
    for name, (low, high) in ranges.items():
        path = scenario(folder, f"facility: {name}")
        of = written(path, {"ups", "redundancy", "occupancy_frac", "needed_count"})
        load = first("power_module_load_frac", load_frac=of["occupancy_frac"], redundancy=of["redundancy"], needed_count=of["needed_count"])
        here = first("power_ups_eff", load_frac=f"{load:.6f}", ups=of["ups"])
        wrong += not low <= here <= high
        print(f"| {name} | {of['ups']} | {of['redundancy']} | {load:.2f} | {low:.2f}-{high:.2f} | {here:.3f} | {mark(low <= here <= high)} |")
    print(f"""
{len(ranges) - wrong} of {len(ranges)} in. The misses lie above: edge rooms and factories have UPS of a few kVA, worse than DC Pro's 50 kVA
machine and emptier than these types assume (give `ups_scale_ratio` 2 and a lower `occupancy_frac`); DC Pro's 1000 kVA machine
is better than the range of all colocation rooms, small ones among them.
""")


def examples():
    print("""## Worked examples of the notes

| example | expected | here |
|---|---|---|""")
    for load, eff in ((0.2, 0.9000), (0.4, 0.9334), (0.8, 0.9535)):
        print(f"| W3, UPS at {load} | {eff:.4f} | {first('power_ups_eff', load_frac=load):.4f} |")
    for name, redundancy, bus in (("N at 80 %", "n", 10.755), ("2N at 40 %", "2n", 10.987)):
        result = calc("data_hall", load="flat", redundancy=redundancy, occupancy_frac=0.8, distribution_loss_frac=1 / 0.99 - 1,
                      transformer_frac=1 / 0.985 - 1, lighting_frac=0)
        print(f"| W3, {name}: MW at the bus for 10 MW of IT | {bus:.3f} | {result['power_in'] * 12.5:.3f} |")
    for inlet, ratio in ((27, 1.0168), (32, 1.0378)):
        print(f"| W11, servers at {inlet} degC over 23 degC, .42 %/K | {ratio:.4f} | {first('server_warm_linear_ratio', warm_c=inlet):.4f} |")
    print()


def statistics(name, values, hours, per):
    """values by hour stamp (None: missing): mean, range of the hours of a working day and level of the weekend."""
    day = [[] for _ in range(24)]
    work, rest = [], []
    for stamp, value in zip(hours, values):
        if value is None:
            continue
        if stamp.weekday() < 5:
            day[stamp.hour].append(value / per)
            work.append(value / per)
        else:
            rest.append(value / per)
    means = [sum(one) / len(one) for one in day]
    mean = sum(work) / len(work)
    amplitude = (max(means) - min(means)) / (max(means) + min(means))
    return mean, amplitude, means.index(max(means)), (sum(rest) / len(rest)) / mean


def traces():
    print("""## Measured loads

No hourly load of a whole data centre is openly published. Three traces of parts of one, read as the hall reads them, beside
what the profiles assume. Amplitude: (highest less lowest mean hour of a working day)/(their sum). Google's column is work; power
follows by the SPECpower curve. Cores are allocated, not busy.

| trace | rows | mean | published mean | amplitude of the day | peak hour | weekend |
|---|---|---|---|---|---|---|""")
    with open(SHARED / "sustaindc/GoogleClusteData_CPU_Data_Hourly_1.csv", encoding="utf-8") as file:
        google = [float(row[1]) for row in list(csv.reader(file))[1:]]
    hours = [datetime.datetime(2023, 1, 1) + datetime.timedelta(hours=k) for k in range(len(google))]
    curve = [0.285, 0.420, 0.472, 0.518, 0.567, 0.613, 0.663, 0.723, 0.793, 0.888, 1.0]
    power = [curve[min(9, int(10 * u))] + (10 * u - min(9, int(10 * u))) * (curve[min(9, int(10 * u)) + 1] - curve[min(9, int(10 * u))])
             for u in google]
    with open(SHARED / "surf_lisa_2022_4months_cores_hourly.csv", encoding="utf-8") as file:
        surf = [float(row[1]) for row in list(csv.reader(line for line in file if not line.startswith("#")))[1:]]
    surf_hours = [datetime.datetime(2022, 6, 30, 18) + datetime.timedelta(hours=k) for k in range(len(surf))]
    with gzip.open(SHARED / "cornell_biohpc_hourly.csv.gz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    cornell = [(datetime.datetime.fromisoformat(row["timestamp"]), row["cbsugpu08_power_w"]) for row in rows]
    watts = [float(value) if value else None for _, value in cornell]
    held = [value for value in watts if value is not None]
    table = [("Google cluster, work", google, hours, 1, None, "frac"), ("Google cluster, power", power, hours, 1, None, "frac"),
             ("SURF Lisa, cores", surf, surf_hours, 1, 1917.0, "cores"), ("Cornell cbsugpu08, W", watts, [stamp for stamp, _ in cornell], 1, 147.76, "W")]
    found = {}
    for name, values, stamps, per, published, _ in table:
        mean, amplitude, peak, weekend = statistics(name, values, stamps, per)
        whole = [value for value in values if value is not None]
        found[name] = (amplitude, weekend)
        print(f"| {name} | {len(whole)} of {len(values)} | {sum(whole) / len(whole):.4g} | {published if published else '-'} | {amplitude:.3f} | {peak} h | {weekend:.3f} |")
    assert abs(sum(held) / len(held) - 147.76) < 0.005 and len(held) == 15277 and abs(sum(surf) / len(surf) - 1917.0) < 0.05
    amplitude, weekend = found["Google cluster, power"]
    print(f"""
The profiles' cloud assumes an amplitude of 0.085 (0.05 to 0.12) and 0.93 at the weekend; Google's cluster shows {amplitude:.3f} in
power ({mark(0.05 <= amplitude <= 0.12)}) and {weekend:.2f} at the weekend, on an assumed calendar (its first day is not told).
Research machines hardly follow the day. Profiles stay [recalled, unverified]; give `measured_kw` where there is a meter.
""")


def legacy(folder):
    print("""## The legacy building

Cooling "now accounts for about 40 % of total data centre electricity": the share implies a PUE of 1.67 at least, about 2.0 with
losses of the power chain. An enterprise hall as such buildings were: chilled water at 7 degC, few
economiser hours, fans of 2013, half let, UPS doubled. Uptime's survey had a mean PUE of 2.50 in 2007 and 1.98 in 2011.

| place | cooling's share | told | PUE | surveys | |
|---|---|---|---|---|---|""")
    hall = "facility: enterprise, redundancy: 2n, occupancy_frac: 0.5, coolant_c: 13, coolant_dt_dk: 6"
    cooling = ("{kind: chilled_water_economiser, fan_kw_kw: 0.20, chilled_pump_kw_kw: 0.03, condenser_pump_kw_kw: 0.026, "
               "tower_fan_kw_kw: 0.025, cop_ratio: 0.6, part_load_frac: 0.3}")
    for climate in ("atlanta", "chicago", "phoenix"):
        try:
            m = run(scenario(folder, hall, cooling, climate))
        except subprocess.CalledProcessError as error:
            sys.exit(error.stderr)
        share, pue = m["cooling_frac"], m["pue_ratio"]
        print(f"| {climate} | {share:.2f} | 0.40 | {pue:.2f} | 1.98-2.50 | {mark(abs(share - 0.4) <= 0.05)} {mark(1.98 <= pue <= 2.5)} |")
    modern = run(scenario(folder, "facility: hyperscale", "dry_cooler"))
    print(f"""
The misses lie below: this plant has an economiser that cannot be left out, which carries part of the winter even at 7 degC of
water (most of it in Chicago), and no humidifier. Against it a hyperscale hall on dry coolers in Seattle: cooling
{modern['cooling_frac']:.2f} of all power, PUE {modern['pue_ratio']:.2f}.
""")


def main():
    print("""# The data hall against tables, traces and a told share

Made by `make validate` (tools/validate/data_hall.py). Notes: data-centre notes of the project; [quoted] and [recalled] say how far
a source can be trusted (docs/references.md).
""")
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} not found (reference data not present)")
    ups()
    with tempfile.TemporaryDirectory() as folder:
        types(folder)
        examples()
        traces()
        legacy(folder)


main()
