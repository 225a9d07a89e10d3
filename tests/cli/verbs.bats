#!/usr/bin/env bats
# Every verb: arguments, exit code, what goes to standard output and what to standard error.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "no verb: usage on standard error, exit 64" {
    run -64 --separate-stderr "$HEARTH"
    [ -z "$output" ]
    [[ "$stderr" == *"hearth run scenario.yaml"* ]]
}

@test "--help and --version go to standard output" {
    run -0 --separate-stderr "$HEARTH" --help
    [[ "$output" == *"verify"* ]] && [ -z "$stderr" ]
    run -0 "$HEARTH" --version
    [[ "$output" == "hearth 0.1.0"* ]]
}

@test "an unknown verb is named, exit 64" {
    run -64 "$HEARTH" plan
    [[ "$output" == *'"plan" is no verb'* ]]
}

@test "each verb has its page" {
    for verb in run check compare explain calc network feeder bill outage study rules verify export solve new why; do
        run -0 "$HEARTH" $verb --help
        [[ "$output" == "# hearth $verb"* ]]
        [[ "$output" == *"Exit codes"* ]]
        run -0 "$HEARTH" $verb nowhere.yaml --json --help
        [[ "$output" == "# hearth $verb"* ]]
    done
}

@test "new writes a scenario that check finds good" {
    run -0 "$HEARTH" new --climate dublin --it-kw 2000 --floor-m2 50000 --length-m 300 -o "$WORK/s.yaml"
    run -0 "$HEARTH" check "$WORK/s.yaml"
    [[ "$output" == *"good"* ]]
    for template in town city_hall hospital school; do
        run -0 "$HEARTH" new --template $template --climate hamburg -o "$WORK/s.yaml"
        run -0 "$HEARTH" check "$WORK/s.yaml"
    done
    sed -i 's/days: 31/days: 2/' "$WORK/s.yaml"
    run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    [[ "$output" == *"can heat"*"of the school"* ]]
    run -64 "$HEARTH" new --template barn
    [[ "$output" == *"city_hall, hospital, school"* ]]
    run -64 "$HEARTH" new --template school --length-m 300
    run -64 "$HEARTH" new --climate atlantis
    run -64 "$HEARTH" new --it-kw -5
}

@test "run writes the folder at once and verify believes it" {
    short seattle 2 > "$WORK/s.yaml"
    run -0 --separate-stderr "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    [[ "$output" == *"Heat delivered"* ]]
    [[ "$stderr" == *"report.html"* ]]
    for file in report.html summary.json accounts.json hourly.csv hourly_apart.csv hourly_today.csv indicators.json transfers.csv transfers_year.csv plan.yaml; do
        [ -s "$WORK/out/$file" ]
    done
    [ -z "$(find "$WORK" -maxdepth 1 -name '*out?*' -o -maxdepth 1 -name '.*out*')" ] # no sibling left behind
    run -0 "$HEARTH" verify "$WORK/out"
    [[ "$output" == *"every number agrees"* ]]
}

@test "plan.yaml plans again to the same objective" {
    short seattle 2 > "$WORK/s.yaml"
    run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/one"
    run -0 "$HEARTH" run "$WORK/one/plan.yaml" -o "$WORK/two"
    cmp "$WORK/one/hourly.csv" "$WORK/two/hourly.csv"
    cmp "$WORK/one/plan.yaml" "$WORK/two/plan.yaml"
}

@test "--json prints the summary" {
    short exmouth 2 > "$WORK/s.yaml"
    run -0 --separate-stderr "$HEARTH" run "$WORK/s.yaml" --json
    [ "$(printf '%s' "$output" | python3 -c 'import json,sys; print(json.load(sys.stdin)["outcome"])')" = optimal ]
}

@test "a scenario comes from standard input" {
    short exmouth 2 | "$HEARTH" check -
}

@test "a bad scenario: exit 65, every mistake with its place, no folder" {
    printf 'hearth: 1\nplace: {climate: seatle}\nelectricty: {}\n' > "$WORK/bad.yaml"
    run -65 --separate-stderr "$HEARTH" run "$WORK/bad.yaml" -o "$WORK/out"
    [ -z "$output" ]
    [[ "$stderr" == *"bad.yaml:2:18"* ]] && [[ "$stderr" == *"did you mean seattle"* ]]
    [[ "$stderr" == *'unknown key "electricty"'* ]]
    [ ! -e "$WORK/out" ]
}

