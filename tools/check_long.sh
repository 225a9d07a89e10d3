#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The slow checks, about two hours on two cores; logs in build/check-long. HEARTH_FUZZ_HOUR_S: seconds of fuzzing in
# all (3600); HEARTH_LONG="tsan fuzz": only these steps.
set -u -o pipefail
cd "$(dirname "$0")/.." || exit 1
export HEARTH_REQUIRE_SHARED=1 HEARTH_JOBS=${HEARTH_JOBS:-$(nproc)}
logs=build/check-long
mkdir -p "$logs"
passed=0 failed=0 table=""

step() {
    local name=$1 title=$2 start=$SECONDS result
    shift 2
    case " ${HEARTH_LONG:-$name} " in *" $name "*) ;; *) return ;; esac
    printf '\n== %s\n' "$title"
    if "$@" >"$logs/$name.log" 2>&1; then result=ok passed=$((passed + 1)); else result=FAILED failed=$((failed + 1)); fi
    tail -5 "$logs/$name.log"
    table+=$(printf '%-40s %6d s  %s' "$title" $((SECONDS - start)) "$result")$'\n'
}

# tests of the floors that call no foreign library, which MSan would not see into
memory() {
    cmake --preset msan || return 1
    for floor in base physics optimise; do
        if [ "$floor" = optimise ] && ! grep -q 'optimise' build/msan/build.ninja; then continue; fi
        cmake --build --preset msan -j "$HEARTH_JOBS" --target "tests_$floor" || return 1
    done
    ctest --test-dir build/msan -L '^(base|physics|optimise)$' -LE clp --output-on-failure -j "$HEARTH_JOBS"
}

# each test program but the replays of the fuzzers, which have no cmocka
valgrind_tests() {
    cmake --preset dev && cmake --build --preset dev -j "$HEARTH_JOBS" || return 1
    find build/dev/tests -type f -executable -name 'test_*' | sort |
        xargs -P "$HEARTH_JOBS" -I {} sh -c 'timeout 3000 valgrind -q --error-exitcode=9 --leak-check=full \
            --errors-for-leak-kinds=definite --suppressions=tests/optimise/clp.valgrind {} >{}.valgrind.log 2>&1 || { echo "FAILED {}"; tail -40 {}.valgrind.log; exit 1; }'
}

# the tests that ctest runs only with -C Long
long_tests() {
    cmake --build --preset release -j "$HEARTH_JOBS" || return 1
    ctest --test-dir build/release -C Long -L '^long$' --no-tests=error --output-on-failure
}

analyse() {
    local status=0 file quiet
    while read -r file; do
        quiet=
        # its arrays are taken in a loop that the analyser leaves after one turn
        if [ "$file" = src/tell/outage_plan.c ]; then quiet=-Wno-analyzer-null-dereference; fi
        # shellcheck disable=SC2086
        gcc -std=c17 -D_POSIX_C_SOURCE=200809L -DHEARTH_VERSION='"0"' -O1 -fanalyzer -Werror -Wno-analyzer-malloc-leak $quiet -Isrc -Iinclude \
            -Ibuild/release/generated $(pkg-config --cflags yaml-0.1 jansson clp libpq ompi-c) -c "$file" -o "$logs/analyzer.o" || status=1
    done < <(find src -name '*.c' | sort)
    return $status
}

cpp_check() {
    cppcheck --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 --quiet -j "$HEARTH_JOBS" \
        --suppress=missingIncludeSystem -Isrc -Iinclude -Ibuild/release/generated -D_POSIX_C_SOURCE=200809L src
}

fuzz_hour() {
    local targets each
    cmake --preset fuzz >/dev/null || return 1
    targets=$(wc -l <build/fuzz/fuzzers.txt)
    each=$((${HEARTH_FUZZ_HOUR_S:-3600} * HEARTH_JOBS / targets))
    tools/run_fuzzers.sh "$each"
}

# each example over its whole year, against its golden figures; programme and simulation within 0.5 % of the cost
years() {
    local status=0 example out
    for example in seattle exmouth odense n_virginia boden chelsea frankfurt singapore looped_town mantsala \
        weak_feeder town_reactor hospital_edge; do
        out=out/$example-year
        mkdir -p out
        tools/example_results.py year "$example" >"$out.yaml" &&
            build/release/hearth run "$out.yaml" -o "$out" && build/release/hearth verify "$out" &&
            tools/example_results.py compare "$example" "$out/summary.json" || status=1
    done
    return $status
}

