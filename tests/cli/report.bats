#!/usr/bin/env bats
# The report and the terminal as a reader meets them: every example, extreme cases, names that mean harm.
# SPDX-License-Identifier: Apache-2.0
load common.bash

page() { python3 "$ROOT/tests/tell/page.py" "$@"; }

plan() { "$HEARTH" run "$1" -o "$WORK/out" > "$WORK/words" 2> "$WORK/progress"; }

# without a section: without key file
without() { awk -v key="$1" '$0 ~ "^"key":" {skip = 1; next} /^[a-z]/ {skip = 0} !skip' "$2"; }

@test "the four examples: page, numbers, tables and files" {
    local count=0
    for example in seattle exmouth odense n_virginia; do
        if [ $((count++ % HEARTH_EVERY)) -ne 0 ]; then continue; fi
        plan "$ROOT/examples/$example/scenario.yaml"
        page "$WORK/out"
    done
}

@test "one day, and what it does not show is said" {
    short seattle 1 > "$WORK/s.yaml"
    plan "$WORK/s.yaml"
    page "$WORK/out"
    grep -q 'a summer and a winter week need a year' "$WORK/out/report.html"
    grep -q 'On this day' "$WORK/out/report.html"
    run -1 grep -q 'winter week the' "$WORK/out/report.html"
}

@test "a month has days for bars and two weeks that are no seasons" {
    plan "$ROOT/examples/exmouth/scenario.yaml"
    grep -q 'days are too few for months' "$WORK/out/report.html"
    grep -q 'the mildest of these, not of a year' "$WORK/out/report.html"
}

@test "a leap year of 8 784 hours: months, seasons, whole maps" {
    sed '/^horizon:/d' "$ROOT/examples/exmouth/scenario.yaml" > "$WORK/s.yaml"
    plan "$WORK/s.yaml"
    page "$WORK/out"
    grep -q 'In a winter week' "$WORK/out/report.html"
    grep -q 'In a summer week' "$WORK/out/report.html"
    grep -q '<th scope="row">February</th>' "$WORK/out/report.html"
    grep -q 'width="366" height="24"' "$WORK/out/report.html"
    grep -q 'MWh/a' "$WORK/out/report.html"
}

@test "quarter-hours: 96 rows a day" {
    short exmouth 3 | sed 's/^money:/step_h: 0.25\nmoney:/' > "$WORK/s.yaml"
    plan "$WORK/s.yaml"
    page "$WORK/out"
    grep -q 'width="3" height="96"' "$WORK/out/report.html"
}

@test "no heat network and no plant; no town; no data centre" {
    short seattle 8 > "$WORK/a.yaml"
    for key in heat_network plant require heat_contract; do without "$key" "$WORK/a.yaml" > "$WORK/b.yaml"; mv "$WORK/b.yaml" "$WORK/a.yaml"; done
    plan "$WORK/a.yaml"
    page "$WORK/out"
    without town "$WORK/a.yaml" > "$WORK/b.yaml"
    plan "$WORK/b.yaml"
    page "$WORK/out"
    grep -q 'Nobody within reach needs heat' "$WORK/out/report.html"
    without data_centre "$WORK/a.yaml" | sed 's/hot_water:/meter: campus, hot_water:/' > "$WORK/b.yaml"
    plan "$WORK/b.yaml"
    page "$WORK/out"
    grep -q 'there is no data centre' "$WORK/out/report.html"
}

@test "a name that means harm is shown, not obeyed" {
    name='<script>alert(1)</script> & "q" '"'"'a'"'"' 中文 Ünïcödé '$(printf 'W%.0s' $(seq 150))
    { printf 'name: |-\n  %s\n' "$name"; short seattle 2 | grep -v '^name:'; } > "$WORK/s.yaml"
    plan "$WORK/s.yaml"
    page "$WORK/out" "$name"
    run -1 grep -q '<script' "$WORK/out/report.html"
}

@test "control characters and signs that turn the text around become a mark" {
    short seattle 2 | sed 's/^name:.*/name: "one\\u202Etwo\\u2066three\\x07four"/' > "$WORK/s.yaml"
    plan "$WORK/s.yaml"
    page "$WORK/out" "one$(printf '\uFFFD')two$(printf '\uFFFD')three$(printf '\uFFFD')four"
}

@test "instance names of 60 characters" {
    long() { printf '%s%s' "$1" "$(printf 'x%.0s' $(seq 60))" | cut -c1-60; }
    short seattle 2 | sed "s/name: carrier_hotel,/name: $(long hotel_),/; s/name: campus,/name: $(long campus_),/; s/  heat_pump: {/  $(long pump_): {kind: heat_pump, /" > "$WORK/s.yaml"
    plan "$WORK/s.yaml"
    page "$WORK/out"
    "$HEARTH" verify "$WORK/out"
    python3 -c 'import sys; sys.exit(any(len(line) > 79 for line in open(sys.argv[1], encoding="utf-8")))' "$WORK/words"
}

