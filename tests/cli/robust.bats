#!/usr/bin/env bats
# One design for many futures from the command line.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "one design for two weather years is told and written" {
    short seattle 1 >"$WORK/s.yaml"
    run -65 "$HEARTH" robust "$WORK/s.yaml"
    [[ "$output" == *"has no futures"* ]]
    run -64 "$HEARTH" robust "$WORK/s.yaml" --mpi
    [[ "$output" == *"built without MPI"*"cmake --preset cluster"* ]]
    echo "robust: {weather_years: 2, objective: regret}" >>"$WORK/s.yaml"
    run -0 "$HEARTH" robust "$WORK/s.yaml" -o "$WORK/out"
    [[ "$output" == *"One design for 2 futures, least regret"* ]]
    [[ "$output" == *"memory at its peak"* ]]
    [ -s "$WORK/out/report.html" ]
    grep -q '"hearth_robust": 1' "$WORK/out/robust.json"
}
