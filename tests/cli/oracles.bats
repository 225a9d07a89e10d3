#!/usr/bin/env bats
# Other solvers agree on the objective of the exported programme (first round, a month of Seattle).
# SPDX-License-Identifier: Apache-2.0
load common.bash

objective() { "$HEARTH" solve "$WORK/s.replay" | sed -n 's/.*"objective": \(.*\),/\1/p'; }
agree() { python3 -c "import sys; a, b = float(sys.argv[1]), float(sys.argv[2]); print(a, b); sys.exit(abs(a - b) > 1e-7 * abs(a))" "$1" "$2"; }

@test "HiGHS agrees on the month" {
    need "$ROOT/tests/oracle/node_modules/highs/package.json" "HiGHS (npm ci --prefix tests/oracle)"
    "$HEARTH" export "$ROOT/examples/seattle/scenario.yaml" --format replay -o "$WORK/s.replay"
    "$HEARTH" export "$ROOT/examples/seattle/scenario.yaml" --format lp -o "$WORK/s.lp"
    run -0 node "$ROOT/tests/oracle/highs_solve.mjs" "$WORK/s.lp"
    agree "$(objective)" "$(printf '%s\n' "$output" | grep -oE -- '-?[0-9.]+(e[+-]?[0-9]+)?' | tail -1)"
}

@test "glpsol agrees on the month" {
    need "$(command -v glpsol)" "glpsol (package glpk-utils)"
    "$HEARTH" export "$ROOT/examples/seattle/scenario.yaml" --format replay -o "$WORK/s.replay"
    "$HEARTH" export "$ROOT/examples/seattle/scenario.yaml" --format mps -o "$WORK/s.mps"
    run -0 timeout 300 glpsol --freemps "$WORK/s.mps" -w "$WORK/s.sol"
    agree "$(objective)" "$(awk '$1 == "s" {print $NF}' "$WORK/s.sol")"
}
