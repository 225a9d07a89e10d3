#!/usr/bin/env bats
# Studies from the command line: tables, the same bytes whatever was interrupted, and words for what is wrong.
# SPDX-License-Identifier: Apache-2.0
load common.bash

study() {
    short seattle 1 >"$WORK/s.yaml"
    cat >"$WORK/study.yaml" <<'YAML'
study: 1
scenario: s.yaml
method: latin_hypercube
samples: 12
axes:
  - {path: heat_network.length_m, uniform: [200, 3000]}
  - {path: fuel.gas_money_kwh, triangular: [0.02, 0.04, 0.09]}
figures: [together.cost_money_year, capacity.heat_pump]
YAML
}

@test "a study leaves its tables and says what it found" {
    study
    run -0 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out"
    [[ "$output" == *"12 plans by latin_hypercube: 12 planned now, 0 kept from before."* ]]
    [[ "$output" == *"capacity.heat_pump: "* ]]
    [ "$(wc -l <"$WORK/out/results.csv")" -eq 13 ]
    head -1 "$WORK/out/results.csv" | grep -q '^row,status,heat_network.length_m,fuel.gas_money_kwh,npv_money,'
    grep -q '^together.cost_money_year,,12,' "$WORK/out/sensitivity.csv"
    # what is told of all draws is the last line of how they converge
    mean=$(grep '^together.cost_money_year' "$WORK/out/sensitivity.csv" | cut -d, -f4)
    [ "$(grep '^together.cost_money_year' "$WORK/out/convergence.csv" | tail -1 | cut -d, -f3,4)" = "12,$mean" ]
    cp "$WORK/out/results.csv" "$WORK/first.csv"
    run -0 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out" --processes 1
    [[ "$output" == *"0 planned now, 12 kept from before."* ]]
    cmp "$WORK/out/results.csv" "$WORK/first.csv"
}

# A limit on the size of files stands for a full disk: SQLite and the tables meet it alike.
@test "a full disk and a lost file of results are told, and nothing that was kept is lost" {
    study
    sed -i 's/samples: 12/samples: 6/' "$WORK/study.yaml"
    "$HEARTH" study "$WORK/study.yaml" -o "$WORK/whole" >/dev/null
    full() { (trap '' XFSZ; ulimit -f "$1"; exec "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out" --processes 2); }
    run -73 full 120
    [[ "$output" == *"study.db: error: cannot keep a result: "*"the same command goes on"* ]]
    [ "$(grep -c 'cannot keep' <<<"$output")" -eq 1 ]
    [ ! -e "$WORK/out/results.csv" ]
    run -0 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out"
    [[ "$output" =~ ([0-9]+)" planned now, "([0-9]+)" kept" ]]
    [ "${BASH_REMATCH[2]}" -ge 1 ]
    cmp "$WORK/out/results.csv" "$WORK/whole/results.csv"
    # the tables do not fit, the results do: none is left in halves, and the old ones stand
    echo old >"$WORK/out/results.csv"
    run -73 full 20
    [ "$(cat "$WORK/out/results.csv")" = old ]
    # the file is taken away while plans are being made
    rm -r "$WORK/out"
    "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out" --processes 1 >"$WORK/words" 2>&1 &
    until [ -s "$WORK/out/study.db-wal" ]; do sleep 0.02; done
    mkdir "$WORK/kept"
    mv "$WORK/out/"study.db* "$WORK/kept"
    code=0
    wait $! || code=$?
    [ "$code" -eq 73 ]
    grep -q 'the file of results was removed or replaced meanwhile' "$WORK/words"
}

@test "killed at any moment it goes on, and the table is the same to the byte" {
    study
    sed -i 's/samples: 12/samples: 8/' "$WORK/study.yaml"
    "$HEARTH" study "$WORK/study.yaml" -o "$WORK/whole" >/dev/null
    for wait in 0.1 0.3 0.5; do
        "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out" --processes 2 >/dev/null 2>&1 &
        sleep "$wait"
        kill -9 $! 2>/dev/null || true
        wait $! 2>/dev/null || true
    done
    # a process of its own is killed: its plan is tried again
    "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out" --processes 2 >/dev/null 2>&1 &
    main=$!
    sleep 0.3
    child=$(cat /proc/[0-9]*/stat 2>/dev/null | awk -v main="$main" '$4 == main { print $1 }' | tail -1)
    if [ -n "$child" ]; then kill -9 "$child" || true; fi
    wait "$main"
    run -0 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out"
    cmp "$WORK/out/results.csv" "$WORK/whole/results.csv"
    cmp "$WORK/out/sensitivity.csv" "$WORK/whole/sensitivity.csv"
}

# The jobs are run as Slurm runs them: an array of parts, each in any order and on any machine, then the gathering.
@test "in parts, by the jobs written for a cluster, a study is the same to the byte" {
    study
    "$HEARTH" study "$WORK/study.yaml" -o "$WORK/whole" >/dev/null
    run -0 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/a folder" --slurm 3
    [[ "$output" == *"12 plans in 3 parts."*"submit.sh"* ]]
    grep -qx '#SBATCH --array=1-3' "$WORK/a folder/parts.slurm"
    bash -n "$WORK/a folder/submit.sh"
    for part in 3 1; do
        SLURM_ARRAY_TASK_ID=$part run -0 bash "$WORK/a folder/parts.slurm"
        [[ "$output" == *"Part $part of 3: 4 of 12 rows, 4 planned now, 0 kept from before."* ]]
    done
    SLURM_ARRAY_TASK_ID=1 run -0 bash "$WORK/a folder/parts.slurm"
    [[ "$output" == *"0 planned now, 4 kept from before."* ]]
    run -0 bash "$WORK/a folder/gather.slurm"
    [[ "$output" == *"12 plans by latin_hypercube: 4 planned now, 8 kept from before."* ]]
    cmp "$WORK/a folder/results.csv" "$WORK/whole/results.csv"
    run -64 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out" --part 4/3
    [[ "$output" == *"part: 4/3 is none"*"part: K/N, as 3/8"* ]]
}

