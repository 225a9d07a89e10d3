#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whole runs of `hearth run` on the examples, against the budget of the reference scenario (Seattle's year: 3 s on one
core, 300 MB). Processor seconds, so that a busy machine disturbs little; each number is the median of the repeats.
usage: runs.py [--hearth build/release/hearth] [--other HEARTH] [--repeat 3] [--months] [example ...]
--other runs a second program side by side, turn by turn, and prints the median of the paired ratios."""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

EXAMPLES = ["exmouth", "n_virginia", "odense", "seattle"]
BUDGET_S, BUDGET_MB = 3.0, 300.0


def scenario(example, months, folder):
    source = pathlib.Path("examples", example, "scenario.yaml")
    if months:
        return source
    text = subprocess.run([sys.executable, "tools/example_results.py", "year", example], check=True,
                          capture_output=True, text=True).stdout
    path = pathlib.Path(folder, f"{example}.yaml")
    path.write_text(text, encoding="utf-8")
    return path


def run(program, path, folder):
    """Processor seconds, megabytes at the peak, and the summary."""
    out = pathlib.Path(folder, "out")
    child = subprocess.Popen([program, "run", str(path), "-o", str(out)], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{program} run {path}: exit code {child.returncode}")
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024.0, summary


def rounds(summary):
    return " ".join(f"{case} {record['rounds']}" for case, record in sorted(summary["record"].items()))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--hearth", default="build/release/hearth")
    options.add_argument("--other")
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--months", action="store_true")
    options.add_argument("examples", nargs="*")
    given = options.parse_args()
    print("| example | seconds | MB | rounds |" + (" other, seconds | ratio |" if given.other else ""))
    print("|---|---|---|---|" + ("---|---|" if given.other else ""))
    with tempfile.TemporaryDirectory() as folder:
        for example in given.examples or EXAMPLES:
            path = scenario(example, given.months, folder)
            ours, theirs = [], []
            for _ in range(given.repeat):
                ours.append(run(given.hearth, path, folder))
                if given.other:
                    theirs.append(run(given.other, path, folder))
            seconds = statistics.median(took[0] for took in ours)
            megabytes = statistics.median(took[1] for took in ours)
            line = f"| {example} | {seconds:.2f} | {megabytes:.0f} | {rounds(ours[-1][2])} |"
            if given.other:
                ratio = statistics.median(other[0] / own[0] for own, other in zip(ours, theirs))
                line += f" {statistics.median(took[0] for took in theirs):.2f} | {ratio:.2f} |"
            if example == "seattle" and not given.months:
                within = seconds <= BUDGET_S and megabytes <= BUDGET_MB
                line += f" {'within' if within else 'over'} the budget of {BUDGET_S:g} s and {BUDGET_MB:g} MB"
            print(line, flush=True)


if __name__ == "__main__":
    main()
