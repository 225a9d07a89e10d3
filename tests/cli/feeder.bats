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

@test "headroom: a new load against what is curtailed of it, for any series of loads" {
    python3 -c "
import math
print('kw')
for h in range(8760): print(1000 - 400 * math.cos(h * 2 * math.pi / 24) * math.cos(h * 2 * math.pi / 8760))" > "$WORK/load.csv"
    run -0 --separate-stderr "$HEARTH" feeder headroom "$WORK/load.csv" --column kw --cap 1500 --json
    python3 -c "
import csv, json, sys
told = json.load(sys.stdin)
loads = [float(row['kw']) for row in csv.DictReader(open('$WORK/load.csv'))]
assert told['cap_kw'] == 1500 and len(told['headroom']) == 6
for row in told['headroom']: # another hand: each row's load lacks its share, and in the events it says
    lacks = [min(row['load_kw'], max(0, kw + row['load_kw'] - 1500)) for kw in loads]
    assert abs(sum(lacks) / (row['load_kw'] * 8760) - row['curtail_frac']) < 1e-9, row
    hours = [lack > 1e-9 * row['load_kw'] for lack in lacks]
    assert sum(hours) == row['hours_h'], row
    assert sum(b and not a for a, b in zip([False] + hours, hours)) == row['events_count'], row" <<<"$output"
    run -0 --separate-stderr "$HEARTH" feeder headroom "$WORK/load.csv" --column kw
    [[ "$output" == *"capacity, kW"*"1400"*"half served"* ]]
    run -64 "$HEARTH" feeder headroom "$WORK/load.csv"
    [[ "$output" == *"needs one CSV file of loads and its --column"* ]]
    run -65 "$HEARTH" feeder headroom "$WORK/load.csv" --column mw
    [[ "$output" == *"load.csv:1:1: error"* ]]
}
