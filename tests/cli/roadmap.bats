#!/usr/bin/env bats
# A plan over the years from the command line: told, written, verified, and a changed number noticed.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "a roadmap is told, verified, and a changed number is noticed; so are its servers" {
    short seattle 1 | sed 's/\bit_kw: [0-9]*/&, refresh: work, servers_capex_money_kw: 9000, servers_keep_year: 14/' >"$WORK/s.yaml"
    run -65 "$HEARTH" roadmap "$WORK/s.yaml"
    [[ "$output" == *"has no stages"* ]]
    cat >>"$WORK/s.yaml" <<'YAML'
stages: {years: [2026, 2040], until_year: 2051}
stage_changes:
  - {path: fuel.gas_money_kwh, law: compound, rate_frac: 0.03}
YAML
    run -0 "$HEARTH" roadmap "$WORK/s.yaml" -o "$WORK/out"
    [[ "$output" == *"2026 to 2051 in 2 stages"* ]]
    [[ "$output" == *"By then: fuel.gas_money_kwh 0.0605."* ]]
    text=$(tr -s '\n ' ' ' <<<"$output")
    [[ "$text" == *"servers of "*" kW"*"too old for the stage. A kWh of new ones does 12.8 times the work"* ]]
    [[ "$text" == *"the data centre's work becomes 1.00 times, its carbon "*"decoupled"* ]]
    python3 - "$WORK/out/roadmap.json" "$text" <<'PY'
import json, re, sys
hall = json.load(open(sys.argv[1]))["data_centre"]
gain = 1.2**14
assert abs(hall["it_kw"][0] - 7500) < 1e-6 and abs(hall["it_kw"][1] * gain - 7500) < 1e-3, hall["it_kw"]
assert max(abs(work - 7500) for work in hall["work_kw"]) < 1e-3, hall["work_kw"]
carbon = [hall["power_kg_year"][k] + hall["servers_kg_year"][k] for k in (0, 1)]
told = float(re.search(r"its carbon ([0-9.]+) times", sys.argv[2])[1])
assert abs(told / (carbon[1] / carbon[0]) - 1) < 0.01, (told, carbon)
# the heat there is to use falls with the power of the IT
heat = hall["heat_kwh_year"]
assert abs(heat[1] * gain / heat[0] - 1) < 1e-3, heat
PY
    grep -q 'kW by the year of purchase' "$WORK/out/report.html"
    [ -s "$WORK/out/2040/report.html" ]
    run -0 "$HEARTH" verify "$WORK/out"
    [[ "$output" == *"the roadmap agrees"* ]]
    cp "$WORK/out/roadmap.json" "$WORK/whole.json"
    for wrong in present_money made_kg it_kw; do
        sed "s/\"$wrong\": \([[]*\)\([0-9]\)/\"$wrong\": \13\2/" "$WORK/whole.json" >"$WORK/out/roadmap.json"
        run -1 "$HEARTH" verify "$WORK/out"
        [[ "$output" == *"$wrong reads"* ]]
    done
    # how much IT stands in a stage is not a year's to choose
    run -65 "$HEARTH" run "$WORK/out/2040/plan.yaml" -o "$WORK/year"
    [[ "$output" == *"how much IT stands was decided by a roadmap"* ]]
}

@test "servers that can not be refreshed so are told" {
    short seattle 1 >"$WORK/s.yaml"
    echo 'stages: {years: [2026, 2040], until_year: 2051}' >>"$WORK/s.yaml"
    it() { sed "s/\bit_kw: [0-9]*/it_kw: $1/" "$WORK/s.yaml" >"$WORK/it.yaml"; }
    it '7500, refresh: work, servers_capex_money_kw: 9000, servers_from_year: 2030'
    run -65 "$HEARTH" roadmap "$WORK/it.yaml"
    [[ "$output" == *"stands before the first stage"* ]]
    it '7500, refresh: power, servers_keep_year: 3'
    run -65 "$HEARTH" check "$WORK/it.yaml"
    [[ "$output" == *"servers_capex_money_kw is missing"*"go before they are paid"* ]]
    it '{choose: {max: 5000}}'
    run -65 "$HEARTH" check "$WORK/it.yaml"
    [[ "$output" == *"how much IT there is can not be chosen"* ]]
}

@test "phases of a network and a quarter that gets denser are told by the year they are built in" {
    cat >"$WORK/s.yaml" <<'YAML'
hearth: 1
name: phases
place: {climate: seattle, ground_c: 11}
money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 20}
horizon: {from: 2024-01-22, days: 1}
fuel: {gas_money_kwh: 3}
electricity:
  data_centre: {energy_money_kwh: 0.03}
  heat: {energy_money_kwh: 0.03, party: heat_utility}
data_centre:
  - {name: hall, it_kw: 3000, load: flat, cooling: chilled_water_economiser,
     heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: 2500}}
town:
  - {name: old, building: office, floor_m2: 20000, emitter: low_temperature, hot_water: local_electric,
     heated_by: gas_boiler, connect: choose}
  - {name: new, building: office, floor_m2: 50, emitter: low_temperature, hot_water: local_electric,
     heated_by: gas_boiler, connect: choose, connection_money: 500000}
heat_network: {supply_c: 55, return_c: 38, length_m: 200}
plant:
  heat_pump: {capacity_kw: choose, meter: heat}
stages: {years: [2026, 2036], until_year: 2046}
stage_changes:
  - {path: town.old.floor_m2, values: [20000, 30000]}
  - {path: town.new.floor_m2, from_year: 2036, to: 20000}
YAML
    run -0 "$HEARTH" roadmap "$WORK/s.yaml" -o "$WORK/out"
    text=$(tr -s '\n ' ' ' <<<"$output")
    first=${text%%2036 build*} second=${text#*2036 build}
    [[ "$first" == *"heat_network: its line is laid"*"old_substation: its line is laid"* ]]
    [[ "$first" != *"new_substation"* ]]
    [[ "$second" == *"old_substation "*"new_substation "*"new_substation: its line is laid"* ]]
    [[ "$second" != *"heat_network: its line"* ]]
    [[ "$second" == *"By then: town.old.floor_m2 30"?"000, town.new.floor_m2 20"?"000."* ]]
    run -0 "$HEARTH" verify "$WORK/out"
}
