#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Writes the generated pages of docs/validation: each program tools/validate/NAME prints docs/validation/NAME.md, with
# $HEARTH (the program under test) and $SHARED (the reference data) in its environment. `tools/validate.sh --check
# [NAME...]` writes nothing and fails where a page differs from what stands there.
set -u -o pipefail
cd "$(dirname "$0")/.." || exit 1
export HEARTH=${HEARTH:-$PWD/build/release/hearth} SHARED=${SHARED:-$PWD/../shared} LC_ALL=C.UTF-8
check=
if [ "${1:-}" = --check ]; then check=yes && shift; fi
status=0
new=$(mktemp) || exit 1
trap 'rm -f "$new"' EXIT
for program in tools/validate/*; do
    [ -x "$program" ] || continue
    name=$(basename "$program")
    name=${name%.*}
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
    page=docs/validation/$name.md
    if ! "$program" >"$new"; then
        echo "tools/validate/$name failed" >&2
        status=1
    elif [ -n "$check" ]; then
        diff -u "$page" "$new" || status=1
    else
        cp "$new" "$page"
        echo "$page"
    fi
done
exit $status
