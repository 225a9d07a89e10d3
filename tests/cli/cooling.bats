#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Ways of cooling in a scenario: each is read and planned; what cannot be is refused with the nearest that can.
load common

setup() {
    HEARTH=$(realpath "${HEARTH:-$BATS_TEST_DIRNAME/../../build/release/hearth}")
    SHARED=$(realpath "${HEARTH_SHARED_DATA:-$BATS_TEST_DIRNAME/../../../shared/data}")
    cd "$BATS_TEST_TMPDIR" || return 1
}

# scenario CLIMATE FROM ENTRY: a hall and a town
scenario() {
    cat >s.yaml <<YAML
hearth: 1
name: Cooling
place: {climate: $1, ground_c: 11}
horizon: {from: $2, days: 1}
money: {currency: USD, year: 2024}
electricity: {all: {energy_money_kwh: 0.1}}
fuel: {gas_money_kwh: 0.04}
data_centre:
  - {name: hall, it_kw: 1000, $3}
town:
  - {name: homes, building: dwelling, floor_m2: 5000, heated_by: gas_boiler}
YAML
}

@test "every way of cooling is planned, mixed halls with their room air" {
    for kind in dx air_cooled_chiller water_cooled_chiller chilled_water_economiser air_side_economiser \
        direct_evaporative indirect_evaporative dry_cooler rear_door direct_to_chip immersion_one_phase \
        immersion_two_phase; do
        scenario seattle 2024-07-01 "cooling: $kind"
        run "$HEARTH" run s.yaml -o "$kind"
        [ "$status" -eq 0 ] || { echo "$kind: $output"; return 1; }
    done
    grep -q hall_room_cooling direct_to_chip/plan.yaml
    ! grep -q hall_room_cooling dry_cooler/plan.yaml
}

@test "the room air of a liquid-cooled hall may have its own cooling" {
    scenario seattle 2024-07-01 "cooling: direct_to_chip, capture_frac: 0.85, room_cooling: {kind: air_cooled_chiller, cop_ratio: 0.7}"
    run "$HEARTH" check --yaml s.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == *"cop_ratio: 0.7"* ]]
    scenario seattle 2024-07-01 "cooling: dry_cooler, room_cooling: dx"
    run "$HEARTH" check s.yaml
    [ "$status" -eq 65 ]
    [[ "$output" == *"all heat leaves with the coolant"* ]]
}

@test "45 degC from a hall's return air without a compressor is refused, with what can be" {
    scenario seattle 2024-07-01 "cooling: air_side_economiser, heat_recovery: {from: coolant_return, temperature_c: 45, max_kw: 500}"
    run "$HEARTH" check s.yaml
    [ "$status" -eq 65 ]
    [[ "$output" == *"the hall's air returns at 36 degC"*"cannot give 45 degC without a compressor"* ]]
    [[ "$output" == *"lower temperature_c to 26"*"heat_pump"* ]]
}

@test "W17 by dry coolers in Phoenix is refused, with what can be" {
    scenario phoenix 2024-07-01 "coolant_c: 31, coolant_dt_dk: 10, cooling: {kind: direct_to_chip, water_class: w17, trim: none}"
    run "$HEARTH" check s.yaml
    [ "$status" -eq 65 ]
    [[ "$output" == *"cannot supply 21.0 degC"*"the weather is too warm"* ]]
    [[ "$output" == *"the nearest that it can in all hours is"*"compressor"* ]]
    scenario phoenix 2024-07-01 "coolant_c: 50, coolant_dt_dk: 10, cooling: {kind: direct_to_chip, water_class: w32}"
    run "$HEARTH" check s.yaml
    [ "$status" -eq 65 ]
    [[ "$output" == *"supply at most 36.0 degC"* ]]
}

@test "a year of cooling is told by hearth calc for any EPW and any system" {
    [ -e "$SHARED/weather/epw/USA_CO_Denver.Intl.AP.725650_TMY3.epw" ] || skip "no weather file"
    run --separate-stderr "$HEARTH" calc cooling_year system=direct_to_chip trim=none rejection=tower coolant_c=40 \
        coolant_dt_dk=12 cycles_ratio=12.8 chain_kw_kw=1.01 capture_frac=0.95 it_kw=888 room=chilled_water_economiser \
        room_c=27 room_dt_dk=8 "weather=$SHARED/weather/epw/USA_CO_Denver.Intl.AP.725650_TMY3.epw" --json
    [ "$status" -eq 0 ]
    # NREL's ESIF: PUE 1.034, 1.27 to 1.42 litres per kWh by towers, measured
    python3 -c "import json,sys; d=json.loads(sys.argv[1]); assert 1.03 <= d['pue_ratio'] <= 1.06, d; \
assert 1.2 <= d['wue_kg_kwh'] <= 1.5, d; assert d['stopped_h'] < 20 and d['compressor_kwh'] < 0.01 * d['it_kwh'], d; \
assert d['it_kwh'] == 888 * 8760" "$output"
    run "$HEARTH" calc cooling_year system=chilled_water_economiser climate=seattle take_off_c=35
    [ "$status" -eq 0 ]
    [[ "$output" == *taken_extra_kwh* ]]
}

@test "what hearth calc cooling_year cannot do it says" {
    run "$HEARTH" calc cooling_year system=tank climate=seattle
    [ "$status" -eq 64 ]
    [[ "$output" == *"tank is no way of cooling a hall"*"dry_cooler"* ]]
    run "$HEARTH" calc cooling_year climate=seattle
    [ "$status" -eq 64 ]
    [[ "$output" == *"system is missing"* ]]
    run "$HEARTH" calc cooling_year system=dx
    [ "$status" -eq 64 ]
    [[ "$output" == *"climate=NAME"* ]]
    run "$HEARTH" calc cooling_year system=dx climate=seattle air_class=a9
    [ "$status" -eq 64 ]
    run "$HEARTH" calc cooling_year system=dx climate=seattle room.cop_ratio=1
    [ "$status" -eq 64 ]
    [[ "$output" == *"no heat is left to the room's air"* ]]
    run "$HEARTH" calc cooling_year system=dx weather=nowhere.epw
    [ "$status" -eq 66 ]
    run "$HEARTH" calc cooling_year system=dx climate=seattle it_kw=many
    [ "$status" -eq 64 ]
    run "$HEARTH" calc cooling_year system=dry_cooler trim=none climate=phoenix
    [ "$status" -eq 0 ]
    [[ "$output" == *"hours there is no cooling, first because: the weather is too warm for it"* ]]
}

@test "how warm the coolant should be: each temperature an exact plan, the best marked" {
    scenario seattle 2024-07-01 "cooling: direct_to_chip, coolant_c: 50, coolant_dt_dk: 10"
    run "$HEARTH" compare --coolant_c 30,45,55 s.yaml
    [ "$status" -eq 0 ]
    # too cold asks for the trim's compressor, too warm makes the chips leak
    [[ "$output" == *"* 45 "* ]]
    [[ "$output" == *"Least cost: 45"* ]]
}
