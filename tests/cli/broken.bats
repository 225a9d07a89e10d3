#!/usr/bin/env bats
# What the program answers to input that is wrong: the list of broken/cases.txt, whole.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "every broken input: exit code, place, what is wrong, what to do, nothing left behind" {
    run -0 python3 "$BATS_TEST_DIRNAME/broken.py" "$HEARTH"
    [[ "$output" == *" 0 answered wrongly"* ]]
}

@test "a negative price is a price, in a number and in a file" {
    sed 's/campus: {energy_money_kwh: 0.08/campus: {energy_money_kwh: -0.05/' "$BATS_TEST_DIRNAME/broken/base.yaml" > "$WORK/s.yaml"
    run -0 "$HEARTH" check "$WORK/s.yaml"
    { echo price; for hour in {1..24}; do echo "-0.0$((hour % 9 + 1))"; done; } > "$WORK/p.csv"
    sed 's/campus: {energy_money_kwh: 0.08/campus: {energy_money_kwh: {file: p.csv, column: price, unit: money_kwh}/' \
        "$BATS_TEST_DIRNAME/broken/base.yaml" > "$WORK/s.yaml"
    run -0 "$HEARTH" check "$WORK/s.yaml"
}
