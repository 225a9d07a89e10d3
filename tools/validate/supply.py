#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints docs/validation/supply.md: several places against Calliope's published optimum; wind turbines against the curve of
NREL's reference turbine over a year of its own wind file. Run by tools/validate.sh with $HEARTH and $SHARED."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HEARTH, DATA = os.environ["HEARTH"], pathlib.Path(os.environ["SHARED"], "data")
ROOT = pathlib.Path(__file__).parents[2]


def calliope():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, ROOT / "tests/cli/calliope.py", DATA, folder], check=True)
        out = pathlib.Path(folder, "out")
        subprocess.run([HEARTH, "run", pathlib.Path(folder, "calliope.yaml"), "-o", out], check=True, capture_output=True)
        record = json.loads((out / "summary.json").read_text())["record"]["together"]
        with open(out / "hourly.csv", encoding="utf-8") as file:
            hours = list(csv.DictReader(file))
    built = {name: row.get("capacity") for name, row in record["instances"].items()}
    sold = sum(float(row[f"grid_{name}.rate_export_kw"]) for row in hours
               for name in ("chp_meter", "pv_meter_X1", "pv_meter_X2", "pv_meter_X3"))
    rows = [("cost, one balance per direction of a link", 430.0891887, record["objective_money"], 1e-6),
            ("CHP at X1, kW", 250.090112, built["chp"], 1e-4), ("heat pipe N1-X2, kW", 182.19260, built["pipe_N1_X2"], 1e-4),
            ("grid connection at X1, kW", 36.9545, built["grid_X1"], 1e-4),
            ("gas connections at X1, X2, kW", 617.506 + 235.637, built["gas_X1"] + built["gas_X2"], 1e-4),
            ("PV at X2, m2", 830.064659, 7 * built["pv_X2"], 1e-4), ("boiler at X2, kW", 200.292, built["boiler_X2"], 1e-4),
            ("lines X1-X2, X1-X3, kW", 265.563 + 45.778, built["line_X1_X2"] + built["line_X1_X3"], 1e-4),
            ("exported, kWh", 122.7156, sold, 1e-4)]
    print("| figure | published | Hearth | |\n|---|---|---|---|")
    for name, wanted, found, tolerance in rows:
        good = abs(found / wanted - 1) <= tolerance
        print(f"| {name} | {wanted:.10g} | {found:.10g} | {'in' if good else '**out**'} ({tolerance:g}) |")


CURVE = [0, 0, 0, 70.119, 166.208, 324.625, 560.952, 890.771, 1329.664, 1893.213] + [2000] * 16  # kW at 0..25 m/s, REopt wind.jl


def curve(speed):
    k = int(speed)
    return 0.0 if speed >= 25 else (CURVE[k] + (speed - k) * (CURVE[k + 1] - CURVE[k])) / 2000


def reference(speed, density):
    """The tabulated curve between whole m/s; density by power, as SAM has it [recalled], and by speed, as IEC 61400-12-1 has it."""
    return curve(speed) * density / 1.225, curve(speed * (density / 1.225) ** (1 / 3))


def wind():
    with open(DATA / "pv_wind_ref/AR_Northwestern-Flat_Lands.srw", encoding="latin-1") as file:
        rows = [[float(x) for x in line.split(",")[:16]] for line in list(file)[5:]]
    print("| hub | hours | mean wind, m/s | density by power | density by speed (IEC) | Hearth | against them |\n|---|---|---|---|---|---|---|")
    for column, height in ((4, 80), (8, 110)):
        ours = by_power = by_speed = speeds = 0.0
        sample = rows[::24 * 7 // 8]  # every 21st hour, so that each hour of the day comes
        for row in sample:
            celsius, atm, speed = row[column], row[column + 1], row[column + 3]
            density = atm * 101325 / (287.05 * (celsius + 273.15))
            done = subprocess.run([HEARTH, "calc", "wind_turbine_frac", f"speed_m_s={speed}", f"density_kg_m3={density}", "--json"],
                                  capture_output=True, text=True, check=True)
            ours += json.loads(done.stdout)["output_frac"] / len(sample)
            power, shifted = reference(speed, density)
            by_power, by_speed = by_power + power / len(sample), by_speed + shifted / len(sample)
            speeds += speed / len(sample)
        print(f"| {height} m | {len(sample)} | {speeds:.2f} | {by_power:.4f} | {by_speed:.4f} | {ours:.4f} | "
              f"{100 * (ours / by_power - 1):+.1f} %, {100 * (ours / by_speed - 1):+.1f} % |")


print("""# Supply and several places

Made by `make validate` (tools/validate/supply.py). Misses stand in bold with their cause.

## Calliope's urban-scale example

Four nodes with electricity, heat and gas, one day of July 2005, planned as a Hearth scenario with `places:` and `links:`
(tests/cli/calliope.py). The source pools both directions of a link in one balance, which no line does: its optimum is 430.082290. With one
balance per direction, which is what Hearth writes, an independent calculation gives 430.0891887; with free dumping of heat 430.0049648. The
capacities of the source's optimum are the same in both. The capacity of a link holds for each way by itself there (`each_way: true`);
shared by both ways, as a cable or a pipe shares it, Hearth finds 430.26 (with design days). What sells its power straight to the grid stands at a meter
of its own, behind a line that carries one way.
""")
calliope()
print("""
## Wind turbines over a year of wind

NREL's 2000 kW reference turbine on NREL's file of flat land in Arkansas, speeds, temperature and pressure of the hub's height.
Means of the share of the rating, without losses. The reference is the table of whole m/s, straight between its points. Thin air either
takes the same share off the power at every speed, the rating too (first column), or shifts the speed at which a power is reached, so that a turbine
with pitch control still comes to its rating (second column, IEC 61400-12-1); Hearth does the latter. What is left is the chord of the table,
which lies above the cube between its points and below the knee.
""")
wind()
print("""
Photovoltaics on NREL's Phoenix file: [physics](physics.md), -0.45 % of the year against PVWatts.""")
