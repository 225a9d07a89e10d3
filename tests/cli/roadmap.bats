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
