#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A study over the ranks of a real mpirun: undisturbed, with a worker killed, with a rank killed in a job that recovers, and
with a rank or rank 0 killed in one that does not, which the next job goes on with. The tables are always those of a study
without MPI, byte for byte, and nothing that was kept is planned again. Then a robust design whose futures the ranks hold:
the same folder, byte for byte, and no rank waits for one that fails or is killed.
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


def robust_job(hearth, scenario, folder, ranks, *options):
    command = ["mpirun", "--oversubscribe", "-np", str(ranks), hearth, "robust", str(scenario), "-o", str(folder), "--mpi", *options]
    with open(f"{folder}.txt", "w", encoding="utf-8") as words, open(f"{folder}.err", "w", encoding="utf-8") as errors:
        return subprocess.Popen(command, stdout=words, stderr=errors, env=os.environ | ROOT_MAY)


def same_folder(one, other):
    names = sorted(path.name for path in one.iterdir())
    if names != sorted(path.name for path in other.iterdir()):
        sys.exit(f"{other}: other files than {names}")
    for name in names:
        if (one / name).read_bytes() != (other / name).read_bytes():
            sys.exit(f"{other / name}: other bytes than by one process")


def robust(hearth, work):
    """Two days of Seattle in three weather years: by the interior point, and by what takes over where it stalls."""
    text = pathlib.Path("examples/seattle/scenario.yaml").read_text(encoding="utf-8")
    text = re.sub("(?m)^horizon:.*$", "horizon: {from: 2024-01-22, days: 2}", text)
    for objective, options in (("expected_cost", ["--compare"]), ("tail_cost", []), ("regret", [])):
        scenario = work / f"{objective}.yaml"
        scenario.write_text(text + f"robust: {{weather_years: 3, objective: {objective}}}\n", encoding="utf-8")
        one = work / f"{objective}-one"
        words = subprocess.run([hearth, "robust", str(scenario), "-o", str(one), *options], check=True, capture_output=True, text=True).stdout
        for ranks in (2, 3):
            folder = work / f"{objective}-{ranks}"
            if end(robust_job(hearth, scenario, folder, ranks, *options), folder) != words:
                sys.exit(f"{folder}: other words than by one process")
            same_folder(one, folder)
        print(f"robust design, {objective}, 2 and 3 ranks: the folder is the same")

    # a mistake is told once; so is a rank's own failure, for which no other waits: the second future has none of its weather
    wrong = work / "wrong_path.yaml"
    wrong.write_text(text + "futures:\n  - {name: a}\n  - {name: b, set: {place.weather: none.epw}}\n", encoding="utf-8")
    folder = work / "wrong-future"
    end(robust_job(hearth, wrong, folder, 2), folder, good=False)
    errors = pathlib.Path(f"{folder}.err").read_text(encoding="utf-8")
    if len(re.findall("none.epw", errors)) < 1 or len(re.findall("hearth robust: ", errors)) != 1 or folder.exists():
        sys.exit(errors)
    print("robust design, one rank fails: it is told once")

    scenario = work / "long.yaml"
    scenario.write_text(text.replace("days: 2}", "days: 90}") + "robust: {weather_years: 20}\n", encoding="utf-8")
    for victim in (0, 1):
        folder = work / f"killed-{victim}"
        process = robust_job(hearth, scenario, folder, 2)
        while process.poll() is None and len(ranks_of(process)) < 2:
            time.sleep(0.01)
        time.sleep(1.0)
        os.kill(ranks_of(process)[victim], signal.SIGKILL)
        end(process, folder, good=False)
        if folder.exists() or "signal 9" not in pathlib.Path(f"{folder}.err").read_text(encoding="utf-8"):
            sys.exit(f"rank {victim} was killed, and then: {pathlib.Path(f'{folder}.err').read_text(encoding='utf-8')}")
    print("robust design, a rank is killed: the job ends and says so")


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
        robust(hearth, work)


if __name__ == "__main__":
    main()
