#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Builds the explorer's page and tests it in Debian's chromium, over plans of the release program. Without node, npm or
# chromium it is left out aloud.   usage: tools/test_web.sh
set -eu
cd "$(dirname "$0")/.."
for need in node npm chromium; do
    if ! command -v "$need" >/dev/null 2>&1; then echo "SKIP: the page is not tested, $need is absent"; exit 0; fi
done
if [ ! -x "${HEARTH:=build/release/hearth}" ]; then echo "SKIP: the page is not tested, $HEARTH was not built"; exit 0; fi
HEARTH=$(realpath "$HEARTH") make -s web
HEARTH=$(realpath "$HEARTH") node --test --test-reporter=spec web/test/page.test.mjs
