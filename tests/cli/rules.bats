#!/usr/bin/env bats
# Rules held against a plan, and the draft of a standard from one.
# SPDX-License-Identifier: Apache-2.0
load common.bash

flat() { echo "$output" | tr -s ' \n' ' '; } # without the line breaks

@test "a sheet in words, and as JSON" {
    short seattle 1 >"$WORK/s.yaml"
    run -1 "$HEARTH" rules "$WORK/s.yaml" --packs de,eu
    [[ "$output" == *"Information, not legal advice"* ]]
    [[ "$output" == *"Renewable electricity: 0; at least 0.5 from 2024"* ]]
    [[ "$output" == *"needs site: start_date"* ]]
    [[ "$output" == *"site: met: [eu-eed-12]"* ]]
    "$HEARTH" rules "$WORK/s.yaml" --packs de,eu --json >"$WORK/rules.json" || [ $? -eq 1 ]
    python3 - "$WORK/rules.json" <<'PY'
import json, sys
rules = {r["id"]: r for r in json.load(open(sys.argv[1]))}
assert len(rules) == 15
assert rules["de-re"]["sign"] == "fail" and rules["de-re"]["limit"] == 0.5
assert rules["de-erf-2027"]["sign"] == "unknown" and rules["de-erf-2027"]["missing"] == "site: start_date"
assert all(r["source"] and r["status"] and r["confidence"] for r in rules.values())
PY
}

@test "what the site says decides which rules apply" {
    { short seattle 1; echo 'site: {start_date: 2027-09-01, met: [de-enefg-scope]}'; } >"$WORK/s.yaml"
    run -1 "$HEARTH" rules "$WORK/s.yaml" --packs de
    [[ "$(flat)" == *"Report the waste heat: met, as the scenario says"* ]]
    [[ "$(flat)" == *"from July 2026 on: 1.2"*"at most 1.2 from 2029"* ]]
    [[ "$(flat)" == *"Not applicable: de-pue-exist (does not apply), de-erf-2026"* ]]
}

@test "a plan meets the standard that is drafted from it" {
    short seattle 1 >"$WORK/s.yaml"
    run -0 "$HEARTH" rules "$WORK/s.yaml" --standard "$WORK/town.yaml"
    sed 's/^rules:.*/rules: [town.yaml]/' "$WORK/s.yaml" >"$WORK/t.yaml"
    run -0 "$HEARTH" rules "$WORK/t.yaml" --json
    [[ "$output" == *'"pack": "draft_standard"'* ]]
    [[ "$output" != *'"sign": "fail"'* && "$output" != *'"sign": "unknown"'* ]]
    # and not one that asks a little more
    sed -i 's/status: proposed/status: in_force/; s/value: 1\.[0-9]*/value: 1.01/' "$WORK/town.yaml"
    run -1 "$HEARTH" rules "$WORK/t.yaml"
}

@test "the report holds the packs, and verify believes it" {
    { short seattle 1 | sed 's/^rules:.*/rules: [eu, us-wa]/'; echo 'site: {start_date: 2026-09-01, floor_m2: 9000}'; } >"$WORK/s.yaml"
    run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    [[ "$(flat)" == *"other rules: "*'`hearth rules` says them all'* ]]
    grep -q "Information, not legal advice" "$WORK/out/report.html"
    run -0 "$HEARTH" verify "$WORK/out"
}

@test "explain lists packs, and says one" {
    run -0 "$HEARTH" explain rules
    [[ "$output" == *"cndcp"*"us-wa"*"pue_ratio"* ]]
    run -0 "$HEARTH" explain us-wa
    [[ "$output" == *"Industrial Symbiosis Grant"*"RCW 43.31.635"* ]]
}

@test "wrong words: usage" {
    run -64 "$HEARTH" rules
    run -64 "$HEARTH" rules a.yaml b.yaml
    run -64 "$HEARTH" rules a.yaml --pack de
    short seattle 1 >"$WORK/s.yaml"
    run -64 "$HEARTH" rules "$WORK/s.yaml" --packs de,bavaria
    [[ "$output" == *"no such rule pack"* ]]
    run -66 "$HEARTH" rules "$WORK/none.yaml"
}
