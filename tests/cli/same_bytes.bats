#!/usr/bin/env bats
# Same version and input: same bytes, whatever the locale, the time zone or the place it is written to.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "two runs under another locale and time zone give the same bytes" {
    short seattle 7 > "$WORK/s.yaml"
    LC_ALL=C TZ=UTC "$HEARTH" run "$WORK/s.yaml" -o "$WORK/one" > /dev/null
    LOCPATH="$(dirname "$HEARTH")/locale" LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo OMP_NUM_THREADS=7 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/two" > /dev/null
    diff -r "$WORK/one" "$WORK/two"
}

@test "the real weather of the place runs too" {
    need_shared weather/epw/USA_WA_Seattle-Tacoma.epw
    short seattle 7 | sed "s#climate: seattle .*#weather: $SHARED/weather/epw/USA_WA_Seattle-Tacoma.epw#" > "$WORK/s.yaml"
    run -0 "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out"
    run -0 "$HEARTH" verify "$WORK/out"
}
