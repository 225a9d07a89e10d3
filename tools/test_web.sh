#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Tests the explorer's page in Debian's chromium, served by the release program, which `make build` has put it into.
# Without node, npm or chromium it is left out aloud.   usage: tools/test_web.sh
set -eu
cd "$(dirname "$0")/.."
for need in node npm chromium; do
    if ! command -v "$need" >/dev/null 2>&1; then echo "SKIP: the page is not tested, $need is absent"; exit 0; fi
done
make -s build
HEARTH=$(realpath build/release/hearth) node --test --test-reporter=spec web/test/*.test.mjs
