#!/usr/bin/env bats
# hearth verify notices every altered number.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "200 alterations of single numbers by 1e-4 are noticed" {
    short seattle 1 > "$WORK/s.yaml"
    "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
    run -0 python3 "$BATS_TEST_DIRNAME/alter.py" "$HEARTH" "$WORK/out" $((200 / HEARTH_EVERY))
}

@test "nine of ten are noticed by physics, bills and prices alone, with every seal made anew" {
    short seattle 1 > "$WORK/s.yaml"
    "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
    run -0 python3 "$BATS_TEST_DIRNAME/alter.py" "$HEARTH" "$WORK/out" $((100 / HEARTH_EVERY)) 7 --reseal 0.9
}

@test "verify agrees with what run wrote, whatever the form of the scenario" {
    small() {
        cat << END
hearth: 1
place: {climate: seattle, ground_c: 11}
horizon: {from: 2024-01-30, days: 3}
money: {currency: USD, year: 2024, sales_tax_frac: 0.1, carbon_price: {paid_money_kg: 0.05}}
fuel: {gas_money_kwh: ${1:-0.05}}
electricity:
  data_centre: {energy_money_kwh: 0.08, demand_money_kw_month: 9}
  campus: {energy_money_kwh: 0.10, demand_money_kw_month: 9, export_money_kwh: 0.02, fixed_money_month: 100}
data_centre:
  - {name: hall, it_kw: 1000, load: cloud, cooling: chilled_water_economiser,
     heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: 900}}
town:
  - {name: campus, building: office, floor_m2: 20000, emitter: low_temperature, hot_water: local_electric}
heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 38, length_m: 200}
plant:
  heat_pump: {capacity_kw: choose, meter: campus, owner: ${2:-heat_utility}}
  tank: {capacity_kwh: {choose: {max: 5000}}}
  pv: {capacity_kw: 300, meter: campus}
  battery: {capacity_kwh: 400, power_kw: {choose: {max: 200}}, capex_power_money_kw: 10, meter: campus}
END
    }
    agrees() {
        "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
        run -0 "$HEARTH" verify "$WORK/out"
    }
    small > "$WORK/s.yaml" && agrees
    { small && echo "step_h: 0.25"; } > "$WORK/s.yaml" && agrees
    { small && echo "objective: {view: society}"; } > "$WORK/s.yaml" && agrees
    { small && echo "reference: best_alone"; } > "$WORK/s.yaml" && agrees
    { small && echo "firm: waived"; } > "$WORK/s.yaml" && agrees
    { small && echo "require: {heat_share_frac: 0.9}"; } > "$WORK/s.yaml" && agrees
    { small 0.02 && echo "heat_contract: {model: cost_plus}"; } > "$WORK/s.yaml" && agrees
    small 0.05 municipality > "$WORK/s.yaml" && agrees
    small | sed 's/local_electric}/local_electric, unserved_money_kwh: 0.07}/' > "$WORK/s.yaml" && agrees
}

@test "verify of nothing: exit 66" {
    run -66 "$HEARTH" verify "$WORK"
}

@test "a network that the last round does not build leaves no simulation behind" {
    run -0 "$HEARTH" run "$ROOT/tests/fuzz/corpus/scenario/energy_number" -o "$WORK/out" # power at 7 a kWh
    run -0 "$HEARTH" verify "$WORK/out"
}
