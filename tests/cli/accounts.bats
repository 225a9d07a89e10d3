#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The books over the life, from outside: what a spreadsheet would make of transfers.csv.
load common

@test "the first page is for everybody: reading grade at most 8, no word of the trade" {
    cp "$ROOT"/examples/looped_town/network.geojson "$WORK"
    local count=0 example
    for example in "$ROOT"/examples/*/; do
        if [ $((count++ % HEARTH_EVERY)) -ne 0 ]; then continue; fi
        short "$(basename "$example")" 1 > "$WORK/s.yaml"
        run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
        run -0 python3 "$BATS_TEST_DIRNAME/grade.py" "$WORK/out/report.html"
    done
}

@test "every party's present value follows from transfers.csv, of every example" {
    cp "$ROOT"/examples/looped_town/network.geojson "$WORK"
    local count=0 example plain
    for example in "$ROOT"/examples/*/; do
        if [ $((count++ % HEARTH_EVERY)) -ne 0 ]; then continue; fi
        short "$(basename "$example")" 1 > "$WORK/s.yaml"
        run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
        # nothing beside what the optimum weighed: the year's sums over the life are the present values
        plain=plain
        if grep -qE '^(finance|incentives|community|growth):' "$WORK/s.yaml"; then plain=; fi
        run -0 python3 "$BATS_TEST_DIRNAME/rebuild.py" "$WORK/out" $plain
    done
}

@test "loans, taxes, grants and promises are booked, written out and verified" {
    short seattle 1 > "$WORK/s.yaml"
    cat >> "$WORK/s.yaml" <<'YAML'
site: {start_date: 2027-01-01}
community: {households_count: 4000, other_kwh_year: 2e9, grid_invest_money: 8e6, building_money: 5e7,
  building_tax_frac_year: 0.009, equipment_money: 1e8, equipment_tax_frac_year: 0.009, abatement_frac: 0.5,
  abatement_year: 7.5, services_money_year: 200000}
finance:
  - {party: operator, discount_frac: 0.08, tax_frac: 0.21}
  - {party: heat_utility, loan_frac: 0.6, loan_interest_frac: 0.04, loan_year: 20}
incentives:
  - {name: "grant, with a \"comma\"", from: state, to: heat_utility, invest_frac: 0.5, most_money: 500000, source: RCW 43.31.635}
  - {name: gone, from: state, to: heat_utility, money: 1000, ends: 2026-07-04}
commitments:
  - {what: payment on leaving, by: operator, to: heat_utility, if: operator_leaves, money: 2000000, until_year: 15}
stress: {leave_year: 6, power_frac: 0.3}
growth: {power_frac_year: 0.0166, fuel_frac_year: 0.0348, heat_frac_year: 0.02}
third_party:
  - {plant: heat_pump, term_year: 15}
  - {plant: heat_network, by: municipality, savings_frac: 0.2}
households:
  - {class: flats, tenure: rent, homes_count: 3000, heat_kwh_year: 6000, income_money_year: 40000, passed_on_frac: 0.5}
  - {class: houses, homes_count: 500, heat_kwh_year: 14000, income_money_year: 30000}
YAML
    run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    run -0 python3 "$BATS_TEST_DIRNAME/rebuild.py" "$WORK/out"
    run -0 "$HEARTH" verify "$WORK/out"
    grep -q "payment on leaving" "$WORK/out/report.html"
    grep -q "flats (rent), 3" "$WORK/out/report.html"
    grep -q "Prices grow a year, beside inflation: power 1.66" "$WORK/out/report.html"
    grep -q "end before this plan begins" "$WORK/out/report.html"
    grep -q "Heat pump: Third party for Heat utility" "$WORK/out/report.html"
    grep -q "just its rate" "$WORK/out/report.html"
    run -0 "$HEARTH" run "$WORK/out/plan.yaml" -o "$WORK/again"
    cmp "$WORK/out/transfers.csv" "$WORK/again/transfers.csv"
    cmp "$WORK/out/accounts.json" "$WORK/again/accounts.json"
    cmp "$WORK/out/plan.yaml" "$WORK/again/plan.yaml"
}