@test "the terminal: 78 columns, no colour in a pipe, ten figures" {
    for example in seattle odense n_virginia; do
        short $example 2 > "$WORK/s.yaml"
        plan "$WORK/s.yaml"
        python3 -c 'import sys
lines = open(sys.argv[1], encoding="utf-8", newline="").read().split("\n")
wide = [line for line in lines if len(line) > 78]
sys.exit(f"{wide}" if wide else 0)' "$WORK/words"
        run -1 grep -q $'\e' "$WORK/words"
        run -1 grep -q $'\r' "$WORK/words"
        [ "$(grep -cE '^ {0,11}[^ ].{0,12}  ' "$WORK/words")" -ge 10 ]
    done
}

@test "colour on a terminal, none with NO_COLOR" {
    command -v script > /dev/null || skip "no script(1)"
    short exmouth 2 > "$WORK/s.yaml"
    script -qec "env -u NO_COLOR TERM=xterm '$HEARTH' run '$WORK/s.yaml'" /dev/null < /dev/null | grep -q $'\e\\[1m'
    plain=$(script -qec "env NO_COLOR=1 TERM=xterm '$HEARTH' run '$WORK/s.yaml' 2> /dev/null" /dev/null < /dev/null)
    [[ "$plain" == *"Heat delivered"* ]] && [[ "$plain" != *$'\e'* ]]
}

@test "plain ASCII where the locale is not UTF-8" {
    short odense 2 | sed 's/^name:.*/name: "Größe 中"/' > "$WORK/s.yaml"
    LC_ALL=C "$HEARTH" run "$WORK/s.yaml" > "$WORK/words" 2> /dev/null
    run -1 env LC_ALL=C grep -qP '[^\x00-\x7F]' "$WORK/words"
    grep -q '^ok ' "$WORK/words"
    LC_ALL=C.UTF-8 "$HEARTH" run "$WORK/s.yaml" 2> /dev/null | grep -q '^✓ '
}

@test "progress goes to standard error alone" {
    short seattle 2 > "$WORK/s.yaml"
    plan "$WORK/s.yaml"
    run -1 grep -qi 'round\|iterations' "$WORK/words"
    "$HEARTH" run "$WORK/s.yaml" --json 2> /dev/null | python3 -c 'import json, sys; json.load(sys.stdin)'
}

@test "without a plan there is no report" {
    short seattle 2 | sed 's/energy_reuse_factor: 0.03/energy_reuse_factor: 0.99/' > "$WORK/s.yaml"
    run -3 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    [ "$(ls "$WORK/out")" = summary.json ]
    python3 -c 'import json, sys; json.load(open(sys.argv[1]), parse_constant=lambda w: sys.exit(w))' "$WORK/out/summary.json"
}

@test "docs/first-plan.md: its commands run, and dearer gas does what it says" {
    if [ "$HEARTH_EVERY" -gt 1 ]; then skip "three months of Seattle: by the release"; fi
    cd "$ROOT"
    grep -q "sed 's/gas_money_kwh: 0.04/gas_money_kwh: 0.06/' examples/seattle/scenario.yaml" docs/first-plan.md
    sed 's/gas_money_kwh: 0.04/gas_money_kwh: 0.06/' examples/seattle/scenario.yaml > "$WORK/dear.yaml"
    "$HEARTH" run examples/seattle/scenario.yaml -o "$WORK/one" > /dev/null
    "$HEARTH" run "$WORK/dear.yaml" -o "$WORK/two" > /dev/null
    python3 - "$WORK/one/summary.json" "$WORK/two/summary.json" << 'END'
import json, sys
one, two = (json.load(open(path)) for path in sys.argv[1:])
pump = [r["record"]["together"]["instances"]["heat_pump"]["capacity"] for r in (one, two)]
heat = [r["cases"]["together"]["heat_delivered_kwh_year"] for r in (one, two)]
bill = [r["cases"]["together"]["heat_bill_money_year"] / r["cases"]["apart"]["heat_bill_money_year"] for r in (one, two)]
assert pump[1] > pump[0] and heat[1] > heat[0] and bill[1] < bill[0] < 1, (pump, heat, bill)
END
    sed 's/heat_pump: {capacity_kw: choose,/heat_pump: {capacity_kw: choose, quality_frac: 0.55,/' examples/seattle/scenario.yaml > "$WORK/q.yaml"
    "$HEARTH" check "$WORK/q.yaml"
    "$HEARTH" new --climate seattle --it-kw 2000 -o "$WORK/mine.yaml"
    "$HEARTH" check "$WORK/mine.yaml"
    "$HEARTH" explain climates > /dev/null
}
