#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A study is killed (SIGKILL) at twenty random moments, in turn its main process and one of its workers, and begun
again each time: nothing that was kept is lost or planned again, each row stands once, and the tables are those of a study that
nobody disturbed, byte for byte.
usage: tests/slow/kills.py build/release/hearth [--seed 9] [--kills 20] [--samples 80]"""
import argparse
import csv
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
STUDY = """study: 1
scenario: s.yaml
method: latin_hypercube
samples: {samples}
axes:
  - {{path: heat_network.length_m, uniform: [200, 3000]}}
  - {{path: fuel.gas_money_kwh, triangular: [0.02, 0.04, 0.09]}}
"""
TABLES = ["results.csv", "sensitivity.csv"]


def children(process):
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:  # ended meanwhile
            continue
        if int(fields[1]) == process and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return sorted(found)


def kept(folder):
    """Runs in the store, and whether each has all its figures."""
    path = folder / "study.db"
    if not path.exists():
        return 0
    with sqlite3.connect(path) as file:
        if file.execute("SELECT count(*) FROM sqlite_master WHERE name = 'run'").fetchone()[0] == 0:
            return 0
        whole = file.execute("PRAGMA integrity_check").fetchone()[0]
        counts = file.execute("SELECT count(figure.name) FROM run LEFT JOIN figure USING (id) GROUP BY run.id").fetchall()
    if whole != "ok" or len(set(counts)) > 1:
        sys.exit(f"the store is broken: {whole}, figures by plan {sorted(set(counts))}")
    return len(counts)


class Trial:
    """One study in one folder, killed as often as it can be until its table is there."""

    def __init__(self, hearth, work, samples):
        scenario = (ROOT / "examples/seattle/scenario.yaml").read_text(encoding="utf-8")
        (work / "s.yaml").write_text(re.sub(r"(?m)^horizon:.*", "horizon: {from: 2024-01-08, days: 7}", scenario),
                                     encoding="utf-8")
        (work / "study.yaml").write_text(STUDY.format(samples=samples), encoding="utf-8")
        self.samples, self.before = samples, 0
        self.command = [hearth, "study", str(work / "study.yaml"), "--processes", "2", "-o"]

    def start(self, folder):
        return subprocess.Popen(self.command + [str(folder)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def end(self, process):
        """What it found, once it is at its end: all rows, and those of before as they were kept."""
        text = process.communicate()[0]
        found = re.search(r": (\d+) planned now, (\d+) kept from before", text)
        if process.returncode != 0 or not found:
            sys.exit(f"exit code {process.returncode}: {text}")
        planned, taken = int(found[1]), int(found[2])
        if planned + taken != self.samples or taken != self.before:
            sys.exit(f"{planned} planned and {taken} kept, where {self.before} of {self.samples} were kept before")

    def disturbed(self, folder, moments):
        """Kills at the moments, seconds after each other, while there is something to kill; returns those not needed."""
        self.before = 0
        process = self.start(folder)
        while moments:
            wait_s, victim = moments[0]
            try:
                process.wait(wait_s)
                break
            except subprocess.TimeoutExpired:
                pass
            hit = [process.pid] if victim == "main" else children(process.pid)[:1]
            try:
                os.kill(hit[0], signal.SIGKILL)
            except (IndexError, ProcessLookupError):  # between two workers, or at its end
                continue
            moments = moments[1:]
            if victim == "main":
                process.communicate()
                now = kept(folder)
                if now < self.before:
                    sys.exit(f"{self.before} plans were kept, {now} are left")
                print(f"main killed after {wait_s:.2f} s: {now} plans kept")
                self.before = now
                process = self.start(folder)
            else:
                print(f"worker killed after {wait_s:.2f} s")
        self.end(process)
        return moments


def check_tables(folder, whole, samples):
    for name in TABLES:
        if (folder / name).read_bytes() != (whole / name).read_bytes():
            sys.exit(f"{folder / name} is not that of the study in one go")
    with (folder / "results.csv").open(encoding="utf-8", newline="") as file:
        rows = [int(line["row"]) for line in csv.DictReader(file)]
    if rows != list(range(samples)) or kept(folder) != samples:
        sys.exit("a row is missing, or stands twice")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("hearth")
    options.add_argument("--seed", type=int, default=9)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--samples", type=int, default=40)
    given = options.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        trial = Trial(str(pathlib.Path(given.hearth).resolve()), work, given.samples)
        began = time.monotonic()
        trial.end(trial.start(work / "whole"))
        whole_s = time.monotonic() - began
        print(f"undisturbed: {given.samples} plans in {whole_s:.1f} s")
        moments = [(chance.uniform(0.0, 0.4 * whole_s), "worker" if k % 2 else "main")
                   for k in range(given.kills)]
        rounds = 0  # a study that is done before the last moment is followed by another
        while moments:
            moments = trial.disturbed(work / f"round-{rounds}", moments)
            check_tables(work / f"round-{rounds}", work / "whole", given.samples)
            rounds += 1
    print(f"{given.kills} kills in {rounds} studies: every row once, the tables those of the study in one go")


if __name__ == "__main__":
    main()
