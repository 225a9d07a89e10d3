# What the bats files share. HEARTH is the program; tests run from the project's root.
bats_require_minimum_version 1.5.0

setup() {
    HEARTH=${HEARTH:-$BATS_TEST_DIRNAME/../../build/release/hearth}
    ROOT=$BATS_TEST_DIRNAME/../..
    SHARED=${HEARTH_SHARED_DATA:-$ROOT/../shared/data}
    WORK=$BATS_TEST_TMPDIR
    # a sanitized build, which is slow, takes each fifth of the longest lists (tools/run_tests.sh)
    export HEARTH_EVERY=${HEARTH_EVERY:-1}
}

# A two-day copy of an example: same_days example days > file
short() {
    sed "s/^horizon:.*/horizon: {from: 2024-01-08, days: $2}/" "$ROOT/examples/$1/scenario.yaml"
}

# Leaves the test out where a file is missing; under HEARTH_REQUIRE_SHARED=1 that is a failure: need file its-name
need() {
    if [ ! -e "$1" ]; then
        if [ "${HEARTH_REQUIRE_SHARED:-}" = 1 ]; then
            echo "$2 not found, and HEARTH_REQUIRE_SHARED=1"
            return 1
        fi
        skip "$2 not found"
    fi
}

need_shared() { need "$SHARED/$1" "reference data $1"; }
