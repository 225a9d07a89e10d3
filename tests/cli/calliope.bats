#!/usr/bin/env bats
# Several places and links: the urban-scale example of Calliope, to its published optimum.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "Calliope's four nodes: the optimum with one balance per direction, its capacities, verified from the files" {
    need_shared cases/calliope_urban_24h.csv
    need_shared cases/calliope_urban_pv_24h.csv
    python3 "$BATS_TEST_DIRNAME/calliope.py" "$SHARED" "$WORK"
    run -0 --separate-stderr "$HEARTH" run "$WORK/calliope.yaml" -o "$WORK/out"
    run -0 --separate-stderr "$HEARTH" verify "$WORK/out"
    python3 - "$WORK/out/summary.json" <<'END'
import json, sys
record = json.load(open(sys.argv[1]))["record"]["together"]
built = {name: row.get("capacity") for name, row in record["instances"].items()}
# CASES.md 5.1: own calculation with one balance per direction; capacities of the source's optimum, which they share
assert abs(record["objective_money"] / 430.0891887 - 1) < 1e-6, record["objective_money"]
for name, kw in {"chp": 250.090112, "pipe_N1_X2": 182.19260, "grid_X1": 36.9545, "gas_X1": 617.506, "gas_X2": 235.637,
                 "gas_X3": 0.0183529, "pv_X1": 0, "pv_X2": 118.581, "pv_X3": 50, "boiler_X2": 200.292, "boiler_X3": 0.0156,
                 "line_X1_X2": 265.563, "line_X1_X3": 45.778, "pipe_N1_X3": 10.3826}.items():
    assert abs(built[name] - kw) <= 1e-4 * max(1, kw), (name, built[name], kw)
END
}
