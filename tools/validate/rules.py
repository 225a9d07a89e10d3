#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rule packs beside the reference's table of rules, and the sheets of four examples judged again by a program that shares no
code with Hearth; prints docs/validation/rules.md. Uses $HEARTH and $SHARED."""
import json
import os
import pathlib
import re
import subprocess
import tempfile

HEARTH = os.environ["HEARTH"]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REFERENCE = pathlib.Path(os.environ["SHARED"], "reference", "rules.md")
EXAMPLES = ("odense", "seattle", "frankfurt", "singapore")

# Records whose name does not begin with the row's: the row, its records.
RECORDS = {"fi": ("fi-",), "jp-bench": ("jp-",)}
WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
         "half": 50, "all": 100, "third": 3, "at once": 100}
# Words for a status in the reference that are none of the record's, and what the record says instead.
STATUS = {"in_force": ("in_force",), "adopted_not_effective": ("adopted_not_effective",), "proposed": ("proposed",),
          "policy": ("policy",), "condition": ("condition",), "standard": ("standard",), "voluntary": ("voluntary",),
          "not_enacted": ("not_enacted",), "vetoed": ("vetoed",), "adopted": ("adopted_not_effective",),
          "agreement": ("in_force",), "open/closed": ("in_force",), "not stated": ("in_force", "proposed")}


def packs():
    """The records of rules/*.yaml, by their two indents; values as text."""
    found = {}
    for path in sorted((ROOT / "rules").glob("*.yaml")):
        pack, record = None, None
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"pack: (\S+)", line):
                pack = match[1]
            elif match := re.match(r"  - id: (\S+)", line):
                record = found.setdefault(match[1], {"pack": pack, "order": len(found)})
            elif record is not None and (match := re.match(r"    (\w+): (.*)", line)):
                record[match[1]] = match[2].strip('"')
    return found


def rows():
    """The table rows of section 3: id, applies, requirement, status, confidence."""
    section = REFERENCE.read_text(encoding="utf-8").split("## 3. ")[1].split("## 4. ")[0]
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) >= 5 and cells[0] not in ("id", "---"):
            yield cells
        elif line.startswith("| ") and len(cells) == 4 and cells[0] not in ("id",):
            yield [cells[0], cells[1], *cells[2:], ""]


def numbers(text):
    text = re.sub(r"(?<=\d)[ \u202f,](?=\d{3}\b)", "", text)
    text = re.sub(r"\b(20\d\d)[–-](\d\d)\b", r"\1 20\2", text)
    return {float(word) for word in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", text)}


def asked(text):
    """The numbers of a row, without those of laws, sources and sections."""
    return numbers(re.sub(r"\[[^\]]*\]|§\d+|\(see [^)]*\)|SS 715:2025|DC-CFA2|GB 40879|C\(2026\) ?\d+|[HS]B ?\d+|RCW [\d.]+|90\.[14]|CRU/\d+"
                          r"|1/3 octave|level 2|Tier [12]|Scope 2|v[45]|P\.L\. [\d-]+|¬", " ", text))


def told(text):
    return numbers(text) | {float(value) for word, value in WORDS.items() if re.search(rf"\b{word}\b", text.lower())}


def said(value, known):
    """In the record's units: per cent, kW for MW, m3 for gallons are converted in the reference itself."""
    return any(abs(value * factor - other) < 1e-6 * max(1.0, abs(other)) for factor in (1, 100, 0.01, 1000, 0.001) for other in known)


def compare():
    records, lines, open_rows, used = packs(), [], 0, set()
    for row, applies, requirement, status, confidence in rows():
        prefixes = RECORDS.get(row, (row,))
        mine = [name for name in records if any(name.startswith(prefix) for prefix in prefixes)]
        used.update(mine)
        text = " ".join(" ".join(str(value) for value in records[name].values()) for name in mine)
        missing = sorted(value for value in asked(f"{applies} {requirement} {status}") if not said(value, told(text)))
        word = next((key for key in sorted(STATUS, key=len, reverse=True) if key in status.replace("**", "")), None)
        statuses = {records[name]["status"] for name in mine}
        agrees = bool(mine) and (word is None or any(one in statuses for one in STATUS[word]))
        good = mine and agrees and not missing
        open_rows += not good
        lines.append(f"| {row} | {', '.join(mine) or '**none**'} | {status or '–'} | {', '.join(sorted(statuses))} | "
                     f"{', '.join(f'**{value:g}**' for value in missing) or 'all'} |")
    extra = sorted(set(records) - used)
    return lines, open_rows, extra, records



# ---- the sheets, judged again ----

UNITS = {"wue_l_kwh": 1e3}  # the record's unit over ours


def plan(example, folder):
    """The example's month planned, its sheet, and what a rule may ask of it, from the files alone."""
    scenario = ROOT / "examples" / example / "scenario.yaml"
    subprocess.run([HEARTH, "run", scenario, "-o", folder], check=True, capture_output=True)
    sheet = json.loads(subprocess.run([HEARTH, "rules", scenario, "--json"], capture_output=True, text=True).stdout)
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    text = scenario.read_text(encoding="utf-8")
    instances, metrics = summary["record"]["together"]["instances"], summary["cases"]["together"]
    with open(folder / "hourly.csv", encoding="utf-8") as file:
        lines = [line.rstrip("\n").split(",") for line in file if not line.startswith("#")]
    halls = re.findall(r"- \{name: (\w+), it_kw|- \{name: (\w+), facility", text)
    halls = [first or second for first, second in halls]
    column = {name: number for number, name in enumerate(lines[0])}
    draw = [column[name] for name in column if re.match(rf"({'|'.join(halls)})(_(cooling|room_cooling|recovery))?\.power_in_kw$", name)]
    given = [column[name] for name in column if re.match(rf"({'|'.join(halls)})_recovery\.heat_out_kw$", name)]
    sums = lambda columns: max(sum(float(row[k] or 0) for k in columns) for row in lines[1:])
    facts = {"pue_ratio": metrics["pue_ratio"], "erf_frac": metrics["erf_ratio"], "renewable_frac": metrics["ref_ratio"],
             "wue_l_kwh": 1e3 * metrics["wue_m3_kwh"], "dc.it_kw": sum(instances[hall]["capacity"] for hall in halls),
             "dc.rated_input_kw": sums(draw), "dc.surplus_heat_kw": sums(given), "dc.water_m3_year": metrics["data_centre_water_m3_year"]}
    limit = re.search(r"data_centre: \{[^}]*limit_kw: ([\d.]+)", text)
    facts["dc.contract_kw"] = float(limit[1]) if limit else facts["dc.rated_input_kw"]
    site = re.search(r"(?m)^site: \{(.*)\}", text)
    for key, value in re.findall(r"(\w+): ([\w.-]+)", site[1] if site else ""):
        facts[f"site.{key}"] = value
    money = int(re.search(r"money: \{[^}]*year: (\d+)", text)[1])
    start = facts.get("site.start_date")
    first = max(money, int(start[:4])) if start else money
    return sheet, facts, range(first, first + int(re.search(r"life_year: (\d+)", text)[1])), start


def compares(left, op, right):
    left, right = (str(left), right) if "-" in str(right) else (float(left), float(right))
    return {"<": left < right, "<=": left <= right, "=": left == right, ">=": left >= right, ">": left > right}[op]


def holds(test, facts):
    field, op, value = re.match(r"(\S+) (<=|>=|<|>|=) (\S+)", test).groups()
    if field in ("site.defence", "site.bridge_load"):
        return facts.get(field, "no") == value
    return None if field not in facts else compares(facts[field], op, value)


def later(start, words):
    return f"{int(start[:4]) + int(words.split('+')[1].strip(' y'))}{start[4:]}"


def judge(record, facts, years, start):
    """As the reference's section 2 says it, in few lines: sign, figure, limit, year."""
    if record["status"] in ("not_enacted", "vetoed", "repealed") or record["confidence"] == "recalled":
        return "informs", None, None, None
    tests = lambda key: [holds(one.strip(), facts) for one in record.get(key, "[]").strip("[]").split(",") if one.strip()]
    applies, exempt = tests("applies"), tests("exempt")
    if False in applies or True in exempt:
        return "not_applicable", None, None, None
    if None in applies:
        return "unknown", None, None, None
    if "metric" not in record:
        return ("unknown" if "duty" in record else "informs"), None, None, None
    limits = [(match[1], float(match[2])) for match in re.finditer(r"\{(?:from: ([^,}]+), )?value: ([\d.]+)\}", record["thresholds"])]
    if record["metric"] not in facts or (not start and any(day and "start" in day for day, _ in limits)):
        return "unknown", None, None, None
    figure, worst = float(facts[record["metric"]]), (None, None, None)
    order = ["pass", "at_risk", "fail"]
    for year in years:
        stand = [(max(later(start, day) if day and "start" in day else day or "0", record.get("valid_from", "0")), limit) for day, limit in limits]
        stand = [one for one in stand if one[0] <= f"{year}-12-31"]
        if stand:
            limit = max(stand, key=lambda one: one[0])[1]
            good = compares(figure, record["op"], limit)
            close = abs(figure - limit) < 0.05 * limit and not (record["op"] == ">=" and limit >= 1)
            sign = "fail" if not good else "at_risk" if close else "pass"
            if worst[0] is None or order.index(sign) > order.index(worst[0]):
                worst = (sign, limit, year)
    if worst[0] is None:
        return "not_applicable", figure, None, None
    binds = record["status"] in ("in_force", "adopted_not_effective", "standard") and record.get("severity", "must") == "must"
    return ("at_risk" if worst[0] == "fail" and not binds else worst[0]), figure, worst[1], worst[2]


def sheets(records):
    lines, wrong = [], 0
    for example in EXAMPLES:
        with tempfile.TemporaryDirectory() as folder:
            sheet, facts, years, start = plan(example, pathlib.Path(folder))
        lines += [f"\n### {example.capitalize()}\n", "| record | Hearth | judged again | figure | limit | year |", "|---|---|---|---|---|---|"]
        for one in sheet:
            sign, figure, limit, year = judge(records[one["id"]], facts, years, start)
            told = one["sign"]
            same = told == sign and (limit is None or abs(one["limit"] * UNITS.get(records[one["id"]]["metric"], 1) - limit) < 1e-9 * abs(limit))
            same = same and (limit is None or abs(one["figure"] * UNITS.get(records[one["id"]]["metric"], 1) - figure) <= 1e-6 * max(1, abs(figure)))
            wrong += not same
            number = lambda value: "–" if value is None else f"{value:.3g}"
            lines.append(f"| {one['id']} | {told} | {sign if same else f'**{sign}**'} | {number(figure)} | {number(limit)} | {year or '–'} |")
    return lines, wrong


def page():
    table, open_rows, extra, records = compare()
    judged, wrong = sheets(records)
    judged_count = sum(line.startswith("| ") and not line.startswith("| record") for line in judged)
    print(f"""# Rules beside the reference's texts

Made by `make validate` (`tools/validate/rules.py`), which shares no code with Hearth's engine. The reference is the table of rules
of November 2026 (46 rows, most of them read in summaries by others); the packs are `rules/*.yaml`, {len(records)} records.

## Row by row

Each row's status, and every number in what it says of whom it binds and what it asks, against the records made of it (numbers in
words count; per cent and shares, kW and MW are one). **Bold**: not there.

| row | records | status of the row | of the records | its numbers in the records |
|---|---|---|---|---|
""" + "\n".join(table) + f"""

{len(table)} rows; {open_rows} with something missing. Records without a row: {', '.join(extra) or 'none'}.

## Four sheets, judged again

The month of each example is planned; the sheet of `hearth rules --json` stands beside what a few lines make of `summary.json`,
`hourly.csv`, the scenario's text and the record. Signs: pass, at_risk (close, or missed where it does not bind), fail, unknown (to be
shown, or the scenario does not say), not_applicable, informs (recalled, history, or nothing to judge).
""" + "\n".join(judged) + f"""

{judged_count} records judged twice; {wrong} disagree.

## Read by eye, and what was mended

- **dk-cap** asked the data centre's rated input for its 250 kW; the row says *surplus heat*. It asks `dc.surplus_heat_kw` now, the
  largest heat handed over.
- **sg-gdcr**: the row marks the PUE of all data centres as recalled. It was judged as if a summary had been read; it is a record of its
  own now (`sg-gdcr-pue`), on the reading list, never judged.
- **us-in-im**, **us-tx-sb6**, **us-ca-t24**, **us-wa-isg**, **ashrae-90.1** left out what the utility had asked for, the review of 4CP, the row's own
  units and the cycle of 2028, the size of the grant's round, and W/ft2: added to their words.
- **Odense** had no rules at all, **Seattle** neither the federal credits nor noise: added to the examples.
- **de-enefg-scope** and its kin take the rated input for the non-redundant connection, which is larger: a data centre just above
  300 kW may stand in the sheet and not under the law. **ie-cru-2025** takes kVA as kW.
- **sg-cfa2-pue** asks PUE at full IT load, a design figure; the sheet holds the plan's mean over its hours against it, which is
  close for a load that hardly varies and above it for others.
- **us-wa-cbps** asks a building's floor: no source of the case tells it, so the sheet says what to write. Whether a carrier hotel
  counts as one building is for the state to say.
- Duties stand as *to be shown*: neither plan nor sheet can know that somebody reported or signed.""")


if __name__ == "__main__":
    page()