@test "a missing file: exit 66" {
    run -66 "$HEARTH" run "$WORK/none.yaml"
    run -66 "$HEARTH" check "$WORK"
}

@test "a clash: exit 3, what clashes and by how much, summary.json alone" {
    short seattle 2 | sed 's/energy_reuse_factor: 0.03/energy_reuse_factor: 0.99/' > "$WORK/s.yaml"
    run -3 --separate-stderr "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    [[ "$stderr" == *"energy_reuse_factor"* ]] && [[ "$stderr" == *"misses it by"* ]]
    [ "$(ls "$WORK/out")" = summary.json ]
    grep -q '"outcome": "infeasible"' "$WORK/out/summary.json"
}

@test "the solver's limit: exit 5" {
    short seattle 2 > "$WORK/s.yaml"
    run -5 "$HEARTH" run "$WORK/s.yaml" --iterations 3
}

@test "a folder of something else is left alone: exit 73" {
    short exmouth 2 > "$WORK/s.yaml"
    mkdir "$WORK/mine" && touch "$WORK/mine/letter.txt"
    run -73 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/mine"
    [ "$(ls "$WORK/mine")" = letter.txt ]
    run -73 "$HEARTH" run "$WORK/s.yaml" -o /proc/none/out
}

@test "explain prints defaults with their sources" {
    run -0 "$HEARTH" explain heat_pump
    [[ "$output" == *"source:"* ]] && [[ "$output" == *"capacity_kw"* ]]
    run -0 "$HEARTH" explain wiring
    run -64 "$HEARTH" explain heat_pmp
    "$HEARTH" explain heat_pump --json | python3 -c 'import json,sys; json.load(sys.stdin)'
    "$HEARTH" check --schema | python3 -c 'import json,sys; json.load(sys.stdin)'
}

@test "calc evaluates a law" {
    run -0 "$HEARTH" calc air_wet_bulb_c t_c=30 w_kg_kg=0.0133 p_kpa=101.325
    [[ "$output" == "wet_bulb_c "*"21.9"* ]]
    run -0 "$HEARTH" calc sun_at day_of_year=171 hour_h=12 latitude_deg=45 longitude_deg=0 utc_offset_h=0 --json
    python3 -c 'import json,sys; assert 68 < json.loads(sys.argv[1])["elevation_deg"] < 69' "$output"
    run -0 "$HEARTH" calc
    [[ "$output" == *"pipe_friction_ratio reynolds_ratio"* ]] && [[ "$output" == *"  heat_pump"* ]]
}

@test "calc says what a law needs, and where it has no answer" {
    run -64 "$HEARTH" calc air_wet_bulb_c t_c=30
    [[ "$output" == *"needs w_kg_kg"*"0..0.5"* ]]
    run -64 "$HEARTH" calc air_wet_bulb_c t=30
    [[ "$output" == *"has no argument t"*"p_kpa=101.325"* ]]
    run -64 "$HEARTH" calc air_wet_bulb_c t_c=warm
    run -64 "$HEARTH" calc demand_sigmoid_ratio day_c=8
    [[ "$output" == *"needs class"*"multi_family"* ]]
    run -64 "$HEARTH" calc demand_sigmoid_ratio class=castle day_c=8
    [[ "$output" == *"no castle"*"office"* ]]
    run -65 "$HEARTH" calc air_wet_bulb_c t_c=300 w_kg_kg=0.01
    [[ "$output" == *"t_c: 300 is outside -60..90"* ]]
    run -65 "$HEARTH" calc carnot_heating_ratio t_sink_c=40 t_source_c=50
    run -65 "$HEARTH" calc heat_pump quality_frac=0.9
}

@test "every case comes out of calc" {
    cd "$ROOT"
    run -0 python3 tests/cli/cases.py "$HEARTH"
}

@test "calc evaluates a component" {
    run -0 "$HEARTH" calc heat_pump heat_in.supply_c=20 heat_in.return_c=14 heat_out.supply_c=54 heat_out.return_c=40
    [[ "$output" == *"heat_out"* ]]
    run -64 "$HEARTH" calc perpetuum_mobile
}

