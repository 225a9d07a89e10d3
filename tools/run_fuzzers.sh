#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzz targets of a preset, replays each corpus, then fuzzes each target, HEARTH_JOBS at once. What is found
# lies in build/PRESET/found. usage: tools/run_fuzzers.sh SECONDS_PER_TARGET [PRESET]
#   fuzz: led by edges and by what is compared (default)      asan: led by edges alone, in the build of the tests
set -u -o pipefail
seconds=$1 preset=${2:-fuzz}
export build=build/$preset
jobs=${HEARTH_JOBS:-$(nproc)}
cmake --preset "$preset" >/dev/null && cmake --build --preset "$preset" -j "$jobs" --target hearth_fuzzers | tail -3 || exit 1
mkdir -p "$build/found" "$build/fuzz_logs"

fuzz_one() {
    local program=$1 corpus=$2 seconds=$3 name log
    name=$(basename "$program")
    log=$build/fuzz_logs/$name.log
    mkdir -p "$build/corpus/$name"
    # a limit of time per input, or a hang would look like success
    if "$program" -runs=0 -timeout=5 -rss_limit_mb=2048 "$corpus" >"$log" 2>&1 &&
        "$program" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=20000 -close_fd_mask=1 \
            -artifact_prefix="$build/found/$name-" "$build/corpus/$name" "$corpus" >>"$log" 2>&1; then
        echo "ok $name: $(grep -E '^Done' "$log" | tail -1)"
    else
        echo "FAILED $name: see $log"
        tail -30 "$log"
        return 1
    fi
}
export -f fuzz_one
status=0
awk -v s="$seconds" '{ print $1, $2, s }' "$build/fuzzers.txt" |
    xargs -P "$jobs" -L 1 bash -c 'fuzz_one "$@"' _ | tee "$build/fuzz_summary.log" || status=1
good=$(grep -c '^ok ' "$build/fuzz_summary.log")
bad=$(grep -c '^FAILED ' "$build/fuzz_summary.log")
echo "$good passed, $bad failed"
[ "$status" -eq 0 ] && [ "$bad" -eq 0 ] && [ "$good" -gt 0 ]
