#!/usr/bin/env bats
# Quarter-hours cost what hours cost when nothing changes within the hour and nothing is stored.
# SPDX-License-Identifier: Apache-2.0
load common.bash

prices() {
    echo price
    for hour in {0..23}; do echo "0.0$((hour % 7 + 2))$((hour % 3))"; done
}

# A day without storage, with energy charges of a file: scenario step_h
scenario() {
    cat <<END
hearth: 1
name: hours and quarter-hours
place: {climate: seattle, ground_c: 11}
horizon: {from: 2024-01-08, days: 1}
step_h: $1
money: {currency: USD, year: 2024, carbon_price: {shadow_money_kg: 0.05}}
fuel: {gas_money_kwh: 0.04}
electricity:
  data_centre: {energy_money_kwh: {file: p.csv, column: price, unit: money_kwh, repeat: true}}
  campus: {energy_money_kwh: {file: p.csv, column: price, unit: money_kwh, repeat: true}}
data_centre:
  - {name: hall, it_kw: 2000, load: flat, cooling: chilled_water_economiser,
     heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: 1800}}
town:
  - {name: homes, floor_m2: 40000, emitter: low_temperature, hot_water: local_electric, heated_by: gas_boiler}
heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 40, length_m: 400}
plant:
  heat_pump: {capacity_kw: choose, owner: heat_utility, meter: campus}
  gas_boiler: {capacity_kw: choose}
heat_contract: {model: free}
END
}

@test "step_h 0.5 and 0.25 with repeated hours: the same cost to 1e-7" {
    prices > "$WORK/p.csv"
    for step in 1 0.5 0.25; do
        scenario $step > "$WORK/$step.yaml"
        "$HEARTH" run "$WORK/$step.yaml" -o "$WORK/$step" > /dev/null
    done
    [ "$(wc -l < "$WORK/0.25/hourly.csv")" -eq 97 ]
    python3 - "$WORK" <<'END'
import json, sys
cost = {step: {name: case["objective_money"] for name, case in json.load(open(f"{sys.argv[1]}/{step}/summary.json"))["cases"].items()}
        for step in ("1", "0.5", "0.25")}
assert len(cost["1"]) == 3 and cost["1"]["together"] > 0, cost
for step in ("0.5", "0.25"):
    for name, money in cost["1"].items():
        assert abs(cost[step][name] / money - 1) <= 1e-7, (step, name, cost[step][name], money)
END
}

@test "a plan with files beside its scenario verifies and plans again from another folder" {
    prices > "$WORK/p.csv"
    scenario 0.5 > "$WORK/s.yaml"
    (cd "$WORK" && "$HEARTH" run s.yaml -o out > /dev/null)
    (cd / && "$HEARTH" verify "$WORK/out")
    (cd / && "$HEARTH" run "$WORK/out/plan.yaml" -o "$WORK/again" > /dev/null)
    cmp "$WORK/out/hourly.csv" "$WORK/again/hourly.csv"
    cmp "$WORK/out/plan.yaml" "$WORK/again/plan.yaml"
    echo "0.5" >> "$WORK/p.csv" # an hour too many: the plan's input is no longer what it was
    run -65 "$HEARTH" verify "$WORK/out"
}
