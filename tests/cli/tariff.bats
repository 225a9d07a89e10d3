#!/usr/bin/env bats
# Tariffs in a plan: run, verify and bill say the same; files are named at their place.
# SPDX-License-Identifier: Apache-2.0
load common.bash

# Seattle with a rate for the hall and keys of our own for the campus: tariffs days
tariffs() {
    short seattle "$1" | sed "s|^  data_centre: {energy.*|  data_centre: {urdb: $SHARED/tariffs/urdb/SCE_TOU-8_D.json, limit_kw: 14000, \
large_load: {contract_kw: 12000, min_share_d_frac: 0.9, term_year: 2, ramp_year: 1, exit_year: 1, collateral_money_kw: 10}}|
s|^  campus: {energy.*|  campus: {tariff: {least_money_month: 9000, energy: [{money_kwh: [0.2, 0.1], up_to_kwh: 30000}, {money_kwh: 0.3, hours: [17, 21]}], \
month_demand: [{money_kw_month: 9}]}}|"
}

@test "run, verify and the bills in every file; the true bill is the programme's, or lies above its bound" {
    need_shared tariffs/urdb/SCE_TOU-8_D.json
    tariffs 2 > "$WORK/s.yaml"
    run -0 --separate-stderr "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    [[ "$output" == *"bill of data_centre (Time-Of-Use"*"agree to"*"bill of campus (own tariff)"* ]]
    [[ "$stderr" == *"SCE_TOU-8_D.json:"*"demandreactivepowercharge is not in the bill"* ]]
    run -0 --separate-stderr "$HEARTH" verify "$WORK/out"
    python3 - "$WORK/out" <<'END'
import csv, json, sys
folder = sys.argv[1]
summary = json.load(open(f"{folder}/summary.json"))
hall, campus = summary["bills"]
assert (hall["meter"], campus["meter"]) == ("data_centre", "campus")
for bill in (hall[c] for c in ("apart", "together")):
    assert abs(bill["total_money"] - bill["lower_bound_money"]) < 0.005, bill
    assert bill["shortfall_money"] > 0, bill
    parts = sum(bill[k] for k in ("coincident_money", "demand_money", "energy_money", "fixed_money", "month_peak_money", "shortfall_money", "top_up_money"))
    assert abs(parts - bill["export_money"] - bill["total_money"]) < 1e-6, bill
assert campus["together"]["lower_bound_money"] <= campus["together"]["total_money"]
assert [y["exit_money"] for y in hall["large_load"]["years"]][1] == 0 and hall["large_load"]["collateral_money"] == 120000
year = summary["year_frac"]
rows = [r for r in csv.DictReader(open(f"{folder}/transfers.csv")) if r["case"] == "together"]
paid = {r["kind"]: float(r["money"]) * year for r in rows if r["instance"] == "grid_data_centre" and r["payee"] == "electric_utility"}
assert abs(sum(paid.values()) - hall["together"]["total_money"]) < 0.005, paid
assert abs(paid["electricity_minimum"] - hall["together"]["shortfall_money"]) < 0.005, paid
assert 'id="bills"' in open(f"{folder}/report.html").read()
END
    # plan.yaml stands for itself: the same plan, whatever becomes of the rate
    run -0 --separate-stderr "$HEARTH" run "$WORK/out/plan.yaml" -o "$WORK/again"
    python3 -c "
import json
one, two = [json.load(open(f'$WORK/{d}/summary.json')) for d in ('out', 'again')]
assert one['bills'] == two['bills']"
    # another number in the bill, or in the tariff, is noticed
    sed -i 's/"shortfall_money": \([0-9]\)/"shortfall_money": 1\1/' "$WORK/out/summary.json"
    run -1 "$HEARTH" verify "$WORK/out"
    sed -i 's/money_kwh: \[0.2,0.1\]/money_kwh: [0.2001,0.1]/; s/money_kwh: \[0.2, 0.1\]/money_kwh: [0.2001, 0.1]/' "$WORK/again/plan.yaml"
    run -1 "$HEARTH" verify "$WORK/again"
}

@test "a connection's transformer warms and ages as the difference equations of IEC 60076-7 say" {
    short seattle 2 | sed "s|limit_kw: 14000}|limit_kw: 14000, transformer: {rating_kva: 9000, cooling: onaf, paper: normal}}|" > "$WORK/s.yaml"
    run -0 --separate-stderr "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    [[ "$output" == *"transformer of data_centre: up to 10"*"of its rating"* ]]
    run -0 --separate-stderr "$HEARTH" verify "$WORK/out"
    python3 - "$WORK/out" <<'END'
import csv, json, math, sys
rows = list(csv.DictReader(open(f"{sys.argv[1]}/hourly.csv")))
told = json.load(open(f"{sys.argv[1]}/summary.json"))["transformers"][0]
k = [float(r["grid_data_centre.power_out_kw"]) / 0.98 / 9000 for r in rows for _ in range(4)]
air = [float(r["weather.outdoor_c"]) for r in rows for _ in range(4)]
end_oil = lambda n: air[n] + 60 * ((1 + 6 * k[n] ** 2) / 7) ** 0.8
end_dk = lambda n: 1.3 * 17 * k[n] ** 1.3
oil, one, two, aged, hottest = end_oil(0), 2 * end_dk(0), end_dk(0), 0.0, 0.0
for n in range(len(k)):
    oil += (end_oil(n) - oil) * (1 - math.exp(-15 / (0.5 * 150)))
    one = 2 * end_dk(n) + (one - 2 * end_dk(n)) * math.exp(-15 / (2 * 7))
    two = end_dk(n) + (two - end_dk(n)) * math.exp(-15 * 2 / 150)
    hot = oil + one - two
    hottest, aged = max(hottest, hot), aged + 2 ** ((hot - 98) / 6) / len(k)
mine = told["together"]
assert abs(mine["hot_spot_highest_c"] - hottest) < 1e-6, (mine, hottest)
assert abs(mine["ageing_ratio"] - aged) < 1e-6 * aged, (mine, aged)
assert mine["beyond_h"] == 0 and told["cyclic_kw"] is None and told["continuous_kw"] > 8820
END
}

@test "a falling price: the tier is searched, the proof told, the ranges recorded and held by verify" {
    cat > "$WORK/s.yaml" <<'END'
hearth: 1
name: falling
place: {climate: seattle, ground_c: 11}
money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}
horizon: {from: 2024-01-09, days: 1}
electricity:
  data_centre: {tariff: {energy: [{money_kwh: 0.12}, {money_kwh: [0.2, 0.05], up_to_kwh: 404462, hours: [0, 12]}]}}
data_centre:
  - {name: hall, it_kw: 1000, load: flat, cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0}}
plant: {battery: {capacity_kwh: 1000, power_kw: 100, round_trip_eff: 0.81, standing_frac_h: 0, vom_money_kwh: 0, capex_money_kwh: 0, owner: operator}}
END
    run -0 --separate-stderr "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    [[ "$output" == *"a price falls from"*"programmes over its ranges"* ]]
    run -0 --separate-stderr "$HEARTH" verify "$WORK/out"
    python3 - "$WORK/out/summary.json" <<'END'
import json, sys
summary = json.load(open(sys.argv[1]))
search, held = summary["bills"][0]["together"]["search"], summary["record"]["together"]["held"]
assert search["gap_frac"] <= 1e-4 and search["nodes_count"] > 1 and search["held_count"] == len(held) == 1, search
assert held[0]["from"] is None and abs(held[0]["to"] - 404462 / 31) < 1e-9 and held[0]["charge"] == "energy", held
END
    # a range that another plan was made with is noticed
    sed -i 's/"to": 13047[.0-9]*/"to": 12000/' "$WORK/out/summary.json"
    run -1 "$HEARTH" verify "$WORK/out"
}
