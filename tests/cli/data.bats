#!/usr/bin/env bats
# A community's data needs in words: claims as ranges, and nothing proposed before all are confirmed.
# SPDX-License-Identifier: Apache-2.0
load common.bash

@test "claims stay claims until each user confirms its own" {
    cat >"$WORK/needs.yaml" <<'YAML'
data_needs: 1
name: Trondheim
offered_kw: 5000
users:
  - {name: ward, kind: hospital, count: 600, stays: true}
  - {name: works, kind: factory, count: 1, made_tb_day: [0.5, 2], sent_frac: 0.1, compute_kwh_tb: [5, 20], confirmed_by: its manager}
YAML
    run -0 "$HEARTH" data "$WORK/needs.yaml"
    text=$(tr -s '\n ' ' ' <<<"$output")
    [[ "$text" == *"ward (hospital, 600 beds): sends 0.0822 to 0.822 TB a day"* ]]
    [[ "$text" == *"before any computing; an answer within 50 ms, so in the region"*"availability class 3."* ]]
    [[ "$text" == *"Claims, not confirmed: 0.05 to 0.5 TB of images and records a bed and year"* ]]
    [[ "$text" == *"IT at the user"*"s own site:"*"IT in the region:"* ]]
    [[ "$text" == *"Not confirmed: 1 of 2 users. So no IT power is proposed"* ]]
    [[ "$text" == *"the rest serves others beyond its borders."* ]]
    sed -i 's/stays: true/confirmed_by: its board, compute_kwh_tb: 0/' "$WORK/needs.yaml"
    run -0 "$HEARTH" data "$WORK/needs.yaml"
    [[ "$output" == *"All are confirmed. In a scenario:  it_kw: 55"* ]]
    sed -i 's/kind: factory/kind: faktory/' "$WORK/needs.yaml"
    run -65 "$HEARTH" data "$WORK/needs.yaml"
    [[ "$output" == *"needs.yaml:6:"*"faktory"* ]]
    run -64 "$HEARTH" data
    run -66 "$HEARTH" data "$WORK/none.yaml"
}
