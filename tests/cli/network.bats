#!/usr/bin/env bats
# Networks of pipes from the command line: solved, laid and sized, run, refused.
# SPDX-License-Identifier: Apache-2.0
load common.bash

streets() {
    cat >"$WORK/streets.geojson" <<'JSON'
{"type": "FeatureCollection", "hearth_network": {"coordinates": "metres", "supply_c": 70, "return_c": 40}, "features": [
{"type": "Feature", "properties": {"name": "plant", "role": "producer"}, "geometry": {"type": "Point", "coordinates": [0, -5]}},
{"type": "Feature", "properties": {"name": "school", "role": "consumer", "heat_kw": 400}, "geometry": {"type": "Point", "coordinates": [150, 10]}},
{"type": "Feature", "properties": {"name": "flats", "role": "consumer", "heat_kw": 300, "dwellings_count": 30}, "geometry": {"type": "Point", "coordinates": [90, -10]}},
{"type": "Feature", "properties": {"name": "main street"}, "geometry": {"type": "LineString", "coordinates": [[0, 0], [100, 0], [200, 0]]}},
{"type": "Feature", "properties": {"name": "lane"}, "geometry": {"type": "LineString", "coordinates": [[100, 0], [100, 80]]}}]}
JSON
}

@test "streets become pipes, and what is written can be solved again" {
    streets
    run -0 "$HEARTH" network size "$WORK/streets.geojson" --geojson "$WORK/pipes.geojson" --map "$WORK/map.svg"
    [[ "$output" == *"175  m       trench"* ]]
    "$HEARTH" network solve "$WORK/pipes.geojson" --json >"$WORK/again.json"
    "$HEARTH" network size "$WORK/streets.geojson" --json >"$WORK/first.json"
    python3 - "$WORK" <<'PY'
import json, sys, xml.dom.minidom
work = sys.argv[1]
first, again = (json.load(open(f"{work}/{n}.json")) for n in ("first", "again"))
assert abs(first["produced_kw"] - again["produced_kw"]) < 1e-3 and first["unmet_kw"] == 0
assert abs(first["balance_kw"]) < 1e-3
assert first["worst_user"] == first["design_worst_user"] == "school" and first["head_producer"] == "plant"
assert first["dp_worst_kpa"] >= first["dp_needed_kpa"] - 1e-6 and first["head_design_kpa"] < first["head_needed_kpa"] - 1
assert abs(first["head_kpa"] - again["head_kpa"]) < 1e-3
features = json.load(open(f"{work}/pipes.geojson"))["features"]
assert {f["properties"]["considered"] for f in features if "considered" in f["properties"]} >= {"lane"}
xml.dom.minidom.parse(f"{work}/map.svg")
PY
}

@test "mistakes name the feature and its line" {
    streets
    sed -i 's/"heat_kw": 400/"heat_kw": "much"/' "$WORK/streets.geojson"
    run -65 "$HEARTH" network size "$WORK/streets.geojson"
    [[ "$output" == *'streets.geojson:3:1: error: feature 2 (node "school"): heat_kw is no number'* ]]
    run -66 "$HEARTH" network solve "$WORK/none.geojson"
    run -64 "$HEARTH" network solve
    run -64 "$HEARTH" network lay x
    run -65 "$HEARTH" network solve "$WORK/streets.geojson"
}

@test "every key is listed with its source" {
    "$HEARTH" network keys --json | python3 -c '
import json, sys
tables = json.load(sys.stdin)
assert sorted(tables) == ["link", "network", "node"]
assert all(k["source"] and k["meaning"] for t in tables.values() for k in t)'
    run -0 "$HEARTH" network keys
    [[ "$output" == *'| `nominal_mm` |'* ]]
}
