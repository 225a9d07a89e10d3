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
