#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every case beside the code through `hearth calc`, as a reader would: cases.py HEARTH. The numbers are judged
again here, and what is to be refused has to exit with 65. HEARTH_EVERY=5: each fifth case."""
import json
import os
import pathlib
import subprocess
import sys


def cases(text):
    """Blocks of lines (word, rest), as tests/cases.c reads them."""
    for block in text.split("\n\n"):
        lines = [line.split(None, 1) for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if lines:
            yield [(line[0], line[1].strip() if len(line) > 1 else "") for line in lines]


def number(results, key):
    above, _, below = key.partition("/")
    return results[above] / results[below] if below else results[key]


def parts(case):
    """The law or component, what it is given, what is expected of it."""
    return case[0][1], [word for line, rest in case if line == "given" for word in rest.split()], [r for l, r in case if l == "expect"]


def judged(results, expect):
    """The number, what is expected of it, how far off it may be."""
    words = expect.split()
    key = words.pop(0) if not words[0].lstrip("-")[:1].isdigit() else next(iter(results))
    expected, tolerance = float(words[0]), words[2] if len(words) > 2 else "1e-9"
    allowed = float(tolerance[:-1]) / 100 * abs(expected) if tolerance.endswith("%") else float(tolerance)
    return number(results, key), expected, allowed


def judge(results, expect):
    ours, expected, allowed = judged(results, expect)
    return abs(ours - expected) <= allowed


def main():
    count, wrong = 0, 0
    seen, every = 0, int(os.environ.get("HEARTH_EVERY", "1"))
    for path in sorted(pathlib.Path("src").rglob("*.cases")):
        if path.stem == "template":  # stands in no list
            continue
        for case in cases(path.read_text(encoding="utf-8")):
            seen += 1
            if seen % every:
                continue
            name, given, expects = parts(case)
            done = subprocess.run([sys.argv[1], "calc", name, *given, "--json"], capture_output=True, text=True)
            count += 1
            if expects[0] in ("no_answer", "outside"):
                right = done.returncode == 65 and not done.stdout and done.stderr
            else:
                right = done.returncode == 0 and all(judge(json.loads(done.stdout), expect) for expect in expects)
            if not right:
                wrong += 1
                print(f"{path}: {name} {' '.join(given)}: exit {done.returncode} {done.stdout}{done.stderr}")
    print(f"{count} cases, {wrong} wrong")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main())
