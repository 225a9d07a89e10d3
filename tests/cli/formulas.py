#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each figure's formula against its value: those made of other figures are worked out again.
usage: formulas.py HEARTH FOLDER"""
import json
import re
import subprocess
import sys

program, folder = sys.argv[1:]


def explain(*arguments):
    done = subprocess.run([program, "explain", folder, *arguments, "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


figures = explain()["figures"]
worked_out = 0
for key, values in figures.items():
    told = explain(key)
    assert told["values"] == values and told["meaning"] and told["inputs"], key
    assert all(line["line"] > 0 and re.match(r"\w+: ", line["text"]) for line in told["inputs"]), key
    if re.search(r"sum|largest", told["formula"]):
        continue
    assert told["parts"], key
    for case, value in values.items():
        parts = {name: found[case] for name, found in told["parts"].items()}
        if value is None or None in parts.values():
            continue
        found = eval(told["formula"], {"__builtins__": {}}, parts)  # pylint: disable=eval-used
        assert abs(found - value) <= 1e-9 * max(1.0, abs(value)), (key, case, found, value)
        worked_out += 1
books = explain()["books"]
for key, value in books.items():
    told = explain(key)
    assert told["value"] == value and told["meaning"] and told["formula"], key
    assert all(line["line"] > 0 and line["text"] for line in told["inputs"]), key
    if re.match(r"(sum|by) ", told["formula"]) or value is None or None in told["parts"].values():
        continue
    found = eval(told["formula"], {"__builtins__": {}}, told["parts"])  # pylint: disable=eval-used
    assert abs(found - value) <= 1e-9 * max(1.0, abs(value)), (key, found, value)
    worked_out += 1
assert list(books) == sorted(books) and len(books) > 40
print(f"{len(figures)} figures, {worked_out} worked out again")
sys.exit(worked_out < 20)
