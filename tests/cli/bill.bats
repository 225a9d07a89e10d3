#!/usr/bin/env bats
# The bill's verb: every visible tariff to the cent beside another hand, published bills, what is refused.
# SPDX-License-Identifier: Apache-2.0
load common.bash

total() { python3 -c "import json, sys; print('%.2f' % json.load(sys.stdin)['total_money'])" <<<"$output"; }

@test "each visible tariff, a flat and a real load: the same cents by another hand" {
    need_shared tariffs/urdb/VEPCO_GS-3.json
    run -0 python3 "$BATS_TEST_DIRNAME/bill_reference.py" check "$HEARTH" "$SHARED"
    [ "${#lines[@]}" -ge 12 ]
}

@test "the published bills of REopt's scenarios" {
    need_shared reopt/scenarios/no_techs.json
    run -0 --separate-stderr "$HEARTH" bill "$SHARED/reopt/scenarios/no_techs.json" --flat 1.1415525114155252 --json
    [ "$(total)" = 1136.99 ] # 1000.00 of energy and 136.99 of demand
    run -0 --separate-stderr "$HEARTH" bill "$SHARED/reopt/scenarios/coincident_peak.json" --flat 1 --json
    [ "$(total)" = 8775.00 ] # 15.00 of coincident peaks
    run -65 "$HEARTH" bill "$SHARED/reopt/scenarios/lookback_rate.json" --flat 1
    [[ "$output" == *"lookback_rate.json:12:9: error: urdb_label"*"online database"* ]]
}

@test "minimum demand: the reference's contract of 100 MW costs 70,000 a month more" {
    cat > "$WORK/t.json" <<'EOF'
{"ElectricTariff": {"blended_annual_energy_rate": 0.055, "blended_annual_demand_rate": 14}}
EOF
    run -0 --separate-stderr "$HEARTH" bill "$WORK/t.json" --flat 80000 --csv
    local without=${lines[1]}
    run -0 --separate-stderr "$HEARTH" bill "$WORK/t.json" --flat 80000 --contract 100000 --min-share 0.85 --csv
    python3 -c "
a, b = [[float(x) for x in line.split(',')] for line in ('$without', '${lines[1]}')]
assert abs(b[-1] - a[-1] - 70000) < 1e-6, (a, b)"
}

@test "broken tariffs are named at their place" {
    need_shared reopt/urdb_synthetic/tiered_tou_demand.json
    local good=$SHARED/reopt/urdb_synthetic/tiered_tou_demand.json
    broken() { # what to do to the tariff, what must be said
        python3 -c "import json; d = json.load(open('$good')); $1; json.dump(d, open('$WORK/t.json', 'w'), indent=1)"
        run -65 "$HEARTH" bill "$WORK/t.json" --flat 10
        [[ "$output" == *"t.json:"*":"*": error: $2"* ]] || { echo "$output"; return 1; }
    }
    broken "d['energyratestructure'][0].insert(1, {'rate': 1, 'max': 5, 'unit': 'kWh'})" "energyratestructure: tiers out of order"
    broken "del d['energyratestructure'][0][0]['max']" "energyratestructure: a tier without max is not the last"
    broken "d['energyratestructure'][0][0]['unit'] = 'kWh/kW'" 'energyratestructure: tiers in "kWh/kW" are not handled'
    broken "d['energyratestructure'][0][0]['unit'] = 'kWh daily'" 'energyratestructure: tiers in "kWh daily" are not handled'
    broken "d['energyweekdayschedule'][3].pop()" "energyweekdayschedule: month 4 has 23 hours, not 24"
    broken "d['energyweekendschedule'].pop()" "energyweekendschedule: not 12 months"
    broken "d['energyweekdayschedule'][3][5] = 7" "energyweekdayschedule: there is no period 7"
    broken "del d['energyweekdayschedule']" "energyweekdayschedule: missing"
    broken "d['demandrateunit'] = 'hp'" 'demandrateunit: demand in "hp" is not handled'
    broken "d['demandratestructure'][0][0]['rate'] = 'high'" "rate: no number"
    broken "d['fixedchargefirstmeter'] = 3; d['fixedchargeunits'] = '\$/week'" 'fixedchargeunits: "$/week" is not handled'
    broken "d['demandratchetpercentage'] = [0.5] * 12" "demandratchetpercentage: not handled"
    broken "d.clear(); d['name'] = 'empty'" "no tariff: it has no rates"
    run -64 "$HEARTH" bill "$good"
    run -64 "$HEARTH" bill "$good" --flat lots
    printf 'kw\n1\n2\n' > "$WORK/short.csv"
    run -65 "$HEARTH" bill "$good" "$WORK/short.csv" --column kw
    [[ "$output" == *"2 rows where the year 2017 has 8760 hours"* ]]
}

@test "keys of our own bill what JSON bills; a large load's contract is told year by year" {
    cat > "$WORK/t.json" <<'EOF'
{"ElectricTariff": {"blended_annual_energy_rate": 0.055, "blended_annual_demand_rate": 14}}
EOF
    cat > "$WORK/c.yaml" <<'EOF'
tariff: {energy: [{money_kwh: 0.055}], month_demand: [{money_kw_month: 14}]}
large_load: {contract_kw: 100000, threshold_kw: 25000, min_share_d_frac: 0.85, term_year: 12, ramp_year: 4, exit_year: 3, collateral_money_kw: 20}
EOF
    run -0 --separate-stderr "$HEARTH" bill "$WORK/t.json" --flat 80000 --contract 100000 --min-share 0.85 --json
    local by_json=$(total)
    run -0 --separate-stderr "$HEARTH" bill "$WORK/c.yaml" --flat 80000 --json
    [ "$(total)" = "$by_json" ]
    python3 -c "
import json, sys
contract = json.load(sys.stdin)['large_load']
years = contract['years']
assert contract['collateral_money'] == 2e6 and len(years) == 12
assert [y['contract_kw'] for y in years[:5]] == [25e3, 50e3, 75e3, 100e3, 100e3]
assert abs(years[3]['least_demand_money_month'] - 14 * 85e3) < 1e-6
assert abs(years[0]['exit_money'] - 36 * 14 * 85e3) < 1e-6 and abs(years[10]['exit_money'] - 12 * 14 * 85e3) < 1e-6" <<<"$output"
    sed -i 's/threshold_kw: 25000/threshold_kw: 250000/' "$WORK/c.yaml"
    run -0 --separate-stderr "$HEARTH" bill "$WORK/c.yaml" --flat 80000
    [[ "$output" != *"due on leaving"* ]]
    echo 'tarif: {}' > "$WORK/c.yaml"
    run -65 "$HEARTH" bill "$WORK/c.yaml" --flat 80000
    [[ "$output" == *'c.yaml:1:1: error: connection: unknown key "tarif"'*"did you mean tariff?"* ]]
}
