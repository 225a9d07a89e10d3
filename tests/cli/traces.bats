#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Measured loads of real computers as a hall's profile: a year of a cluster's work, graphics cards with months of gaps,
# four months of a computing centre.
load common.bash

scenario() { # year, what is measured -> $WORK/s.yaml
    cat >"$WORK/s.yaml" <<YAML
hearth: 1
name: traces
place: {climate: seattle, ground_c: 11}
money: {currency: USD, year: $1}
electricity: {data_centre: {energy_money_kwh: 0.08}}
data_centre:
  - {name: hall, it_kw: 1000, occupancy_frac: 1, cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1},
     $2}
YAML
}

it_kwh() { "$HEARTH" run "$WORK/s.yaml" --json | sed -n 's/^ *"it_kwh_year": \([0-9.]*\),*$/\1/p' | head -1; }

close() { awk -v a="$1" -v b="$2" -v t="$3" 'BEGIN { exit !(a - b < t * b && b - a < t * b) }'; }

@test "a year of Google's cluster: power of its work by the SPECpower curve, summed by hand" {
    need_shared it_traces/sustaindc/GoogleClusteData_CPU_Data_Hourly_1.csv
    cp "$SHARED/it_traces/sustaindc/GoogleClusteData_CPU_Data_Hourly_1.csv" "$WORK/google.csv"
    scenario 2023 'measured_is: utilisation, measured_frac: {file: google.csv, column: cpu_load, unit: frac}'
    expected=$(awk -F, 'BEGIN { split(".285 .420 .472 .518 .567 .613 .663 .723 .793 .888 1", p, " ") }
        NR > 1 { at = $2 * 10; k = int(at); if (k > 9) k = 9; sum += p[k + 1] + (at - k) * (p[k + 2] - p[k + 1]) }
        END { printf "%.6f", 1000 * sum }' "$WORK/google.csv")
    close "$(it_kwh)" "$expected" 1e-9
}

@test "graphics cards of Cornell: a third of three years is missing, and it is said" {
    need_shared it_traces/cornell_biohpc_hourly.csv.gz
    gzip -dc "$SHARED/it_traces/cornell_biohpc_hourly.csv.gz" >"$WORK/cornell.csv"
    measured='{file: cornell.csv, column: cbsugpu08_power_w, unit: frac, time: timestamp, per: 360, gaps: GAPS}'
    scenario 2024 "measured_frac: ${measured/GAPS/fill}"
    run --separate-stderr "$HEARTH" check "$WORK/s.yaml"
    [ "$status" -eq 0 ]
    # 2022-08-01 15:00 to 2025-10-31 09:00 are 28,483 hours; 15,277 hold a number
    [[ $output == *"note: measured_frac: 13206 of 28483 rows of "*" are missing"* ]]
    # the mean of what was measured is 147.762 W; the year's is near it, and never above the highest, 354.54 W
    close "$(it_kwh)" "$(awk 'BEGIN { print 147.762 / 360 * 1000 * 8784 }')" 0.25
    scenario 2024 "measured_frac: ${measured/GAPS/refuse}"
    run --separate-stderr "$HEARTH" check "$WORK/s.yaml"
    [ "$status" -eq 65 ]
    [[ $stderr == *"cornell.csv:3:42: error: cbsugpu08_power_w: the cell is empty"* ]]
}

@test "cores of SURF: four months in UTC stand for the year, outside them their week" {
    need_shared it_traces/surf_lisa_2022_4months_cores_hourly.csv
    cp "$SHARED/it_traces/surf_lisa_2022_4months_cores_hourly.csv" "$WORK/surf.csv"
    measured='{file: surf.csv, column: cores, unit: frac, per: 4400, clock: utc, from: 2022-06-30T16:00, gaps: fill}'
    scenario 2022 "measured_frac: $measured"
    run --separate-stderr "$HEARTH" check "$WORK/s.yaml"
    [ "$status" -eq 0 ]
    [[ $output == *"note: measured_frac: 5787 steps lie outside "* ]] # 8760 less 2973 rows
    close "$(it_kwh)" "$(awk 'BEGIN { print 1917.0 / 4400 * 1000 * 8760 }')" 0.01
    scenario 2022 "measured_frac: ${measured/4400/1000}"
    run --separate-stderr "$HEARTH" check "$WORK/s.yaml"
    [ "$status" -eq 65 ]
    [[ $stderr == *"rows are outside 0..1"*"and its highest number that of per"* ]]
}
