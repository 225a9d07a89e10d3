#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Builds a preset and runs its tests: ctest, then the command line by bats. The last line sums up.
# usage: tools/run_tests.sh release [ctest arguments]      HEARTH_JOBS: at once (all cores)
set -u -o pipefail
preset=$1
shift
jobs=${HEARTH_JOBS:-$(nproc)}
build=build/$preset
mkdir -p "$build"

# number of the first match in a file, or 0
count() { local found; found=$(grep -oE "$1" "$2" | tail -1 | grep -oE '[0-9]+' | head -1); echo "${found:-0}"; }

cmake --preset "$preset" >"$build/configure.log" || { cat "$build/configure.log"; exit 1; }
cmake --build --preset "$preset" -j "$jobs" >"$build/build.log" 2>&1 || { tail -60 "$build/build.log"; exit 1; }

# the outside solver of some tests; without npm these are left out, or fail under HEARTH_REQUIRE_SHARED=1
if [ ! -d tests/oracle/node_modules/highs ] && command -v npm >/dev/null 2>&1; then
    npm ci --prefix tests/oracle --no-audit --no-fund >"$build/npm.log" 2>&1 || tail -5 "$build/npm.log"
fi

passed=0 failed=0
ctest --preset "$preset" -j "$jobs" --no-tests=error "$@" 2>&1 | tee "$build/ctest.log"
# "98% tests passed, 1 tests failed out of 50"
bad=$(count '[0-9]+ tests failed out of' "$build/ctest.log")
all=$(count 'tests failed out of [0-9]+' "$build/ctest.log")
if [ "$all" -eq 0 ]; then failed=1; fi
passed=$((passed + all - bad)) failed=$((failed + bad))

if [ ! -x "$build/hearth" ]; then
    echo "FAILED: the program $build/hearth was not built"
    failed=$((failed + 1))
elif compgen -G 'tests/cli/*.bats' >/dev/null; then
    rm -rf "$build/bats" && mkdir -p "$build/bats"
    export HEARTH="$PWD/$build/hearth"
    # the long files first, or one of them would run alone at the end
    # a sanitized program, which is slow, takes eighths of long lists and leaves out the files about other programs
    left_out='^$'
    case $preset in asan | tsan | msan) export HEARTH_EVERY=8 left_out='^(oracles|same_bytes|step|traces)\.bats$' ;; esac
    find tests/cli -name '*.bats' -printf '%f\n' | grep -vE "$left_out" |
        awk '{ print ($0 ~ /^(serve|verify|report|verbs|study|broken|oracles|examples|accounts)\.bats$/ ? 0 : 1), $0 }' | sort | cut -d' ' -f2 |
        xargs -P "$jobs" -I {} sh -c "bats --formatter tap tests/cli/{} >$build/bats/{}.tap 2>&1"
    cat "$build"/bats/*.tap | tee "$build/bats.log"
    good=$(grep -cE '^ok ' "$build/bats.log")
    bad=$(grep -cE '^not ok ' "$build/bats.log")
    planned=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$build/bats.log" | awk '{sum += $1} END {print sum + 0}')
    if [ "$((good + bad))" -ne "$planned" ] || [ "$planned" -eq 0 ]; then bad=$((bad + 1)); fi
    passed=$((passed + good)) failed=$((failed + bad))
fi

skipped=$(grep -hE '^ *SKIP:' "$build/Testing/Temporary/LastTest.log" 2>/dev/null | sort -u)
if [ -n "$skipped" ]; then printf 'Left out:\n%s\n' "$skipped"; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
