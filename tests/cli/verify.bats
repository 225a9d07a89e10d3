#!/usr/bin/env bats
# hearth verify notices every altered number.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "200 alterations of single numbers by 1e-4 are noticed" {
    short seattle 1 > "$WORK/s.yaml"
    "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
    run -0 python3 "$BATS_TEST_DIRNAME/alter.py" "$HEARTH" "$WORK/out" 200
}

@test "nine of ten are noticed by physics, bills and prices alone, with every seal made anew" {
    short seattle 1 > "$WORK/s.yaml"
    "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
    run -0 python3 "$BATS_TEST_DIRNAME/alter.py" "$HEARTH" "$WORK/out" 100 7 --reseal 0.9
}

@test "verify of nothing: exit 66" {
    run -66 "$HEARTH" verify "$WORK"
}

@test "a network that the last round does not build leaves no simulation behind" {
    run -0 "$HEARTH" run "$ROOT/tests/fuzz/corpus/scenario/energy_number" -o "$WORK/out" # power at 7 a kWh
    run -0 "$HEARTH" verify "$WORK/out"
}
