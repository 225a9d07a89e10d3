#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A study over the ranks of a real mpirun: undisturbed, with a worker killed, with a rank killed in a job that recovers, and
with a rank or rank 0 killed in one that does not, which the next job goes on with. The tables are always those of a study
without MPI, byte for byte, and nothing that was kept is planned again.
usage: tests/slow/ranks.py build/cluster/hearth"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import kills

SAMPLES = 40
ROOT_MAY = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}


def job(trial, folder, ranks, *options):
    """Files, not pipes, take what it says: a rank that outlives the job would hold a pipe open."""
    command = ["mpirun", "--oversubscribe", *options, "-np", str(ranks)] + trial.command[:3] + ["--mpi", "-o", str(folder)]
    with open(f"{folder}.txt", "w", encoding="utf-8") as words, open(f"{folder}.err", "w", encoding="utf-8") as errors:
        return subprocess.Popen(command, stdout=words, stderr=errors, env=os.environ | ROOT_MAY)


def end(process, folder, good=True):
    code = process.wait(300)
    text = pathlib.Path(f"{folder}.txt").read_text(encoding="utf-8")
    if (code == 0) != good:
        sys.exit(f"exit code {code}: {text}{pathlib.Path(f'{folder}.err').read_text(encoding='utf-8')}")
    return text


def when_kept(process, folder, most):
    """Waits until some plans are kept."""
    for _ in range(3000):
        try:
            count = kills.kept(folder)
        except kills.sqlite3.OperationalError:  # its tables are being made
            count = 0
        if count >= most:
            return
        if process.poll() is not None:
            break
        time.sleep(0.02)
    sys.exit("the job ended before it could be disturbed")


def ranks_of(process):
    """Its ranks, in order: the children of mpirun."""
    return kills.children(process.pid)


def kill_one(trial, work, whole, name, which, recovers):
    folder = work / name
    process = job(trial, folder, 3, *(["--enable-recovery"] if recovers else []))
    when_kept(process, folder, 5)
    victim = ranks_of(process)[which]
    os.kill(victim, signal.SIGKILL)
    text = end(process, folder, good=recovers)
    if recovers:
        if "1 of 3 ranks lost" not in text:
            sys.exit(f"no word of the lost rank: {text}")
    else:
        time.sleep(1)  # its workers end with the plan that they have
        before = kills.kept(folder)
        text = end(job(trial, folder, 2), folder)
        if f"{SAMPLES - before} planned now, {before} kept from before" not in text:
            sys.exit(f"{before} plans were kept, and then: {text}")
    kills.check_tables(folder, whole, SAMPLES)
    print(f"{name}: the tables are the same")


def main():
    if not shutil.which("mpirun"):
        print("SKIP: mpirun is not installed")
        sys.exit(1 if os.environ.get("HEARTH_REQUIRE_SHARED") else 0)
    hearth = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        trial = kills.Trial(hearth, work, SAMPLES)
        whole = work / "whole"
        trial.end(trial.start(whole))

        text = end(job(trial, work / "two", 2), work / "two")
        if f"{SAMPLES} planned now, 0 kept" not in text or "lost" in text:
            sys.exit(text)
        kills.check_tables(work / "two", whole, SAMPLES)
        print("two ranks: the tables are the same")

        process = job(trial, work / "worker", 2)
        when_kept(process, work / "worker", 5)
        os.kill(kills.children(ranks_of(process)[1])[0], signal.SIGKILL)
        if "lost" in end(process, work / "worker"):
            sys.exit("a rank was lost with its worker")
        kills.check_tables(work / "worker", whole, SAMPLES)
        print("a worker of rank 1 killed: the tables are the same")

        kill_one(trial, work, whole, "rank 1 killed, the job recovers", 1, True)
        kill_one(trial, work, whole, "rank 2 killed, the job ends and is begun again", 2, False)
        kill_one(trial, work, whole, "rank 0 killed, the job ends and is begun again", 0, False)

        # a mistake is told once, not by every rank
        (work / "study.yaml").write_text("study: 1\nscenario: none.yaml\naxes: []\n", encoding="utf-8")
        process = job(trial, work / "wrong", 3)
        end(process, work / "wrong", good=False)
        errors = pathlib.Path(f"{work / 'wrong'}.err").read_text(encoding="utf-8")
        if len(re.findall("axes: from one to", errors)) != 1:
            sys.exit(errors)
        print("a mistake is told once")


if __name__ == "__main__":
    main()