@test "mistakes of the accounts' sections are told with their place" {
    short exmouth 1 > "$WORK/s.yaml"
    cat >> "$WORK/s.yaml" <<'YAML'
finance: [{party: lenders}]
incentives:
  - {from: state, to: operator, money: 5, money_kwh: 0.1}
  - {from: state, to: operator, money: 5, plant: windmill}
  - {from: state, money: 5, ends: soon}
commitments: [{what: x, by: operator, to: state, money: 3}, {by: operator, to: state, if: rain, money: 3}]
community: {jobs: 3}
households: [{class: flats, tenure: squat, homes_count: 3, heat_kwh_year: 500}, {homes_count: 3}]
growth: {power_frac_year: 3}
third_party: [{plant: windmill}, {plant: heat_exchanger, by: operator}, {plant: heat_exchanger, money_year: 5, money_kwh: 1}, {}]
YAML
    run -65 "$HEARTH" check "$WORK/s.yaml"
    for words in "they do not borrow" "more than one of invest_frac" "nothing in this scenario is called windmill" \
        "to is missing" "is no day" "if is missing" "none of: operator_leaves" "jobs" "none of: own, rent" "heat_kwh_year is missing" \
        "power_frac_year: 3 is outside" "third_party: nothing in this scenario is called windmill" "who owns it uses it already" \
        "more than one of money_year" "third_party: plant is missing"; do
        [[ "$output" == *"$words"* ]] || { echo "no: $words"; false; }
    done
}

@test "explain says how each figure is made, and it is so" {
    short seattle 1 > "$WORK/s.yaml"
    run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    run -0 python3 "$BATS_TEST_DIRNAME/formulas.py" "$HEARTH" "$WORK/out"
    run -0 "$HEARTH" explain "$WORK/out" erf_ratio
    [[ "$output" == *"= reused_kwh_year / data_centre_kwh_year"* ]]
    [[ "$output" == *"carrier_hotel.it_kw: 7500"* ]]
    run -0 "$HEARTH" explain "$WORK/out" boundary_kg_year
    [[ "$output" == *"boundary: data_centre: How far"* ]]
    grep -q 'All of the data centre alone' "$WORK/out/report.html"
    run -0 "$HEARTH" explain "$WORK/out"
    [[ "$output" == *"Heat pump"* ]]
    run -64 "$HEARTH" explain "$WORK/out" beauty
    run -64 "$HEARTH" explain "$WORK/nowhere"
}

@test "why names what would have to change" {
    cat > "$WORK/s.yaml" <<'YAML'
hearth: 1
place: {climate: seattle}
horizon: {from: 2024-01-08, days: 1}
money: {currency: USD}
fuel: {gas_money_kwh: 0.06}
electricity: {data_centre: {energy_money_kwh: 0.08}}
data_centre:
  - {name: hall, it_kw: 100, load: flat, coolant_c: 50, cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1},
     heat_recovery: {from: coolant_return, temperature_c: 46, max_kw: 100}}
town: [{name: bath, kind: pool, water_m2: 300, heated_by: gas_boiler}]
plant: {heat_exchanger: {capacity_kw: choose, owner: operator}}
YAML
    run -0 --separate-stderr "$HEARTH" why "$WORK/s.yaml"
    [[ "$output" == *"at any price of power from a hundredth"* ]]
    [[ "$output" == *"Heat exchanger is built"* ]]
    run -0 --separate-stderr "$HEARTH" why "$WORK/s.yaml" --json
    printf '%s' "$output" | python3 -c 'import json,sys; why=json.load(sys.stdin); assert len(why["lines"]) > 5 and all(l["words"] for l in why["lines"])'
    run -64 "$HEARTH" why
    run -64 "$HEARTH" why --loud "$WORK/s.yaml"
}

@test "the figures of the claim cards are what the laws give" {
    cd "$ROOT"
    run -0 python3 "$BATS_TEST_DIRNAME/claims.py" "$HEARTH"
}

@test "heat thrown away while a boiler ran is what the hours say" {
    short frankfurt 2 > "$WORK/s.yaml"
    run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    run -0 python3 "$BATS_TEST_DIRNAME/thrown.py" "$WORK/out" hall_cooling quarter_heater hall_recovery heat_pump quarter_substation
    # a heat pump that may only be small is what is full
    sed -i 's/heat_pump: {capacity_kw: choose,/heat_pump: {capacity_kw: 3000,/' "$WORK/s.yaml"
    run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/small"
    run -0 python3 "$BATS_TEST_DIRNAME/thrown.py" "$WORK/small" hall_cooling quarter_heater hall_recovery heat_pump quarter_substation
    grep -q "the plant on recovered heat was full" "$WORK/small/report.html"
}
