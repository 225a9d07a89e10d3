#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every broken input of broken/cases.txt through the program: the exit code, the place, the words and the remedy
of every message, no message more, no folder left, no crash, an answer within TIMEOUT_S. usage: broken.py HEARTH [NAME ...]"""
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent / "broken"
TIMEOUT_S = 10  # hostile input is answered at once; this only keeps a hang from looking like success
KEYS = {"change", "fill", "add", "file", "make", "with", "run", "exit", "at", "says", "remedy", "also"}
HEADER = """LOCATION,Made Town,-,MDE,made,000000,47.5,-122.3,-8.0,130.0
DESIGN CONDITIONS,0
TYPICAL/EXTREME PERIODS,0
GROUND TEMPERATURES,0
HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0
COMMENTS 1,made
COMMENTS 2,made
DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31
"""


# ---- made files: name(arguments) -> bytes
def epw(rows="8760", change="", dry="10.0"):
    """A year of the same hour; change is "ROW:FIELD:VALUE" with row and field from 1."""
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    stamps = [(m + 1, d + 1, h + 1) for m, n in enumerate(days) for d in range(n) for h in range(24)]
    table = [f"2001,{m},{d},{h},0,?9,{dry},6.0,75,100000,0,0,300,100,50,60,0,0,0,0,180,3.0,5,5,20,77777,9,0,0,0.1,0,0,0.2,0,0"
             for m, d, h in stamps[:int(rows)]]
    if change:
        row, field, value = change.split(":")
        cells = table[int(row) - 1].split(",")
        cells[int(field) - 1] = value
        table[int(row) - 1] = ",".join(cells)
    return (HEADER + "\n".join(table) + "\n").encode()


def csv(rows="24", change="", separator=",", head="hour,price", value="0.1"):
    """hour,price; change is "ROW=TEXT" for a whole row from 1."""
    table = [f"{k}{separator}{value}" for k in range(int(rows))]
    if change:
        row, text = change.split("=", 1)
        table[int(row) - 1] = text
    return (head + "\n" + "\n".join(table) + "\n").encode()


def binary(size="4096"):
    return bytes((k * 73 + 11) % 256 for k in range(int(size)))


def bomb():
    names = "abcdefghi"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{n}: &{n} [{', '.join(['*' + m] * 9)}]" for m, n in zip(names, names[1:])]
    return ("\n".join(lines) + "\n").encode()


def deep(levels="100"):
    return ("hearth: 1\nplace: " + "[" * int(levels) + "]" * int(levels) + "\n").encode()


def anchors(count="300"):
    return ("hearth: 1\n" + "".join(f"k{k}: &k{k} 1\n" for k in range(int(count)))).encode()


def values(count="250000"):
    return ("hearth: 1\nname: [" + "1," * int(count) + "]\n").encode()


def large(size="100000000"):
    return b"hearth: 1\n" + b"# nothing\n" * (int(size) // 10)


def text(words=""):
    return words.encode().decode("unicode_escape").encode("latin-1")


def empty():
    return b""


MAKERS = {f.__name__: f for f in (epw, csv, binary, bomb, deep, anchors, values, large, text, empty)}


def make(words):
    """"csv rows=23 change=..." -> bytes"""
    name, _, rest = words.partition(" ")
    arguments = dict(one.split("=", 1) for one in re.split(r" (?=[a-z]+=)", rest) if one)
    return MAKERS[name](**arguments)


def read_cases():
    cases, one = [], None
    for number, line in enumerate((HERE / "cases.txt").read_text(encoding="utf-8").splitlines(), 1):
        key, _, value = line.partition(" ")
        if not line.strip() or line.startswith("#"):
            continue
        if key == "case":
            one = {"name": value.strip(), "line": number, "steps": [], "exit": None, "says": [], "also": [], "run": "run scenario.yaml -o out"}
            cases.append(one)
            continue
        if key not in KEYS:
            sys.exit(f"cases.txt:{number}: unknown word {key}")
        value = value.strip()
        if key == "exit":
            one["exit"] = int(value)
        elif key == "run":
            one["run"] = value
        elif key == "at":
            one["says"].append({"at": "" if value == "nowhere" else value, "says": [], "remedy": []})
        elif key == "also":
            one["also"].append(value)
        elif key in ("says", "remedy"):
            one["says"][-1][key].append(value)
        else:
            one["steps"].append((key, value, number))
    return cases


def write_inputs(case, folder):
    scenario = (HERE / "base.yaml").read_bytes()
    for key, value, number in case["steps"]:
        if key == "change":
            old, _, new = value.partition(" =>")
            new = new.removeprefix(" ")
            old, new = old.replace("\\n", "\n").encode(), new.replace("\\n", "\n").replace("\\t", "\t").encode()
            if scenario.count(old) != 1:
                sys.exit(f"cases.txt:{number}: {old!r} stands {scenario.count(old)} times in the scenario")
            scenario = scenario.replace(old, new)
        elif key == "fill":  # OLD => PIECE*COUNT
            old, _, new = value.partition(" => ")
            piece, _, count = new.rpartition("*")
            scenario = scenario.replace(old.encode(), piece.encode() * int(count), 1)
        elif key == "add":
            scenario += value.replace("\\n", "\n").encode() + b"\n"
        elif key == "file":
            scenario = (HERE / value).read_bytes()
        elif key == "make":
            scenario = None if value == "nothing" else make(value)
        elif key == "with":
            name, _, words = value.partition(" ")
            if words == "folder":
                (folder / name).mkdir()
            else:
                (folder / name).write_bytes(make(words))
    if scenario is not None:
        (folder / "scenario.yaml").write_bytes(scenario)


def messages_of(words):
    """[(place, text, rest)] of the messages on standard error."""
    found = []
    for line in words.splitlines():
        start = re.match(r"(?:(\S+?(?::\d+)*): )?error: (.*)", line)
        if start and not line.startswith(" "):
            found.append([start.group(1) or "", start.group(2), ""])
        elif found:
            found[-1][2] += line.strip() + "\n"
    return found


def judge(case, folder, done):
    wrong = []
    found = messages_of(done.stderr)
    if done.returncode != case["exit"]:
        wrong.append(f"exit code {done.returncode}, not {case['exit']}")
    if done.stdout:
        wrong.append(f"standard output: {done.stdout[:200]}")
    if re.search(r"Sanitizer|runtime error:", done.stderr):
        wrong.append("a sanitizer complains")
    if len(found) != len(case["says"]):
        wrong.append(f"{len(found)} messages, not {len(case['says'])}")
    for wanted, (at, words, rest) in zip(case["says"], found):
        if at != wanted["at"]:
            wrong.append(f"at {at}, not {wanted['at']}")
        wrong += [f"does not say: {needle}" for needle in wanted["says"] if needle not in words]
        wrong += [f"does not advise: {needle}" for needle in wanted["remedy"] if needle not in rest]
        if not wanted["says"] or not wanted["remedy"]:
            wrong.append("the list must name words and remedy")
    wrong += [f"standard error does not say: {needle}" for needle in case["also"] if needle not in done.stderr]
    left = {entry.name for entry in folder.iterdir()} - {name.split(" ")[0] for key, name, _ in case["steps"] if key == "with"}
    left -= {"scenario.yaml"}
    if "out" in left and case["exit"] == 3 and [e.name for e in (folder / "out").iterdir()] == ["summary.json"]:
        left -= {"out"}
    if left:
        wrong.append(f"left behind: {sorted(left)}")
    return wrong


def main():
    hearth, names, show = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:], "-v" in sys.argv
    names = [name for name in names if name != "-v"]
    cases, bad = read_cases(), 0
    for case in cases:
        if names and case["name"] not in names:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write_inputs(case, folder)
            try:
                done = subprocess.run([hearth, *case["run"].split()], cwd=folder, capture_output=True, timeout=TIMEOUT_S,
                                      encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL)
                wrong = judge(case, folder, done)
            except subprocess.TimeoutExpired:
                wrong, done = [f"no answer within {TIMEOUT_S} s"], None
        if wrong or show:
            print(f"== cases.txt:{case['line']}: {case['name']}: " + "; ".join(wrong or ["as expected"]))
            print(done.stderr[:3000] if done else "")
        bad += bool(wrong)
    print(f"{len(cases)} broken inputs, {bad} answered wrongly")
    sys.exit(1 if bad or len(cases) < 60 else 0)


if __name__ == "__main__":
    main()
