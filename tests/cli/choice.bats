#!/usr/bin/env bats
# What else could be chosen: frontiers and near-optimal alternatives from the command line.
# SPDX-License-Identifier: Apache-2.0
load common.bash

scenario() {
    cat >"$WORK/s.yaml" <<'END'
hearth: 1
name: hall in the sun
place: {climate: seattle, ground_c: 11}
money: {currency: USD, year: 2024}
horizon: {from: 2024-06-21, days: 1}
electricity:
  data_centre: {energy_money_kwh: 0.1}
  carbon: {average_kgco2_kwh: 0.4, marginal_kgco2_kwh: 0.4}
data_centre:
  - {name: hall, it_kw: 1000, load: flat, cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1}}
plant:
  near: {kind: pv, capacity_kw: {choose: {max: 100}}, capex_money_kw: 6000, owner: operator}
  far: {kind: pv, capacity_kw: {choose: {max: 50}}, capex_money_kw: 9000, owner: operator}
END
}

@test "a frontier is told and written" {
    scenario
    run -0 "$HEARTH" frontier "$WORK/s.yaml" --points 4 -o "$WORK/out"
    [[ "$output" == *"Cost against carbon emitted: "* ]]
    [[ "$output" == *"The knee is point "* ]]
    [ -s "$WORK/out/report.html" ]
    [ "$(wc -l <"$WORK/out/frontier.csv")" -eq 5 ]
    head -1 "$WORK/out/frontier.csv" | grep -q "capacity.near,capacity.far,simulated_money_year,price_money_kg"
    python3 - "$WORK/out" <<'END'
import csv, json, sys, xml.etree.ElementTree as tree
frontier = json.load(open(sys.argv[1] + "/frontier.json"))
assert frontier["hearth_frontier"] == 1 and frontier["against"] == "carbon_kgco2_year"
values = [point["values"] for point in frontier["points"]]
rows = list(csv.DictReader(open(sys.argv[1] + "/frontier.csv")))
for row, value, before in zip(rows, values, [None] + values):
    assert all(float(row[key]) == value[key] for key in value)
    if before:
        assert value["cost_money_year"] > before["cost_money_year"]
        assert value["carbon_kgco2_year"] < before["carbon_kgco2_year"]
assert all(point["proof"]["certificate_passed"] and point["proof"]["audit_passed"] for point in frontier["points"])
tree.fromstring(open(sys.argv[1] + "/report.html").read().split("\n", 1)[1])
END
    run -0 --separate-stderr "$HEARTH" frontier "$WORK/s.yaml" --against water
    [[ "$output" == *"nothing to trade"* || "$output" == *"Nothing in this plan moves"* ]]
}

@test "alternatives are told and written" {
    scenario
    run -0 "$HEARTH" alternatives "$WORK/s.yaml" --within 0.2% --count 2 -o "$WORK/out"
    [[ "$output" == *"With up to 0.200"* ]]
    [[ "$output" == *"near: none to "*"may be added."* ]]
    [[ "$output" == *"Alternative 1: "* ]]
    python3 - "$WORK/out" <<'END'
import csv, json, sys, xml.etree.ElementTree as tree
found = json.load(open(sys.argv[1] + "/alternatives.json"))
assert found["hearth_alternatives"] == 1 and found["unanswered"] == 0
for plan in found["alternatives"]:
    assert plan["proof"]["certificate_passed"] and plan["proof"]["audit_passed"]
    assert plan["proof"]["objective_money_year"] <= found["budget_money_year"] * (1 + 1e-6)
ranges = {row["measure"]: row for row in csv.DictReader(open(sys.argv[1] + "/ranges.csv"))}
assert float(ranges["capacity.near"]["most"]) == found["ranges"]["capacity.near"]["most"]
assert len(list(csv.DictReader(open(sys.argv[1] + "/alternatives.csv")))) == 1 + len(found["alternatives"])
tree.fromstring(open(sys.argv[1] + "/report.html").read().split("\n", 1)[1])
END
}

@test "alternatives of a month, by the interior point alone, proven" {
    for example in seattle odense; do
        mkdir -p "$WORK/$example"
        run -0 "$HEARTH" alternatives "examples/$example/scenario.yaml" --count 2 -o "$WORK/$example"
        [[ "$output" == *"Each end of a range is proven to "* ]]
        [[ "$output" != *"answered by clp"* ]]
        python3 - "$WORK/$example" <<'END'
import csv, json, sys
found = json.load(open(sys.argv[1] + "/alternatives.json"))
assert found["unanswered"] == 0 and found["gap_ratio"] < 1e-4, found["gap_ratio"]
assert found["solves"] < 10 * found["questions"], found["solves"]
assert len(found["alternatives"]) == 2
for plan in found["alternatives"]:
    assert plan["proof"]["certificate_passed"] and plan["proof"]["audit_passed"]
    assert plan["proof"]["objective_money_year"] <= found["budget_money_year"] * (1 + 1e-6)
for row in csv.DictReader(open(sys.argv[1] + "/ranges.csv")):
    bounds = [float(row[key]) for key in ("least_bound", "least", "cheapest", "most", "bound") if row[key]]
    assert all(a <= b + 1e-6 * max(1, abs(b)) for a, b in zip(bounds, bounds[1:])), row
END
    done
}

@test "what cannot be asked is told" {
    scenario
    run -64 "$HEARTH" frontier "$WORK/s.yaml" --against heat
    [[ "$output" == *"found heat"*"carbon, water or peak"* ]]
    run -64 "$HEARTH" frontier "$WORK/s.yaml" --points 1
    [[ "$output" == *"2 to 60"* ]]
    run -64 "$HEARTH" frontier "$WORK/s.yaml" --points many
    run -64 "$HEARTH" frontier
    run -66 "$HEARTH" frontier "$WORK/none.yaml"
    run -64 "$HEARTH" alternatives "$WORK/s.yaml" --within 2
    [[ "$output" == *"2% or 0.02"* ]]
    run -64 "$HEARTH" alternatives "$WORK/s.yaml" --within much
    run -64 "$HEARTH" alternatives "$WORK/s.yaml" --count 99
    [[ "$output" == *"1 to 12"* ]]
    run -64 "$HEARTH" alternatives "$WORK/s.yaml" "$WORK/s.yaml"
    run -73 "$HEARTH" frontier "$WORK/s.yaml" --points 2 -o /dev/null/x
}
