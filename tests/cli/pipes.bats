#!/usr/bin/env bats
# Pipes on the map within a plan: the example runs, verifies, leaves files that `hearth network` reads; mistakes have places.
# SPDX-License-Identifier: Apache-2.0
load common.bash

town() { # the example over two days
    sed -e 's/days: 14/days: 2/' -e "s#pipes: #pipes: $ROOT/examples/looped_town/#" \
        "$ROOT/examples/looped_town/scenario.yaml" >"$WORK/town.yaml"
}

@test "the plan drives the pipes, and verify finds every number of theirs" {
    town
    sed -i 's/supply_c:/pipe_choice: {m1: forbidden}, supply_c:/' "$WORK/town.yaml"
    run -0 "$HEARTH" run "$WORK/town.yaml" -o "$WORK/out"
    [[ "$output" == *"% of the cost"* && "$output" == *"the worst consumer is"* ]]
    grep -q "At the design hour" "$WORK/out/report.html"
    run -0 "$HEARTH" verify "$WORK/out"
    run -0 "$HEARTH" network solve "$WORK/out/network.geojson" --json
    python3 - "$WORK/out" <<'PY'
import csv, json, sys, xml.dom.minidom
out = sys.argv[1]
summary = json.load(open(f"{out}/summary.json"))
together = summary["cases"]["together"]
assert abs(together["simulation_gap_frac"]) <= 0.005, together["simulation_gap_frac"]
assert {"network.geojson", "network.svg"} <= set(summary["files"])
assert any(i["role"] == "network" for i in summary["inputs"])
design = summary["pipes_design"]
assert design["dp_worst_kpa"] >= design["dp_needed_kpa"] - 1e-6 and 115 < design["head_needed_kpa"] <= design["head_kpa"] + 1e-6
xml.dom.minidom.parse(f"{out}/network.svg")
features = json.load(open(f"{out}/network.geojson"))["features"]
assert [f["properties"]["reason"] for f in features if f["properties"].get("considered") == "m1"] == ["forbidden"]
beside = {f["properties"]["name"]: f["properties"] for f in features if "layer" in f["properties"]}
assert {b["layer"] for b in beside.values()} == {"power", "water", "road", "fibre"} and beside["feeder_hall"]["capacity_kw"] == 6000
users = [f["properties"] for f in features if f["properties"].get("role") == "consumer"]
assert len(users) == 44 and all(u["solved_year_mean_c"] > 45 for u in users)
rows = list(csv.DictReader(open(f"{out}/hourly.csv")))
taken = sum(float(r["heat_network.town_kw_sim"]) for r in rows)
assert abs(sum(u["solved_year_heat_kwh"] for u in users) - taken) < 1e-6 * taken
lost = sum(f["properties"].get("solved_year_loss_kwh", 0) for f in features)
sent = sum(float(r["heat_network.plant_kw_sim"]) for r in rows)
assert abs(sent - taken - lost) < 1e-3 * lost, (sent, taken, lost)
PY
    for column in loss_planned_kw arrives_planned_c return_planned_c; do
        cp -r "$WORK/out" "$WORK/altered"
        python3 - "$WORK/altered/hourly.csv" "$column" <<'PY'
import sys
path, word = sys.argv[1:]
lines = open(path).read().split("\n")
names = lines[0].split(",")
k = next(n for n, name in enumerate(names) if name.endswith("." + word))
cells = lines[20].split(",")
cells[k] = repr(float(cells[k]) * 1.0001)
lines[20] = ",".join(cells)
open(path, "w").write("\n".join(lines))
PY
        run -1 "$HEARTH" verify "$WORK/altered"
        rm -r "$WORK/altered"
    done
}

@test "who is not found is named at its feature" {
    town
    sed 's/"care_home"/"care_hom"/' "$ROOT/examples/looped_town/network.geojson" >"$WORK/net.geojson"
    sed -i "s#pipes: [^,]*#pipes: net.geojson#" "$WORK/town.yaml"
    run -65 "$HEARTH" check "$WORK/town.yaml"
    [[ "$output" == *"net.geojson:"*"consumer \"care_hom\": there is no town entry \"care_hom\""* ]]
    [[ "$output" == *"did you mean care_home?"* ]]
    [[ "$output" == *"town.yaml:"*"no consumer of "*" stands for care_home"* ]]
}

@test "a length beside pipes, choices without pipes, and a file that is not there" {
    town
    sed "s#pipes: [^,]*#length_m: 5, pipe_choice: {m1: forbidden}#" "$WORK/town.yaml" >"$WORK/bad.yaml"
    run -65 "$HEARTH" check "$WORK/bad.yaml"
    [[ "$output" == *"bad.yaml:"*"pipe_choice: this network has no pipes to choose from"* ]]
    sed "s#pipes: [^,]*#pipes: none.geojson, length_m: 5#" "$WORK/town.yaml" >"$WORK/bad.yaml"
    run -65 "$HEARTH" check "$WORK/bad.yaml"
    [[ "$output" == *"length_m stands beside pipes"* ]]
    sed "s#pipes: [^,]*#pipes: none.geojson#" "$WORK/town.yaml" >"$WORK/bad.yaml"
    run -66 "$HEARTH" check "$WORK/bad.yaml"
    [[ "$output" == *"bad.yaml:"*"none.geojson"* ]]
}

@test "a town's 90/60 network, and 65/35: the same heat with less power" {
    for plan in scenario planned; do
        sed 's/days: 14/days: 2/' "$ROOT/examples/mantsala/$plan.yaml" >"$WORK/$plan.yaml"
        "$HEARTH" run "$WORK/$plan.yaml" -o "$WORK/$plan" >/dev/null
    done
    python3 - "$WORK" <<'PY'
import json, sys
was, new = (json.load(open(f"{sys.argv[1]}/{n}/summary.json"))["cases"]["together"] for n in ("scenario", "planned"))
assert 3.0 < was["heat_pump_cop"] < 4.2 and new["heat_pump_cop"] > 1.3 * was["heat_pump_cop"]
assert new["objective_money"] < was["objective_money"]
PY
}