# six stages of whole years in one programme, verified, and with servers refreshed; the issue's budget is 15 s on one core
roadmap() {
    mkdir -p out && rm -rf out/odense-roadmap out/odense-servers
    sed 's/it_kw: 50000/&, refresh: work, servers_capex_money_kw: 8000, servers_keep_year: 10, servers_fom_frac_year: 0.02, servers_late_frac_year: 0.06/' \
        examples/odense/roadmap.yaml >out/odense-servers.yaml
    bash -c 'TIMEFORMAT="roadmap: %U s of processor, %R s by the clock, one core"; time taskset -c 0 \
        build/release/hearth roadmap examples/odense/roadmap.yaml -o out/odense-roadmap' &&
        build/release/hearth verify out/odense-roadmap &&
        bash -c 'TIMEFORMAT="with servers: %U s of processor, %R s by the clock, one core"; time taskset -c 0 \
            build/release/hearth roadmap out/odense-servers.yaml -o out/odense-servers' &&
        build/release/hearth verify out/odense-servers
}

# one design for thirty weather years drawn from Odense's, of whole years, on all cores, without comparing
robust() {
    mkdir -p out
    sed '/^stages:/,$d' examples/odense/roadmap.yaml >out/odense-robust.yaml
    echo 'robust: {weather_years: 30}' >>out/odense-robust.yaml
    bash -c 'TIMEFORMAT="robust: %U s of processor, %R s by the clock"
        time build/release/hearth robust out/odense-robust.yaml -o out/odense-robust'
}

# what less carbon costs in Seattle's year, and what else costs at most 2 % more
choice() {
    mkdir -p out
    sed '/^horizon:/d' examples/seattle/scenario.yaml >out/seattle-year.yaml
    bash -c 'TIMEFORMAT="frontier: %U s of processor, %R s by the clock"
        time build/release/hearth frontier out/seattle-year.yaml -o out/seattle-frontier' &&
        bash -c 'TIMEFORMAT="alternatives: %U s of processor, %R s by the clock"
            time build/release/hearth alternatives out/seattle-year.yaml -o out/seattle-alternatives' &&
        python3 -c 'import json
found = json.load(open("out/seattle-alternatives/alternatives.json"))
print("alternatives:", {key: found[key] for key in ("questions", "solves", "stalls", "unanswered", "gap_ratio")})
assert found["alternatives"] and found["unanswered"] <= 1 and found["gap_ratio"] < 0.01'
}

# the build for clusters, and one of the tests that need it
on_cluster() {
    cmake --preset cluster && cmake --build --preset cluster -j "$HEARTH_JOBS" --target hearth || return 1
    "tests/slow/$1" build/cluster/hearth
}

# the explorer's server: fifty members for five minutes, and shorter under the sanitizers; killed a hundred times; a slow request
server() {
    local status=0 D preset
    D=$(mktemp -d)
    export XDG_CACHE_HOME=$D/cache PYTHONDONTWRITEBYTECODE=1
    sed 's/^horizon:.*/horizon: {from: 2024-01-08, days: 2}/' examples/seattle/scenario.yaml >"$D/two.yaml"
    cmake --preset release && cmake --build --preset release -j "$HEARTH_JOBS" --target hearth || return 1
    python3 tests/slow/serve_load.py build/release/hearth "$D/two.yaml" 300 || status=1
    mkdir "$D/kept"
    python3 tests/cli/serve_records.py build/release/hearth "$D/two.yaml" "$D/kept" 100 || status=1
    python3 tests/cli/serve.py build/release/hearth "$D/two.yaml" docs/explorer/openapi.json slow || status=1
    for preset in asan tsan; do
        cmake --preset "$preset" && cmake --build --preset "$preset" -j "$HEARTH_JOBS" --target hearth || return 1
        HEARTH_SANITIZED=1 python3 tests/slow/serve_load.py "build/$preset/hearth" "$D/two.yaml" 120 || status=1
    done
    rm -rf "$D"
    return $status
}

step clang "release by clang" tools/run_tests.sh clang
step release "gcc release: build and test" tools/run_tests.sh release
step shapes "long tests (1,000 programmes)" long_tests
step page "the explorer's page in chromium" tools/test_web.sh
step server "the explorer's server under load" server
step tsan "threads (TSan)" tools/run_tests.sh tsan -LE house
step msan "uninitialised memory (MSan)" memory
step valgrind "valgrind" valgrind_tests
step analyzer "gcc -fanalyzer" analyse
step cppcheck "cppcheck" cpp_check
step fuzz "fuzzing" fuzz_hour
step years "examples over the whole year" years
step roadmap "a roadmap of whole years" roadmap
step robust "one design for thirty weather years" robust
step choice "a frontier and alternatives of a whole year" choice
step kills "a study killed at twenty moments" tests/slow/kills.py build/release/hearth
step netcdf "results of a study as NetCDF" tests/slow/netcdf.py build/release/hearth
step r "the file for R" Rscript r/test_hearth.R build/release/hearth
step mpi "a study and a robust design under mpirun, ranks killed" on_cluster ranks.py
step postgres "results of a study in a real PostgreSQL" on_cluster postgres.py
step million "a map of a million features" tests/slow/million.sh build/release/hearth
step slurm "a study under a real Slurm" tests/slow/slurm.sh build/release/hearth
step validate "validation pages stand as they are computed" tools/validate.sh --check
printf '\n%s' "$table"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
