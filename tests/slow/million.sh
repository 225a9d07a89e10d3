#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A map of a million features: lines that cross without a node are named within 3 GB of memory and ten minutes, one feature
# more is refused by its name, and so are a million points in one place. usage: tests/slow/million.sh build/release/hearth
set -u -o pipefail
HEARTH=$(realpath "$1")
D=$(mktemp -d)
trap 'rm -rf "$D"' EXIT
failed=0

# A grid of streets of 50 m with $2 features in all; the last is the line $3.
map() {
    awk -v features="$2" -v last="$3" 'BEGIN {
        print "{\"type\": \"FeatureCollection\", \"hearth_network\": {\"coordinates\": \"metres\"}, \"features\": ["
        point = "{\"type\":\"Feature\",\"properties\":{\"name\":\"%s\",%s},\"geometry\":{\"type\":\"Point\",\"coordinates\":[%d,%d]}}"
        line = ",\n{\"type\":\"Feature\",\"properties\":{\"name\":\"%s\",\"nominal_mm\":100},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[%s],[%s]]}}"
        printf point, "plant", "\"role\":\"producer\",\"pressure_kpa\":600", 0, 0
        printf ",\n" point, "user", "\"role\":\"consumer\",\"heat_kw\":100", 500, 500
        side = int(sqrt(features / 2)) + 1
        for (n = 3; n < features; n++) {
            k = int((n - 3) / 2); x = 50 * (k % side); y = 50 * int(k / side)
            printf line, "p" n, x "," y, n % 2 ? (x + 50) "," y : x "," (y + 50)
        }
        split(last, way, ";")
        printf line, "last", way[1], way[2]
        print "\n]}"
    }' >"$1"
}

# hearth on a file, by time and memory; $3 and further: what it must say
expect() {
    local title=$1 file=$2 start=$SECONDS out words
    shift 2
    out=$(ulimit -v 3000000 && timeout 600 "$HEARTH" network solve "$file" 2>&1)
    for words in "$@"; do
        if [[ "$out" != *"$words"* ]]; then
            echo "MISS $title: \"$words\" is not in: ${out:0:500}"
            failed=1
            return
        fi
    done
    echo "ok   $title: $((SECONDS - start)) s"
}

map "$D/short.geojson" 1000000 "17500,17500;17600,17550"
expect "a short pipe across a street" "$D/short.geojson" \
    'short.geojson:1000001:1: error: lines "p' '" and "last" cross at (17550.000000, 17525.000000) without a node'
map "$D/long.geojson" 1000000 "25,10;30025,20010"
expect "a trunk across six hundred streets" "$D/long.geojson" '" and "last" cross at (50.000000, '
map "$D/more.geojson" 1000001 "25,10;40,10"
expect "one feature more" "$D/more.geojson" \
    'more.geojson:1000002:1: error: feature 1000001: a network has at most 1000000 features'
awk 'BEGIN {
    print "{\"type\": \"FeatureCollection\", \"hearth_network\": {\"coordinates\": \"metres\"}, \"features\": ["
    for (n = 1; n < 1000000; n++)
        printf "{\"type\":\"Feature\",\"properties\":{\"name\":\"n%d\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[-9.%06d,51.5]}},\n", n, n % 400000
    print "{\"type\":\"Feature\",\"properties\":{\"name\":\"l\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[-9.1,51.5],[-9.2,51.5]]}}]}"
}' >"$D/degrees.geojson"
expect "degrees taken for metres" "$D/degrees.geojson" 'error: node "n'
exit $failed
