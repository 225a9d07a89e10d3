#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes docs/pictures again: the first screens of an example's report, as a browser shows them, and that of the explorer.
# usage: tools/make_picture.sh [scenario] (examples/seattle/scenario.yaml); needs chromium and pngquant
set -eu -o pipefail
cd "$(dirname "$0")/.."
scenario=${1:-examples/seattle/scenario.yaml}
hearth=${HEARTH:-build/release/hearth}
picture=docs/pictures/report.png
wide=1280 high=2110 most_bytes=300000

for tool in chromium pngquant; do
    command -v $tool > /dev/null || { echo "$tool is missing: apt-get install $tool" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$hearth" run "$scenario" -o "$work/out" > /dev/null
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$work/browser" --hide-scrollbars \
    --window-size=$wide,$high --screenshot="$work/report.png" "file://$work/out/report.html" > "$work/log" 2>&1 ||
    { cat "$work/log" >&2; exit 1; }
mkdir -p "$(dirname "$picture")"
(cd web && node test/look.mjs "$work" screen)
for each in "report.png $picture" "screen.png docs/pictures/explorer.png"; do
    read -r from to <<<"$each"
    pngquant --force --strip --speed 1 --output "$to" 256 "$work/$from"
    bytes=$(stat -c %s "$to")
    echo "$to: $bytes bytes"
    [ "$bytes" -le $most_bytes ] || { echo "more than $most_bytes bytes" >&2; exit 1; }
done
