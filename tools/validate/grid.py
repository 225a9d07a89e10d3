#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints docs/validation/grid.md: feeders, transformers, bills and outages beside published numbers and another hand."""
import cmath
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

HEARTH, SHARED = os.environ["HEARTH"], pathlib.Path(os.environ["SHARED"], "data")
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "tests/cli"))
missed = []


def run(*arguments):
    done = subprocess.run([HEARTH, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"hearth {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def row(what, expected, found, tolerance, source):
    good = abs(found - expected) <= tolerance
    digits = max(0, -math.floor(math.log10(tolerance))) if tolerance else 0
    text = f"{found:.{digits}f}"
    if not good:
        missed.append(what)
    print(f"| {what} | {expected} | {text if good else f'**{text}**'} | {tolerance:g} | {source} |")


def solve(matrix, right):
    """Gauss with pivots, complex."""
    n = len(right)
    a = [list(matrix[i]) + [right[i]] for i in range(n)]
    for k in range(n):
        p = max(range(k, n), key=lambda i: abs(a[i][k]))
        a[k], a[p] = a[p], a[k]
        for i in range(k + 1, n):
            f = a[i][k] / a[k][k]
            a[i] = [x - f * y for x, y in zip(a[i], a[k])]
    x = [0j] * n
    for k in reversed(range(n)):
        x[k] = (a[k][n] - sum(a[k][j] * x[j] for j in range(k + 1, n))) / a[k][k]
    return x


def fixed_point(buses, branches, loads, slack_pu):
    """The implicit Z-bus way, which neither of our methods is: Y V = conj(S / V), again and again. Per unit."""
    names = [b for b in buses if b != buses[0]]
    at = {b: i for i, b in enumerate(names)}
    y = [[0j] * len(names) for _ in names]
    source = [0j] * len(names)
    for a, b, z, charging in branches:
        for here, there in ((a, b), (b, a)):
            if here in at:
                y[at[here]][at[here]] += 1 / z + 0.5j * charging
                if there in at:
                    y[at[here]][at[there]] -= 1 / z
                else:
                    source[at[here]] += slack_pu / z
    v = [complex(slack_pu)] * len(names)
    for _ in range(200):
        v = solve(y, [source[i] - (loads.get(b, 0j) / v[i]).conjugate() for i, b in enumerate(names)])
    return {buses[0]: complex(slack_pu), **dict(zip(names, v))}


def case33(folder):
    bus, line = folder / "case33bw_bus.csv", folder / "case33bw_line.csv"
    ours = json.loads(run("feeder", "solve", bus, line, "--json"))
    source = "Baran and Wu 1989, MATPOWER, CASES 2.1"
    row("case33bw, losses kW", 202.677, ours["loss_kw"], 0.001, source)
    row("case33bw, reactive losses kvar", 135.141, ours["loss_kvar"], 0.001, source)
    row("case33bw, lowest voltage pu", 0.91309, ours["lowest_pu"], 1e-5, source)
    row("case33bw, bus of it", 18, float(ours["lowest_bus"]), 0, source)
    stored = json.loads((folder / "case33bw_expected.json").read_text())["vm_pu"]
    worst = max(abs(b["v_pu"] - stored[b["bus"]]) for b in ours["buses"])
    row("case33bw, all voltages, largest difference pu", 0, worst, 1e-6, "pandapower, six digits")
    base = 12.66 ** 2 / 1.0
    with open(line) as file:
        lines = [(r["from"], r["to"], complex(float(r["r_ohm"]), float(r["x_ohm"])) / base, 0.0)
                 for r in csv.DictReader(file)]
    with open(bus) as file:
        rows = list(csv.DictReader(file))
    loads = {r["bus"]: complex(float(r["p_mw"]), float(r["q_mvar"])) for r in rows}
    with tempfile.TemporaryDirectory() as work:
        closed = pathlib.Path(work, "closed.csv")
        closed.write_text(line.read_text().replace("False", "True"))
        meshed = json.loads(run("feeder", "solve", bus, closed, "--json"))
    other = fixed_point([r["bus"] for r in rows], lines, loads, 1.0)
    worst = max(abs(abs(other[b["bus"]]) - b["v_pu"]) for b in meshed["buses"])
    row("case33bw, all ties closed, largest difference pu", 0, worst, 1e-9, "fixed point by another hand")


def cigre(path):
    data = json.loads(path.read_text())
    closed = [line for line in data["lines"]]
    rows, branches = ["from,to,r_ohm_km,x_ohm_km,c_nf_km,length_km,max_i_ka,sn_mva,vk_percent,vkr_percent"], []
    base = data["base"]["mv_kv"] ** 2 / 1.0
    for line in closed:  # all switches closed: a mesh with cables that charge
        kind = data["line_types"][line["type"]]
        rows.append(f"{line['from']},{line['to']},{kind['r_ohm_per_km']},{kind['x_ohm_per_km']},{kind['c_nf_per_km']},"
                    f"{line['length_km']},{kind['max_i_ka']},,,")
        z = complex(kind["r_ohm_per_km"], kind["x_ohm_per_km"]) * line["length_km"] / base
        charging = 2 * math.pi * 50 * kind["c_nf_per_km"] * 1e-9 * line["length_km"] * base
        branches.append((str(line["from"]), str(line["to"]), z, charging))
    for t in data["transformers"]:
        rows.append(f"{t['hv']},{t['lv']},,,,,,{t['sn_mva']},{t['vk_percent']},{t['vkr_percent']}")
        r = t["vkr_percent"] / 100 / t["sn_mva"]
        x = math.sqrt(t["vk_percent"] ** 2 - t["vkr_percent"] ** 2) / 100 / t["sn_mva"]
        branches.append((str(t["hv"]), str(t["lv"]), complex(r, x), 0.0))
    loads = {}
    for load in data["loads"]:
        angle = math.acos(load["cos_phi"])
        loads[str(load["bus"])] = loads.get(str(load["bus"]), 0) + load["sn_mva"] * cmath.exp(1j * angle)
    names = [str(k) for k in range(15)]
    buses = ["bus,vn_kv,kind,set_pu,p_mw,q_mvar"]
    for name in names:
        s = loads.get(name, 0j)
        kv, kind = (data["base"]["hv_kv"], "source") if name == "0" else (data["base"]["mv_kv"], "load")
        buses.append(f"{name},{kv},{kind},{data['base']['slack_vm_pu']},{s.real!r},{s.imag!r}")
    with tempfile.TemporaryDirectory() as work:
        a, b = pathlib.Path(work, "bus.csv"), pathlib.Path(work, "branch.csv")
        a.write_text("\n".join(buses) + "\n")
        b.write_text("\n".join(rows) + "\n")
        ours = json.loads(run("feeder", "solve", a, b, "--json"))
    other = fixed_point(names, branches, loads, data["base"]["slack_vm_pu"])
    worst = max(abs(abs(other[b["bus"]]) - b["v_pu"]) for b in ours["buses"])
    row("CIGRE medium voltage, all switches closed, largest difference pu", 0, worst, 1e-9, "fixed point by another hand")


def reference_line():
    case = {"features": [
        {"properties": {"bus": "a", "vn_kv": 12.47, "kind": "source"}},
        {"properties": {"bus": "b", "vn_kv": 12.47, "p_kw": 8000, "q_kvar": 8000 * math.tan(math.acos(0.98))}},
        {"properties": {"from": "a", "to": "b", "r_ohm_km": 0.2, "x_ohm_km": 0.35, "length_km": 3}}]}
    with tempfile.TemporaryDirectory() as work:
        path = pathlib.Path(work, "line.geojson")
        path.write_text(json.dumps(case))
        ours = json.loads(run("feeder", "solve", path, "--json"))
    source = "economy-grid-carbon-community.md 3.1"
    row("3 km at 12.47 kV, 8 MW: voltage pu", 0.9549, ours["lowest_pu"], 1e-4, source)
    row("the same: losses kW", 281.97, ours["loss_kw"], 0.01, source)
    row("the same: current A", 395.8, ours["branches"][0]["current_a"], 0.1, source)


def laws():
    source = "economy-grid-carbon-community.md 3.2"
    for k, oil, hot in ((1.0, 80.0, 102.1), (0.8, 64.7, 81.2)):
        row(f"transformer ONAF, K {k}: oil degC", oil, float(run("calc", "transformer_oil_c", f"load_ratio={k}").split()[-1]), 0.1, source)
        row(f"transformer ONAF, K {k}: hot spot degC", hot, float(run("calc", "transformer_hot_spot_c", f"load_ratio={k}").split()[-1]), 0.1, source)
    for paper, rate in (("normal", 1.61), ("upgraded", 0.44)):
        row(f"ageing at 102.1 degC, {paper} paper", rate,
            float(run("calc", "transformer_ageing_ratio", "hot_spot_c=102.1", f"paper={paper}").split()[-1]), 0.01, source)
    for units, survive in ((10, 0.696), (11, 0.944), (12, 0.992)):
        curve = json.loads(run("outage", "flat_kw=1000", f"generators_count={units}", "generator_kw=100", "most_h=24", "--json"))["curve"]
        row(f"24 h, 10 of {units} generators: survival", survive, curve[23][1], 0.001, "economy-grid-carbon-community.md 3.4")


def bills():
    folder = SHARED / "reopt/scenarios"
    bill = json.loads(run("bill", folder / "no_techs.json", "--flat", repr(10000 / 8760), "--json"))
    row("REopt no_techs: energy", 1000.0, sum(m["energy_money"] for m in bill["months"]), 0.01, "CASES 4.1")
    row("REopt no_techs: demand", 136.99, sum(m["flat_money"] for m in bill["months"]), 0.01, "CASES 4.1")
    bill = json.loads(run("bill", folder / "coincident_peak.json", "--flat", "1", "--json"))
    row("REopt coincident_peak", 15.0, sum(m["coincident_money"] for m in bill["months"]), 0.01, "CASES 4.2")
    with tempfile.TemporaryDirectory() as work:
        path = pathlib.Path(work, "t.json")
        path.write_text('{"ElectricTariff": {"blended_annual_energy_rate": 0.055, "blended_annual_demand_rate": 14}}')
        for extra, price in (((), 0.0790), (("--contract", "100000", "--min-share", "0.85"), 0.0805)):
            # load factor 0.8 of 80 MW: 64 MW on average in a month of 730 h; here with the hours of June
            load = pathlib.Path(work, "load.csv")
            load.write_text("kw\n" + "\n".join("80000" if h % 24 == 0 else repr(64000 - 16000 / 23) for h in range(8760)) + "\n")
            bill = json.loads(run("bill", path, load, "--column", "kw", *extra, "--json"))
            row(f"100 MW contract, {'85 % minimum' if extra else 'no minimum'}: money per kWh over the year", price,
                bill["total_money"] / bill["import_kwh"], 0.0001, "economy-grid-carbon-community.md 2.1")


print("""# The grid

Written by `make validate` (`tools/validate/grid.py`). Feeders, transformers, bills and outages beside published numbers, and
beside calculations that share no code with Hearth. A miss is in bold.

| what | expected | Hearth | tolerance | source |
|---|---|---|---|---|""")
case33(SHARED / "el_feeders")
cigre(SHARED / "el_feeders/cigre_mv.json")
reference_line()
laws()
bills()
print("""
The IEEE 14-bus case (held voltages, taps, a shunt) and the best reconfiguration of case33bw (139.55 kW) stand in
`tests/networks/test_feeder.c`.

## Bills

Each visible tariff for a flat load and for a hospital's year (DOE reference building, Chicago, calendar of 2017), beside
`tests/cli/bill_reference.py`; they must agree to the cent. Reactive power and attributes in words are in neither.
""")
import bill_reference  # noqa: E402

with tempfile.TemporaryDirectory() as work:
    if bill_reference.check(HEARTH, SHARED, work):
        missed.append("bills")
print("""
## Not compared

- A tariff's bill as rows of the programme stands in `tests/plan/test_tariff_plan.c`: each visible rate, a flat and a colocation
  load with a battery, equal to the calculator's to 1e-9 (a year of each in `make check-long`).
- REopt's outage results: no visible case has any.
- The survival curve where battery and generators are needed together is a lower bound (`hearth outage --help`).""")
if missed:
    print(f"missed: {', '.join(missed)}", file=sys.stderr)
