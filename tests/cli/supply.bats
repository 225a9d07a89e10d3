#!/usr/bin/env bats
# How warm the coolant should be: supply_c: {choose: [...]}.
# SPDX-License-Identifier: Apache-2.0
load common.bash

warm() {
    cat << END
hearth: 1
name: how warm
place: {climate: odense, ground_c: 9}
horizon: {from: 2024-01-08, days: 1}
money: {currency: EUR, year: 2024}
fuel: {gas_money_kwh: 0.06}
electricity:
  data_centre: {energy_money_kwh: 0.08}
  heat_plant: {energy_money_kwh: 0.09, party: heat_utility}
data_centre:
  - {name: hall, it_kw: 2000, load: cloud, cooling: direct_to_chip, meter: data_centre,
     supply_c: $1, heat_recovery: {from: coolant_return, max_kw: 2000}}
town:
  - {name: homes, building: dwelling, floor_m2: 40000, emitter: low_temperature, hot_water: network,
     heated_by: gas_boiler, meter: heat_plant}
heat_network: {supply_c: {at -8: 66, at 15: 60}, return_c: 38, length_m: 300, meter: heat_plant, capacity_kw: 2500}
plant:
  heat_pump: {capacity_kw: choose, meter: heat_plant}
heat_contract: {model: free}
END
}

@test "each temperature is planned, the best is kept and told; the files agree" {
    warm "{choose: {from: 20, to: 40, step: 10}}" > "$WORK/s.yaml"
    run -0 --separate-stderr "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    [[ "$output" == *"Of 3 temperatures tried, coolant at 30"*"C costs least for hall."* ]]
    grep -q "supply_c: {choose: \[20, 30, 40\], chosen: 30}  # scenario; chosen: the plan that costs least" "$WORK/out/plan.yaml"
    grep -q "coolant_c: 40  # derived" "$WORK/out/plan.yaml"
    run -0 "$HEARTH" verify "$WORK/out"
    warm 30 > "$WORK/fixed.yaml"
    "$HEARTH" run "$WORK/fixed.yaml" --json > "$WORK/fixed.json" 2> /dev/null
    "$HEARTH" run "$WORK/out/plan.yaml" --json > "$WORK/again.json" 2> /dev/null
    "$HEARTH" run "$WORK/s.yaml" -o "$WORK/twice" > /dev/null 2>&1
    cmp "$WORK/out/summary.json" "$WORK/twice/summary.json"
    python3 - "$WORK" << 'END'
import json, pathlib, sys
work = pathlib.Path(sys.argv[1])
tried, fixed, again = (json.loads((work / name).read_text()) for name in ("out/summary.json", "fixed.json", "again.json"))
choice, together = tried["supply_choice"], tried["cases"]["together"]
assert fixed["supply_choice"] is None and again["supply_choice"] is None # nothing is tried there
rows = choice["rows"]
assert [row["supply_c"] for row in rows] == [[20], [30], [40]] and choice["halls"] == ["hall"]
words = choice["words"][0]
assert "20 °C would cost " in words and "40 °C would cost " in words and "servers and their power chain" in words, words
assert list(rows[0]) == sorted(rows[0]) and list(choice) == sorted(choice)
best = rows[choice["best"]]
assert best["cost_money_year"] == min(row["cost_money_year"] for row in rows)
for key in ("data_centre_kwh_year", "cooling_kwh_year", "import_kwh_year", "heat_pump_cop", "water_m3_year"):
    assert abs(best[key] - together[key]) <= 1e-9 * abs(together[key]), key
for other in (fixed, again): # the same plan as the temperature alone, and as the file written out
    assert abs(other["cases"]["together"]["objective_money"] / together["objective_money"] - 1) < 1e-6
report = (work / "out/report.html").read_text()
assert "temperatures tried" in report and report.count('<ol class="cur">') == 1
assert report.count("in this plan</b>") == 2 # of the temperatures, of the methods
cooling = json.loads((work / "out/indicators.json").read_text())["cooling"]
methods = cooling[0]["methods"] # side by side in the report, the cheapest first
cost = [method["cost_money_year"] for method in methods if method["cost_money_year"] is not None]
assert len(methods) >= 12 and cost == sorted(cost) and sum(method["in_plan"] for method in methods) == 1
assert {method["sound_class"] for method in methods} <= {"quiet", "moderate", "loud", "not known"}
assert "Ways of cooling hall" in report and report.count("dB(A)") >= 12
measures = [measure["cost_money_kwh"] for measure in cooling[0]["measures"]]
assert len(measures) > 1 and measures == sorted(measures) # the next kWh saved costs more
END
    # a figure of a plan that no file holds is under the seal
    cost=$(python3 -c "import json; print(json.load(open('$WORK/out/summary.json'))['supply_choice']['rows'][0]['fuel_kwh_year'])")
    sed -i "s/\"fuel_kwh_year\": $cost, \"heat_price/\"fuel_kwh_year\": 1$cost, \"heat_price/" "$WORK/out/summary.json"
    run -1 "$HEARTH" verify "$WORK/out"
}

@test "mistakes are told where they stand" {
    warm "{choose: [30, 20]}" > "$WORK/s.yaml"
    run -65 --separate-stderr "$HEARTH" check "$WORK/s.yaml"
    [[ "$stderr" == *"s.yaml:12:30: error: supply_c: values to try rise, 20 does not"* ]]
    warm "{choose: [5, 8]}" | sed 's/odense/phoenix/; s/2024-01-08/2024-07-01/; s/direct_to_chip/{kind: dry_cooler, trim: none}/' > "$WORK/s.yaml"
    run -65 --separate-stderr "$HEARTH" check "$WORK/s.yaml"
    [[ "$stderr" == *"cannot supply 5.0 degC"*"the nearest that it can in all hours is "* ]]
    warm "{choose: [20, 30]}" > "$WORK/s.yaml"
    "$HEARTH" check --yaml "$WORK/s.yaml" > "$WORK/written.yaml"
    run -65 --separate-stderr "$HEARTH" run "$WORK/written.yaml"
    [[ "$stderr" == *"supply_c: here one value must be chosen already"* ]]
}
