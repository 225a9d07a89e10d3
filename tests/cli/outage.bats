#!/usr/bin/env bats
# The outage verb: the reference's survival, a real load, what is refused.
# SPDX-License-Identifier: Apache-2.0
load common.bash

json() { python3 -c "import json, sys; d = json.load(sys.stdin); print($1)" <<<"$output"; }

@test "the reference's survival: 24 hours, 10 needed of 10, 11, 12" {
    for pair in 10:0.696 11:0.944 12:0.992; do
        run -0 --separate-stderr "$HEARTH" outage flat_kw=1000 generators_count=${pair%:*} generator_kw=100 most_h=24 --json
        [ "$(json "'%.3f' % d['curve'][23][1]")" = "${pair#*:}" ]
    done
    run -0 "$HEARTH" calc outage_units_frac needed_count=10 units_count=11
    [[ "$output" == *"0.94"* ]]
}

@test "a real load with fuel, battery and a firm unit" {
    need_shared heat_demand/doe_crb/Chicago_electric.csv.gz
    python3 "$BATS_TEST_DIRNAME/bill_reference.py" load "$SHARED" "$WORK/load.csv"
    run -0 --separate-stderr "$HEARTH" outage "$WORK/load.csv" column=kw generators_count=2 generator_kw=900 fuel_kwh=200000 \
        battery_kw=500 battery_kwh=1000 firm_kw=100 lost_load_money_kwh=1 --csv
    [ "${#lines[@]}" = 97 ]
    python3 -c "
rows = [[float(x) for x in line.split(',')] for line in '''$output'''.splitlines()[1:]]
assert all(a[1] >= b[1] and a[2] >= b[2] for a, b in zip(rows, rows[1:])), 'survival rises'
assert all(r[1] <= r[2] + 1e-12 for r in rows), 'failures help'
assert rows[0][2] == 1 and rows[-1][2] < 1"
    run -0 --separate-stderr "$HEARTH" outage "$WORK/load.csv" column=kw generators_count=3 generator_kw=900
    [[ "$output" == *"expected hours a year without supply"* ]]
}

@test "a planned folder: the data centre, the town's heat, and both as one island" {
    short seattle 2 | sed "s/^  pv:.*/  pv: {capacity_kw: 3000, owner: operator, meter: data_centre}\n  battery: {capacity_kwh: 8000, power_kw: 4000, owner: operator, meter: data_centre}/" > "$WORK/s.yaml"
    run -0 --separate-stderr "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    "$HEARTH" outage "$WORK/out" generators_count=12 generator_kw=1000 lost_heat_money_kwh=2 --json > "$WORK/told.json"
    python3 - "$WORK" <<'END'
import csv, json, sys
told = json.load(open(f"{sys.argv[1]}/told.json"))
rows = list(csv.DictReader(open(f"{sys.argv[1]}/out/hourly.csv")))
grids = sum(float(r[c]) for r in rows for c in ("grid_data_centre.power_out_kw", "grid_campus.power_out_kw"))
given = sum(float(r["pv.power_out_kw"]) - float(r["battery.store_kw"]) for r in rows)
assert abs(told["island"]["mean_kw"] * len(rows) - grids - given) < 1e-6 * grids, told["island"]["mean_kw"]
assert told["data_centre"]["mean_kw"] < told["island"]["mean_kw"]
assert told["data_centre"]["battery_kwh"] == told["island"]["battery_kwh"] == 8000
heat = told["heat"]
assert abs(heat["lost_money_year"] - 2 * heat["lost_kwh_year"]) < 1e-9 and told["island"]["lost_money_year"] is None
assert heat["firm_kw"] > 0 and heat["mean_h"] > told["island"]["mean_h"] > 0
for site in ("data_centre", "heat", "island"):
    curve = told[site]["curve"]
    assert all(a[1] >= b[1] and a[2] >= b[2] for a, b in zip(curve, curve[1:])), site
END
    run -64 "$HEARTH" outage "$WORK/out" flat_kw=5
    run -66 "$HEARTH" outage "$WORK/nowhere"
}

@test "what is refused" {
    run -64 "$HEARTH" outage
    run -64 "$HEARTH" outage flat_kw=5 generator_count=3
    [[ "$output" == *"did you mean generators_count?"* ]]
    run -64 "$HEARTH" outage flat_kw=5 least_frac=2
    [[ "$output" == *"least_frac: 2 is no number of 0..1"* ]]
    printf 'kw\n1\n' > "$WORK/short.csv"
    run -65 "$HEARTH" outage "$WORK/short.csv" column=kw
    [[ "$output" == *"1 rows are no year"* ]]
}
