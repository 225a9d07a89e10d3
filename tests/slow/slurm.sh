#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A study handed to a real Slurm of one machine that this script starts and stops: an array of parts, one of which is
# killed on its way, and the gathering behind it; the table is that of a study in one go. Needs slurmctld, slurmd, munged and
# root. usage: tests/slow/slurm.sh build/release/hearth
set -u -o pipefail
HEARTH=$(realpath "$1")
export HEARTH
cd "$(dirname "$0")/../.." || exit 1
for program in slurmctld slurmd munged sbatch; do
    if ! command -v "$program" >/dev/null 2>&1; then
        echo "SKIP: $program is not installed"
        exit "${HEARTH_REQUIRE_SHARED:+1}"
    fi
done
D=$(mktemp -d) H=$(hostname -s)
stop() {
    for name in d ctld; do if [ -f "$D/$name.pid" ]; then kill "$(cat "$D/$name.pid")" 2>/dev/null; fi; done
    munged --stop --socket="$D/mng/s" --pid-file="$D/mng/pid" >/dev/null 2>&1
    sleep 1
    rm -rf "$D"
}
trap stop EXIT
mkdir -p "$D/mng" "$D/state" "$D/spool" && chmod 755 "$D" "$D/mng"
head -c 1024 /dev/urandom >"$D/mng/key" && chmod 600 "$D/mng/key"
munged --force --key-file="$D/mng/key" --socket="$D/mng/s" --pid-file="$D/mng/pid" --log-file="$D/mng/log" \
    --seed-file="$D/mng/seed" 2>/dev/null || { echo "munged does not start"; exit 1; }
cat >"$D/slurm.conf" <<CONF
ClusterName=hearthtest
SlurmctldHost=$H(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$D/mng/s
SlurmctldPort=26817
SlurmdPort=26818
StateSaveLocation=$D/state
SlurmdSpoolDir=$D/spool
SlurmctldPidFile=$D/ctld.pid
SlurmdPidFile=$D/d.pid
SlurmctldLogFile=$D/ctld.log
SlurmdLogFile=$D/d.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
NodeName=$H NodeAddr=127.0.0.1 CPUs=2 RealMemory=2000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$D/slurm.conf
slurmctld -i >/dev/null 2>&1 && slurmd >/dev/null 2>&1
for _ in $(seq 50); do if [ "$(sinfo -h -o %T 2>/dev/null)" = idle ]; then break; fi; sleep 0.2; done
if [ "$(sinfo -h -o %T)" != idle ]; then echo "Slurm does not come up"; tail -5 "$D/ctld.log" "$D/d.log"; exit 1; fi

sed "s/^horizon:.*/horizon: {from: 2024-01-08, days: 7}/" examples/seattle/scenario.yaml >"$D/s.yaml"
cat >"$D/study.yaml" <<'YAML'
study: 1
scenario: s.yaml
method: latin_hypercube
samples: 60
axes:
  - {path: heat_network.length_m, uniform: [200, 3000]}
  - {path: fuel.gas_money_kwh, triangular: [0.02, 0.04, 0.09]}
YAML
"$HEARTH" study "$D/study.yaml" -o "$D/whole" >/dev/null || exit 1
"$HEARTH" study "$D/study.yaml" -o "$D/out" --slurm 4 || exit 1
bash "$D/out/submit.sh" || exit 1
killed=no
for _ in $(seq 100); do # the first part that runs and has kept something dies
    if [ -n "$(find "$D/out/parts" -name '*.db' 2>/dev/null)" ]; then
        sleep 0.5
        if pkill -9 -f -- "--part 1/4"; then killed=yes; fi
        break
    fi
    sleep 0.1
done
for _ in $(seq 600); do
    if [ -z "$(squeue -h)" ]; then break; fi
    sleep 0.5
done
cat "$D/out/gather.log"
echo "part 1 killed: $killed"
if ! cmp "$D/out/results.csv" "$D/whole/results.csv"; then exit 1; fi
head -1 "$D/out/gather.log" | grep -q '^60 plans by latin_hypercube' || exit 1
echo "the table is that of a study in one go"
