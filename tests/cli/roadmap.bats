#!/usr/bin/env bats
# A plan over the years from the command line: told, written, verified, and a changed number noticed.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "a roadmap is told, verified, and a changed number is noticed" {
    short seattle 1 >"$WORK/s.yaml"
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
    [ -s "$WORK/out/report.html" ] && [ -s "$WORK/out/2040/report.html" ]
    run -0 "$HEARTH" verify "$WORK/out"
    [[ "$output" == *"the roadmap agrees"* ]]
    sed -i 's/"present_money": \([0-9]\)/"present_money": 1\1/' "$WORK/out/roadmap.json"
    run -1 "$HEARTH" verify "$WORK/out"
    [[ "$output" == *"present_money reads"* ]]
}