@test "wrong words and files" {
    study
    run -64 "$HEARTH" study "$WORK/study.yaml"
    run -64 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out" --processes none
    run -64 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out" --mpi
    [[ "$output" == *"built without MPI"*"cmake --preset cluster"* ]]
    run -66 "$HEARTH" study "$WORK/none.yaml" -o "$WORK/out"
    sed -i 's/capacity.heat_pump/capacity.heat_pmp/' "$WORK/study.yaml"
    run -65 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out"
    [[ "$output" == *"did you mean capacity.heat_pump?"* ]]
    sed -i 's/heat_network.length_m/heat_network.lenght_m/; s/heat_pmp/heat_pump/' "$WORK/study.yaml"
    run -65 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out"
    [[ "$output" == *'unknown key "lenght_m"'* ]]
    study
    run -73 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/s.yaml/out"
    sed -i 's/uniform: \[200, 3000\]/normal: [900, 600]/' "$WORK/study.yaml"
    run -65 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/bad" # told before anything is planned
    [[ "$output" == *"study.yaml:6:12: error: "*"is outside"*"normal reaches from -"*"narrow it"* ]]
    [ ! -e "$WORK/bad" ]
    # where it has ends, they are held to the range, drawn or not: here only one draw in a hundred would be
    sed -i 's/normal: \[900, 600\]/uniform: [-30, 3000]/' "$WORK/study.yaml"
    run -65 "$HEARTH" study "$WORK/study.yaml" -o "$WORK/bad"
    [[ "$output" == *"length_m: -30 is outside"*"uniform reaches from -30 to 3000"*"narrow it to what may stand there"* ]]
    [ ! -e "$WORK/bad" ]
}

# The worked table of the economy notes, 7.2, as facts of four places; which way a known fact is better need not be said.
@test "options are weighed by every method, and where they disagree is said" {
    short seattle 1 >"$WORK/s.yaml"
    cat >"$WORK/study.yaml" <<'YAML'
study: 1
scenario: s.yaml
axes:
  - name: place
    options:
      - {name: A, set: {heat_network.length_m: 300}, facts: {cost: 10.5, grid_headroom_kw: 40000, heat_sink_kwh_year: 120000000, water_stress_score: 1.2, noise_db: 44}}
      - {name: B, set: {heat_network.length_m: 900}, facts: {cost: 9.2, grid_headroom_kw: 90000, heat_sink_kwh_year: 30000000, water_stress_score: 3.8, noise_db: 38}}
      - {name: C, set: {heat_network.length_m: 600}, facts: {cost: 11, grid_headroom_kw: 60000, heat_sink_kwh_year: 200000000, water_stress_score: 2, noise_db: 52}}
      - {name: D, facts: {cost: 9.8, grid_headroom_kw: 25000, heat_sink_kwh_year: 60000000, water_stress_score: 0.8, noise_db: 41}}
criteria:
  - {fact: cost, better: lower, weight: 0.25}
  - {fact: grid_headroom_kw, weight: 0.25}
  - {fact: heat_sink_kwh_year, weight: 0.20}
  - {fact: water_stress_score, weight: 0.15}
  - {fact: noise_db, weight: 0.15}
comparisons: [[1, 1, 2, 2, 2], [1, 1, 1, 2, 2], [0.5, 1, 1, 1, 2], [0.5, 0.5, 1, 1, 1], [0.5, 0.5, 0.5, 1, 1]]
regret: together.cost_money_year
YAML
    run -0 --separate-stderr "$HEARTH" study "$WORK/study.yaml" -o "$WORK/out"
    text=$(tr -s '\n ' ' ' <<<"$output")
    [[ "$text" == *"The weights of the study choose B (0.650). TOPSIS: C (0.675)."* ]]
    [[ "$text" == *"Compared in pairs (AHP): B (0.663), consistency 0.017."* ]]
    [[ "$text" == *"The methods disagree"* ]]
    [[ "$text" == *"B would lose with a weight of cost below 0.032, now 0.250 (C)"* ]]
    [[ "$text" == *"over 1 futures: A is regretted least, by 0 at most"* ]]
    grep -q '^B,9.2,90000,30000000,3.8,38,0.6' "$WORK/out/criteria.csv"
    [ "$(wc -l <"$WORK/out/robust.csv")" -eq 5 ]
}

@test "the example of three places is weighed for each party, by several methods, with the weights at which the choice turns" {
    run -0 --separate-stderr "$HEARTH" study examples/seattle/siting.yaml -o "$WORK/out" --processes 2
    text=$(tr -s '\n ' ' ' <<<"$output")
    [[ "$text" == *"6 options by 13 criteria"* ]]
    [[ "$text" == *"The weights of the study choose tower, closed (0.667)."* ]]
    [[ "$text" == *"By the weights of residents: yard, open"*"By the weights of operator: tower, closed"* ]]
    [[ "$text" == *"By the weights of electric_utility: valley, closed"* ]]
    [[ "$text" == *"TOPSIS: "*"PROMETHEE II: "*"The methods disagree"* ]]
    # a tower that stands empty, and how much openness is worth the security it takes away
    [[ "$text" == *"would lose with a weight of "*"reused_floor_frac below"*"openness_score above 0.059, now 0.059 (tower, open)"* ]]
    [ "$(wc -l <"$WORK/out/criteria.csv")" -eq 7 ]
}
