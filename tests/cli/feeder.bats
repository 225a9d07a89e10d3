#!/usr/bin/env bats
# The feeder's verb: published numbers, formats, mistakes with their place.
# SPDX-License-Identifier: Apache-2.0
load common.bash

case33() { "$HEARTH" feeder "$@" "$SHARED/el_feeders/case33bw_bus.csv" "$SHARED/el_feeders/case33bw_line.csv"; }

json() { python3 -c "import json, sys; d = json.load(sys.stdin); print($1)" <<<"$output"; }

@test "solve prints the published power flow" {
    need_shared el_feeders/case33bw_bus.csv
    run -0 --separate-stderr case33 solve
    [[ "$output" == *"losses, kW                         202.677"* ]]
    [[ "$output" == *"lowest voltage, pu                 0.91309"* ]]
    run -0 --separate-stderr case33 solve --json
    [ "$(json "d['lowest_bus']")" = 18 ]
    [ "$(json "len(d['buses'])")" = 33 ]
    [ "$(json "len(d['branches'])")" = 32 ]
    run -0 --separate-stderr case33 solve --csv
    [ "${#lines[@]}" = 34 ]
}

@test "a load without a state: exit 3, the nearest that has one" {
    need_shared el_feeders/case33bw_bus.csv
    run -3 --separate-stderr case33 solve --load 5
    [[ "$output" == *"nearest load"*"0.72"* ]]
    [[ "$stderr" == *"diverges"* ]]
}

@test "host: a map, a bus with its hours and its options" {
    need_shared el_feeders/case33bw_bus.csv
    run -0 --separate-stderr case33 host --lowest-pu 0.9 --csv
    [ "${#lines[@]}" = 33 ]
    printf 'ratio\n1\n0.6\n0.6\n0.5\n' > "$WORK/hours.csv"
    run -0 --separate-stderr case33 host --lowest-pu 0.9 --bus 6 --series "$WORK/hours.csv" --column ratio --add 2000 --json
    [ "$(json "len(d['flexible'])")" = 6 ]
    [ "$(json "len(d['options'])")" = 3 ]
    [ "$(json "d['flexible'][5]['load_kw'] > d['flexible'][0]['load_kw']")" = True ]
}

@test "n1 names what is closed instead" {
    need_shared el_feeders/case33bw_bus.csv
    run -0 --separate-stderr case33 n1
    [[ "$output" == *"17-18         18-33"* ]]
}

@test "mistakes have their place" {
    printf 'bus,vn_kv,p_kw\na,10,0\nb,10,5\nc,10,x\n' > "$WORK/b.csv"
    printf 'from,to,r_ohm,x_ohm\na,b,1,1\nb,d,1,1\n' > "$WORK/l.csv"
    run -65 "$HEARTH" feeder solve "$WORK/b.csv" "$WORK/l.csv"
    [[ "$output" == *"b.csv:4:6: error: p_kw"* ]]
    [[ "$output" == *"l.csv:3:1: error: to: there is no bus d"* ]]
    printf 'bus,vn_kv,p_kw\na,10,0\nb,10,5\nc,10,7\n' > "$WORK/b.csv"
    printf 'from,to,r_ohm,x_ohm,closed\na,b,1,1,yes\nb,c,1,1,no\n' > "$WORK/l.csv"
    run -65 "$HEARTH" feeder solve "$WORK/l.csv" "$WORK/b.csv"
    [[ "$output" == *"b.csv:4:1: error: an island"*"7.0 kW"* ]]
    [[ "$output" == *"close the open branch b-c in line 3"* ]]
    run -64 "$HEARTH" feeder look "$WORK/b.csv"
    run -64 "$HEARTH" feeder solve "$WORK/b.csv" --load much
    run -66 "$HEARTH" feeder solve "$WORK/none.m"
}