@test "both solvers plan and solve to the same objective" {
    for solver in clp ipm; do
        run -0 "$HEARTH" run examples/exmouth/scenario.yaml --solver $solver --json
        printf '%s' "$output" | python3 -c 'import json, sys; print(json.load(sys.stdin)["cases"]["together"]["objective_money"])' \
            > "$WORK/$solver.plan"
    done
    run -0 "$HEARTH" export examples/exmouth/scenario.yaml --format replay
    printf '%s\n' "$output" > "$WORK/solver.replay"
    for solver in clp ipm; do
        run -0 "$HEARTH" solve "$WORK/solver.replay" --solver $solver
        [[ "$output" == *'"certificate": true'* ]]
        printf '%s' "$output" | python3 -c 'import json, sys; print(json.load(sys.stdin)["objective"])' > "$WORK/$solver.solve"
    done
    for what in plan solve; do
        python3 -c 'import sys; a, b = (float(open(f).read()) for f in sys.argv[1:]); sys.exit(abs(a - b) > 1e-7 * (1 + abs(a)))' \
            "$WORK/clp.$what" "$WORK/ipm.$what"
    done
}

@test "a solver that does not exist: exit 64" {
    run -64 "$HEARTH" run examples/exmouth/scenario.yaml --solver simplex
    run -64 "$HEARTH" run examples/exmouth/scenario.yaml --threads 65
    [[ "$output" == *"from 0 to 64"* ]]
    run -64 "$HEARTH" run examples/exmouth/scenario.yaml --iterations 1.5
    run -64 "$HEARTH" solve nothing.replay --solver simplex
}

@test "export and solve: the replay has the objective of the first round" {
    short seattle 2 > "$WORK/s.yaml"
    run -0 "$HEARTH" export "$WORK/s.yaml" --format replay -o "$WORK/a.replay"
    run -0 "$HEARTH" solve "$WORK/a.replay"
    [[ "$output" == *'"certificate": true'* ]]
    run -64 "$HEARTH" export "$WORK/s.yaml" --format xml
}

@test "where no point lies well inside all limits the interior point still arrives" {
    cat > "$WORK/s.yaml" << END
hearth: 1
name: how warm
place: {climate: odense, ground_c: 9}
horizon: {from: 2024-01-08, days: 45}
money: {currency: EUR, year: 2024}
fuel: {gas_money_kwh: 0.06}
electricity:
  data_centre: {energy_money_kwh: 0.08}
  town: {energy_money_kwh: 0.1, party: heat_customers}
  heat_plant: {energy_money_kwh: 0.09, party: heat_utility}
data_centre:
  - {name: hall, it_kw: 5000, load: cloud, cooling: direct_to_chip, meter: data_centre,
     supply_c: 30, heat_recovery: {from: coolant_return, max_kw: 5000}}
town:
  - {name: homes, building: dwelling, floor_m2: 80000, emitter: low_temperature, hot_water: network, meter: town, heated_by: gas_boiler}
heat_network: {supply_c: {at -8: 66, at 15: 64}, return_c: 38, length_m: 600, meter: heat_plant, owner: heat_utility}
plant:
  heat_pump: {capacity_kw: choose, owner: heat_utility, meter: heat_plant}
  heat_exchanger: {capacity_kw: choose, owner: heat_utility}
  tank: {capacity_kwh: {choose: {max: 50000}}, owner: heat_utility}
heat_contract: {model: free}
END
    run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" # steps of nothing: once it stalled here
}

@test "typical weeks: figures marked, summary.json alone, nothing to verify" {
    short exmouth 22 > "$WORK/s.yaml"
    run -0 --separate-stderr "$HEARTH" run "$WORK/s.yaml" --typical=2 -o "$WORK/out"
    [[ "$output" == *"Approximate: typical weeks stand for all"* ]]
    [ "$(ls "$WORK/out")" = summary.json ]
    python3 - "$WORK/out/summary.json" << 'END'
import json, sys
approximate = json.load(open(sys.argv[1]))["approximate"]
assert approximate["depth"] == "typical" and len(approximate["weeks"]) == 2, approximate
assert sum(week["days"] for week in approximate["weeks"]) == 22, approximate
END
    run -1 "$HEARTH" verify "$WORK/out"
    [[ "$output" == *"is nothing to verify"* ]]
    run -64 "$HEARTH" run "$WORK/s.yaml" --typical=1
    run -64 "$HEARTH" run "$WORK/s.yaml" --typical=two
    run -0 "$HEARTH" run "$WORK/s.yaml" --typical -o "$WORK/out" # three weeks are no more than four: all is planned
    [ -e "$WORK/out/plan.yaml" ]
}
