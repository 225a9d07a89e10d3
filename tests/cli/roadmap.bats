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

@test "servers are bought, kept and told; their numbers are verified" {
    short seattle 1 | sed 's/\bit_kw: [0-9]*/&, refresh: work, servers_capex_money_kw: 9000, servers_keep_year: 14/' >"$WORK/s.yaml"
    echo 'stages: {years: [2026, 2033], until_year: 2040}' >>"$WORK/s.yaml"
    run -0 "$HEARTH" roadmap "$WORK/s.yaml" -o "$WORK/out"
    [[ "$output" == *"servers of "*" kW"*"A kWh of new ones does 3.58 times the work"* ]]
    [[ "$output" == *"the data centre's work becomes 1.00 times, its carbon "*"decoupled"* ]]
    grep -q 'kW by the year of purchase' "$WORK/out/report.html"
    run -0 "$HEARTH" verify "$WORK/out"
    cp "$WORK/out/roadmap.json" "$WORK/whole.json"
    for wrong in stands_kw served_kw made_kg it_kw; do
        sed "s/\"$wrong\": \(\[*\)\([0-9]\)/\"$wrong\": \13\2/" "$WORK/whole.json" >"$WORK/out/roadmap.json"
        run -1 "$HEARTH" verify "$WORK/out"
    done
    # how much IT stands in a stage is not a year's to choose
    run -65 "$HEARTH" run "$WORK/out/2033/plan.yaml" -o "$WORK/year"
    [[ "$output" == *"how much IT stands was decided by a roadmap"* ]]
    sed -i 's/servers_keep_year: 14/servers_from_year: 2030/' "$WORK/s.yaml"
    run -65 "$HEARTH" roadmap "$WORK/s.yaml"
    [[ "$output" == *"stands before the first stage"* ]]
    sed -i 's/servers_from_year: 2030/servers_keep_year: 3/; s/servers_capex_money_kw: 9000, //' "$WORK/s.yaml"
    run -65 "$HEARTH" check "$WORK/s.yaml"
    [[ "$output" == *"servers_capex_money_kw is missing"*"go before they are paid"* ]]
    sed -i 's/\bit_kw: [0-9]*/it_kw: {choose: {max: 5000}}/; s/refresh: work, servers_keep_year: 3/refresh: none/' "$WORK/s.yaml"
    run -65 "$HEARTH" check "$WORK/s.yaml"
    [[ "$output" == *"how much IT there is can not be chosen"* ]]
}
