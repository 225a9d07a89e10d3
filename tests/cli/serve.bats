#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# hearth serve, asked by tests/cli/serve.py
load common

# the base is planned by the first of these tests alone
two_days() {
    export XDG_CACHE_HOME=$BATS_FILE_TMPDIR
    short seattle 2 >"$WORK/two.yaml"
}

ask() {
    two_days
    run timeout 240 python3 "$ROOT/tests/cli/serve.py" "$HEARTH" "$WORK/two.yaml" "$ROOT/docs/explorer/openapi.json" "$1"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "serve: each path answers as the OpenAPI file says" { ask answers; }
@test "serve: plans, hours, downloads; the newest wins; a closed tab gives up" { ask plans; }
@test "serve: wrong hosts, origins, paths, bodies and requests are refused" { ask refusals; }
@test "serve: ten thousand requests" { ask many; }

@test "serve: what was confirmed is kept, killed as it may be; other files are refused" {
    two_days
    mkdir "$WORK/kept"
    run timeout 240 python3 "$ROOT/tests/cli/serve_records.py" "$HEARTH" "$WORK/two.yaml" "$WORK/kept"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "serve: a class joins, proposes, agrees" {
    two_days
    # in a network of its own, which has a private address, where the system gives one
    local own=(unshare -rn sh -c 'ip link set lo up && ip addr add 10.9.8.7/32 dev lo && exec "$@"' sh)
    if ! "${own[@]}" true 2>/dev/null; then own=(); fi
    run timeout 240 "${own[@]}" python3 "$ROOT/tests/cli/serve_class.py" "$HEARTH" "$WORK/two.yaml"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "serve: without a file a starter is served; mistakes are told before anything is" {
    export XDG_DATA_HOME=$WORK XDG_CACHE_HOME=$WORK
    run timeout --preserve-status -s TERM 2 "$HEARTH" serve --no-browser
    [ "$status" -eq 0 ]
    [[ "$output" == *"http://127.0.0.1:"*"/#token="* ]]
    [ -f "$WORK/hearth/serve/starter.sqlite" ]
    for wrong in 8.8.8.8 0.0.0.0 127.0.0.1:x 192.168.1.256 192.168.1.2:70000; do
        run "$HEARTH" serve --classroom $wrong
        [ "$status" -eq 64 ]
    done
    run env -u XDG_DATA_HOME -u HOME "$HEARTH" serve
    [ "$status" -eq 73 ]
    [[ "$output" == *"--no-store"* ]]
    run "$HEARTH" serve one.yaml two.yaml
    [ "$status" -eq 64 ]
    run "$HEARTH" serve "$WORK/none.yaml"
    [ "$status" -eq 66 ]
    echo "hearth: 1" >"$WORK/bad.yaml"
    run "$HEARTH" serve "$WORK/bad.yaml"
    [ "$status" -eq 65 ]
    run "$HEARTH" serve --port 70000 "$WORK/bad.yaml"
    [ "$status" -eq 64 ]
}
