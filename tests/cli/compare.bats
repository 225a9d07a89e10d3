#!/usr/bin/env bats
# Alternatives side by side: each row an exact plan.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "cooling methods: the row as written is the plan of hearth run, to the last digit" {
    short seattle 2 > "$WORK/s.yaml"
    "$HEARTH" compare --cooling all "$WORK/s.yaml" --json > "$WORK/c.json"
    "$HEARTH" run "$WORK/s.yaml" --json > "$WORK/r.json" 2>/dev/null
    python3 - "$WORK" <<'END'
import json, sys
compared, run = (json.load(open(f"{sys.argv[1]}/{name}.json")) for name in "cr")
rows = {row["value"]: row for row in compared["rows"]}
assert "dry_cooler" in rows and "declared_cooling" not in rows, rows.keys()
written = rows["chilled_water_economiser"]
assert written["as_written"] and not rows["dry_cooler"]["as_written"]
for case in ("apart", "together"):
    for key, value in written[case].items():
        assert run["cases"][case][key] == value, (case, key)
dry = rows["dry_cooler"]
assert "coolant's return" in dry["note"] and dry["sound_class"] in ("quiet", "moderate", "loud")
assert dry["together"]["data_centre_water_m3_year"] == 0
assert dry["together"]["it_kwh_year"] == written["together"]["it_kwh_year"]
planned = [row for row in compared["rows"] if "together" in row]
assert compared["best"] == min(planned, key=lambda row: row["together"]["cost_money_year"])["value"]
END
    run -0 --separate-stderr "$HEARTH" compare --cooling dry_cooler,chilled_water_economiser "$WORK/s.yaml"
    [[ "$output" == *"* dry_cooler"* ]]
    [[ "$output" == *"chilled_water_economiser ="* ]]
    python3 -c 'import sys; sys.exit(max(len(line) for line in sys.argv[1].split("\n")) > 78)' "$output"
}

@test "redundancy is paid in losses and capital; a conversion to AI multiplies the load by five" {
    short seattle 2 | sed 's/rack_kw: 8/rack_kw: 8, power_capex_money_kw: 800/' > "$WORK/s.yaml"
    "$HEARTH" compare --redundancy all "$WORK/s.yaml" --csv > "$WORK/c.csv"
    "$HEARTH" compare --it_load_ratio 0.2,1 "$WORK/s.yaml" --csv > "$WORK/a.csv"
    python3 - "$WORK" <<'END'
import csv, sys
rows = {row["redundancy"]: row for row in csv.DictReader(open(f"{sys.argv[1]}/c.csv"))}
assert list(rows) == ["n", "n_plus_1", "2n"], list(rows)
for key in ("apart.data_centre_kwh_year", "apart.power_chain_kwh_year", "apart.cost_money_year"):
    values = [float(row[key]) for row in rows.values()]
    assert values == sorted(values) and values[0] < values[2], (key, values)
assert len({row["apart.it_kwh_year"] for row in rows.values()}) == 1
small, large = csv.DictReader(open(f"{sys.argv[1]}/a.csv"))
for key in ("it_kwh_year", "power_chain_kwh_year"):
    assert abs(float(large["apart." + key]) / float(small["apart." + key]) - 5) < 1e-9, key
assert abs(float(large["apart.heat_removed_kwh_year"]) / float(small["apart.heat_removed_kwh_year"]) - 5) < 1e-9
END
}

@test "a hall fills and is renewed: its work counts beside its cost" {
    short seattle 2 > "$WORK/s.yaml"
    "$HEARTH" compare --operating_year 0,4,5 "$WORK/s.yaml" --json > "$WORK/y.json"
    python3 - "$WORK" <<'END'
import json, sys
compared = json.load(open(f"{sys.argv[1]}/y.json"))
first, full, renewed = (row["together"] for row in compared["rows"])
assert abs(first["it_kwh_year"] / full["it_kwh_year"] - 0.3) < 1e-9 # ramp_start_frac
assert renewed["it_kwh_year"] == full["it_kwh_year"]
assert abs(renewed["service_kwh_year"] / full["service_kwh_year"] - 1.2**5) < 1e-9 # bought in year 5
assert first["cost_money_year"] < renewed["cost_money_year"]
assert compared["best"] == "5" # by the work that is done for the money
END
}

@test "a leaky envelope saves cooling while heat is waste, and costs once it is sold" {
    cat > "$WORK/s.yaml" <<'END'
hearth: 1
name: envelope
place: {climate: helsinki}
horizon: {from: 2024-01-15, days: 5}
money: {currency: EUR, year: 2024}
fuel: {gas_money_kwh: 0.12}
electricity:
  data_centre: {energy_money_kwh: 0.06}
  town: {energy_money_kwh: 0.06}
data_centre:
  - {name: hall, it_kw: 1000, occupancy_frac: 0.8, load: flat, liquid_frac: 1, coolant_c: 45, coolant_dt_dk: 10, hall_air_c: 30,
     cooling: {kind: dry_cooler, capacity_kw: 1200}, heat_recovery: {from: coolant_return, temperature_c: 41, max_kw: 2000}}
town:
  - {name: homes, building: office, floor_m2: 60000, emitter: low_temperature, hot_water: local_electric, heated_by: gas_boiler}
heat_network: {supply_c: 62, return_c: 35, length_m: 200}
plant: {heat_pump: {capacity_kw: choose}}
heat_contract: {model: free}
END
    "$HEARTH" compare --ua_kw_k 0,8 "$WORK/s.yaml" --json > "$WORK/u.json"
    python3 - "$WORK" <<'END'
import json, sys
tight, leaky = json.load(open(f"{sys.argv[1]}/u.json"))["rows"]
assert leaky["apart"]["cooling_kwh_year"] < 0.75 * tight["apart"]["cooling_kwh_year"]
assert leaky["apart"]["cost_money_year"] < tight["apart"]["cost_money_year"]
assert leaky["together"]["reused_kwh_year"] < 0.75 * tight["together"]["reused_kwh_year"]
assert leaky["together"]["cost_money_year"] > 1.1 * tight["together"]["cost_money_year"]
END
}

@test "what cannot be compared is said; a row without a plan says why" {
    short seattle 2 > "$WORK/s.yaml"
    run -64 --separate-stderr "$HEARTH" compare --cooling dry_coolr "$WORK/s.yaml"
    [[ "$stderr" == *"dry_coolr does not cool a data hall"*"did you mean dry_cooler?"* ]]
    run -64 --separate-stderr "$HEARTH" compare --colour all "$WORK/s.yaml"
    [[ "$stderr" == *"a data centre has no key colour"* ]]
    run -64 --separate-stderr "$HEARTH" compare --it_kw all "$WORK/s.yaml"
    [[ "$stderr" == *"it_kw: all names nothing to compare"* ]]
    run -64 --separate-stderr "$HEARTH" compare "$WORK/s.yaml"
    run -66 --separate-stderr "$HEARTH" compare --cooling all "$WORK/none.yaml"
    run -0 --separate-stderr "$HEARTH" compare --occupancy_frac 0.5,1.5 "$WORK/s.yaml"
    [[ "$output" == *"no plan: occupancy_frac: 1.5 is"* ]]
}
