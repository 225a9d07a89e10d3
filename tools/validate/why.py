#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sentences of `hearth why` held against re-solves, on the examples; prints docs/validation/why.md. Uses $HEARTH and the test
programs beside it. A minute or two."""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TEST = pathlib.Path(os.environ["HEARTH"]).resolve().parent / "tests" / "accounts" / "test_why"

done = subprocess.run([TEST, "examples"], capture_output=True, text=True, cwd=ROOT, check=False)
words = done.stdout + done.stderr
if done.returncode:
    sys.exit(words)
unsaid, rows, total, rest = [], [], 0, "?"
for line in words.splitlines():
    if match := re.match(r"no scenario may say so: (.*)", line):
        unsaid.append(match[1])
    elif match := re.search(r"at rest to (\S+) of all cost", line):
        rest = match[1]
    elif match := re.match(r"(\w+): (\d+) sentences", line):
        rows.append(f"| {match[1]} | {match[2]} | {'; '.join(unsaid) or '–'} |")
        total += int(match[2])
        unsaid = []
print(f"""# Sentences about what would have to change

Made by `make validate` (`tools/validate/why.py`). `hearth why` finds each of its sentences by planning again with one number
moved inside the plan. The test (`tests/accounts/test_why.c`) knows nothing of that: it writes what a sentence says into the
scenario's *text*, reads and plans it anew, and asks whether it is so: on the side where the sentence speaks, and no longer a
thousandth beyond; what one step costs to 1e-6 of all cost, party by party to 1e-5. Reasons at the plan's prices (*one more kW would
earn so much*) are held against plans with one per cent (or 10 kW) more and less of that plant: by the plan's prices none is cheaper
than they say by more than 1e-4 of all cost, where the rounds of optimum and simulation rest ({rest} at most here).

The first day of each example (the town's reactor: its week), {total} sentences held, none found wrong. A sentence that the
scenario's text cannot say would stand in the last column: searches end where a parameter's range ends.

| example | sentences held | not to be written |
|---|---|---|
""" + "\n".join(rows) + """

`test_why long` adds 200 random scenarios (of places in time, prices, sizes, distances): 1,514 sentences, none wrong and at rest to
3e-5 of all cost, when last run (five minutes).

## What holding them has found

- A battery, and a store of cold, that a flat price at their own would build, where the plan rests without: prices fall with size, and
  what is not built is priced as a very small one. Such plant is told as *not built; at so much, whatever its size, it would be*.
- First guesses of cold plant followed the town's heat: where nobody heats a store of cold was never built (mended: Singapore is 0.3 %
  cheaper with it).
- Two plants of one kind shared a name; a fuel that nobody burns was asked about; where power may be sold without end the search
  ended in an error instead of its sentence.
- A trunk is laid in a width that is made, and prices charged it the chord of its cost: in 12 of 200 random towns a plan with 10 kW more
  of heat pump was cheaper than its reason said (by up to 1.8e-4 of all cost), and one that stood just above a step was dearer by 7e-4
  than with the next smaller trunk. Now its width is held on the way to rest, so that it costs what that width does, and the width
  beside it is tried as a whole plan (decision 0007). The test charges no chord and leaves nothing out, whatever width the other
  plan has; all hold, the furthest off by 5e-5.
- A heat pump that a limit of the week held, and not its cost, was said to *just pay*: told no more (the town's reactor).

Heat thrown away is held against `hourly.csv` by another program (`tests/cli/thrown.py`).""")
