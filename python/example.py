# SPDX-License-Identifier: Apache-2.0
"""How far may the neighbour be? A walk from a scenario to an answer, cell by cell; run it as a script or paste it into a
notebook:  python3 python/example.py [SCENARIO]"""

# %% Read a scenario: every mistake of the file comes at once, with its line.
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import hearth  # noqa: E402

path = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "../examples/seattle/scenario.yaml")
text = re.sub(r"(?m)^horizon:.*", "horizon: {from: 2024-01-08, days: 7}", path.read_text(encoding="utf-8"))
town = hearth.Scenario(text=text)
print(town.words())

# %% Plan it: the town without the data centre, both apart, both together.
plan = town.solve()
print(plan.words())

# %% The same at other distances. A change is a path into the file.
print(f"{'km':>6} {'heat delivered, MWh a year':>28} {'saved together, a year':>24}")
for length_m in (200, 1000, 3000, 8000, 20000):
    far = hearth.Scenario(text=text, changes={"heat_network.length_m": length_m}).solve()
    saved_money = far.figure("apart", "cost_money_year") - far.figure("together", "cost_money_year")
    print(f"{length_m / 1000:6.1f} {far.figure('together', 'heat_delivered_kwh_year') / 1000:28,.0f} {saved_money:24,.0f}")

# %% An hour: the coldest of the week, and what heats the town then.
heat = plan.series("together", "heat_pump.heat_out")
print(f"the heat pump gives {max(heat):,.0f} kW at most, {sum(heat) / len(heat):,.0f} kW on average")

# %% What breaks first is said by an exception: what was found, what is allowed, what to do.
try:
    hearth.Scenario(text=text, changes={"heat_network.length_m": -5})
except hearth.Error as error:
    print(error)
