#!/usr/bin/env bats
# The examples as they stand: they run, verify, and give the golden figures (examples.golden).
# SPDX-License-Identifier: Apache-2.0
load common.bash

example() {
    if [ "$HEARTH_EVERY" -gt 1 ]; then # a sanitized program plans three days of each
        cp "$ROOT"/examples/looped_town/network.geojson "$WORK"
        short "$1" 3 > "$WORK/s.yaml"
        "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
        "$HEARTH" verify "$WORK/out"
        return
    fi
    "$HEARTH" run "$ROOT/examples/$1/scenario.yaml" -o "$WORK/out" > /dev/null
    "$HEARTH" verify "$WORK/out"
    python3 "$BATS_TEST_DIRNAME/golden.py" "$BATS_TEST_DIRNAME/examples.golden" "$1" "$WORK/out/summary.json"
}

@test "seattle" { example seattle; }
@test "exmouth" { example exmouth; }
@test "odense" { example odense; }
@test "n_virginia" { example n_virginia; }
@test "frankfurt" { example frankfurt; }
@test "weak_feeder" { example weak_feeder; }
@test "hospital_edge" { example hospital_edge; }
@test "town_reactor" { example town_reactor; }
@test "boden" { example boden; }
@test "chelsea" { example chelsea; }
@test "looped_town" { example looped_town; }
@test "mantsala" { example mantsala; }
@test "singapore" { example singapore; }

# What such a tank always loses (13 kW of 300 MWh) once said how large its flows are, and nothing was planned.
@test "a tank of a fixed size over typical weeks of the year" {
    for fixed in "odense 500000 300000" "seattle 200000 40000" "frankfurt 200000 150000"; do
        read -r example most size <<< "$fixed"
        sed "/^horizon:/d; s/capacity_kwh: {choose: {max: $most}}/capacity_kwh: $size/" \
            "$ROOT/examples/$example/scenario.yaml" > "$WORK/$example.yaml"
        grep -q "tank: {capacity_kwh: $size" "$WORK/$example.yaml"
        "$HEARTH" run "$WORK/$example.yaml" --typical --json > "$WORK/$example.json"
        jq -e '.cases.together | .audit_passed and .heat_delivered_kwh_year > 0' "$WORK/$example.json"
    done
}
