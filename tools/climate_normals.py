#!/usr/bin/env python3
"""Derives the monthly normals of src/scenario/climates_measured.c from open weather files. Prints the initialisers of a
place and its shape; never needed to build. Reads EPW, Modelica tables (.mos), German test reference years (.dat) and
NSRDB tables (.csv).

    tools/climate_normals.py seattle ../shared/data/weather/epw/USA_WA_Seattle-Tacoma.epw
    tools/climate_normals.py --kind oceanic FILE FILE        the shape of a kind of climate, smoothed, from several places
    tools/climate_normals.py --summer tropical FILE FILE     the same of June to August, for a place without seasons
"""
# SPDX-License-Identifier: Apache-2.0
import csv
import math
import statistics
import sys

MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
COLUMNS = ("dry", "dew", "global", "wind")


def dew_point(mixing_g_kg, pressure_hpa, dry_c):
    """Magnus form, Sonntag 1990 over water."""
    vapour_hpa = max(1e-3, mixing_g_kg / (621.98 + mixing_g_kg) * pressure_hpa)
    logarithm = math.log(vapour_hpa / 6.112)
    return min(dry_c, 243.12 * logarithm / (17.62 - logarithm))


def read_epw(lines):
    rows = [row for row in csv.reader(lines[8:]) if len(row) > 21]
    return [(float(row[6]), float(row[7]), float(row[13]), float(row[21])) for row in rows]


def read_mos(lines):
    rows = [[float(cell) for cell in line.split()] for line in lines if line[0].isdigit()]
    return [(row[1], row[2], row[8], row[16]) for row in rows]


def read_try(lines):
    start = next(k for k, line in enumerate(lines) if line.startswith("***"))
    rows = [[float(cell) for cell in line.split()] for line in lines[start + 1:] if line.strip()]
    return [(row[8], dew_point(row[10], row[9], row[8]), row[13] + row[14], row[7]) for row in rows]


def read_nsrdb(lines):
    rows = [[float(cell) for cell in row[:13]] for row in csv.reader(lines[3:])]
    return [(row[9], min(row[8], row[9]), row[7], row[12]) for row in rows]


def read(path):
    with open(path, encoding="latin-1") as file:
        lines = file.read().splitlines()
    kind = path.rsplit(".", 1)[1]
    rows = {"epw": read_epw, "mos": read_mos, "dat": read_try, "csv": read_nsrdb}[kind](lines)
    if len(rows) != 8760:
        sys.exit(f"{path}: {len(rows)} hours, but a common year has 8760")
    return rows


def mean(values):
    return sum(values) / len(values)


def correlation(one, two):
    deviation = statistics.pstdev(one) * statistics.pstdev(two)
    return mean([(a - mean(one)) * (b - mean(two)) for a, b in zip(one, two)]) / deviation if deviation else 0.0


def ranks(values):
    """Lowest, tenth, quarter, half, three quarters, nine tenths, highest; less the mean, per deviation."""
    ordered, result = sorted(values), []
    for share in (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0):
        at = share * (len(ordered) - 1)
        low = min(int(at), len(ordered) - 2)
        result.append(ordered[low] + (at - low) * (ordered[low + 1] - ordered[low]))
    return [(value - mean(values)) / statistics.pstdev(values) for value in result]


def persistence(rows):
    """Correlation with the next day of daily means less their 31-day running mean; the year closes on itself."""
    day = [mean([hour[0] for hour in rows[k:k + 24]]) for k in range(0, len(rows), 24)]
    left = [day[d] - mean([day[(d + k) % len(day)] for k in range(-15, 16)]) for d in range(len(day))]
    return correlation(left, left[1:] + left[:1])


def month_of(rows):
    days = [rows[k:k + 24] for k in range(0, len(rows), 24)]
    hours = {name: [[hour[k] for hour in day] for day in days] for k, name in enumerate(COLUMNS)}
    dry, dew, bright = ([mean(day) for day in hours[name]] for name in ("dry", "dew", "global"))
    high, low = ([limit(day) for day in hours["dry"]] for limit in (max, min))
    daily = {"dry": dry, "dew": dew, "bright": bright, "high": high, "low": low}
    pairs = ("dry_dew", "dry_bright", "dry_high", "dry_low", "bright_dew", "bright_high", "bright_low", "dew_high",
             "dew_low", "high_low")
    return {"dry_c": mean(dry), "deviation_dk": statistics.pstdev(dry), "high_c": mean(high), "low_c": mean(low),
            "dew_c": mean(dew), "global_kwh_m2_day": mean(bright) * 24 / 1000,
            "wind_m_s": mean([mean(day) for day in hours["wind"]]),
            **{f"{name}_ratio": ranks(values) for name, values in daily.items()},
            **{f"{name}_deviation_ratio": statistics.pstdev(daily[name]) / statistics.pstdev(dry)
               for name in ("dew", "high", "low")},
            "bright_deviation_ratio": statistics.pstdev(bright) / mean(bright),
            **{f"{pair}_ratio": correlation(*(daily[name] for name in pair.split("_"))) for pair in pairs}}


def months_of(path, chosen=range(12)):
    rows, months, first = read(path), [], 0
    for days in MONTH_DAYS:
        months.append(month_of(rows[24 * first:24 * (first + days)]))
        first += days
    return persistence(rows), [months[k] for k in chosen]


def blended(weighted):
    """A month's shape as the weighted mean of several: ratios by the deviations they are ratios of."""
    total = sum(weight for weight, _ in weighted)
    result = {}
    for key, value in weighted[0][1].items():
        if isinstance(value, list):
            result[key] = [sum(w * month[key][k] for w, month in weighted) / total for k in range(len(value))]
        elif key.endswith("deviation_ratio") and key != "bright_deviation_ratio":
            deviation = sum(w * month[key] * month["deviation_dk"] for w, month in weighted)
            result[key] = deviation / sum(w * month["deviation_dk"] for w, month in weighted)
        else:
            result[key] = sum(w * month[key] for w, month in weighted) / total
    return result


def kind_of(paths, chosen):
    """The shape of a kind of climate: a month is the mean of itself (twice) and its neighbours in all files."""
    years = [months_of(path, chosen) for path in paths]
    count = len(years[0][1])
    if chosen != range(12):
        month = blended([(1, month) for _, months in years for month in months])
        return mean([kept for kept, _ in years]), [month] * 12
    return mean([kept for kept, _ in years]), [
        blended([(2 if step == 0 else 1, months[(k + step) % count]) for _, months in years for step in (-1, 0, 1)])
        for k in range(count)]


def cells(values):
    return ", ".join(f"{value:.2f}" for value in values)


def print_shape(name, kept, months):
    print(f"const struct climate_shape climate_shape_{name} = {{")
    print(f"    .persistence_ratio = {kept:.2f},")
    for key in list(months[0])[7:]:
        if isinstance(months[0][key], list):
            print(f"    .{key} = {{" + ", ".join("{" + cells(month[key]) + "}" for month in months) + "},")
        else:
            print(f"    .{key} = {{" + cells([month[key] for month in months]) + "},")
    print("};\n")


def main():
    arguments = sys.argv[1:]
    if arguments[0] in ("--kind", "--summer"):
        chosen = range(5, 8) if arguments[0] == "--summer" else range(12)
        print_shape(arguments[1], *kind_of(arguments[2:], chosen))
        return
    name, path = arguments
    kept, months = months_of(path)
    print_shape(name, kept, months)
    for key in list(months[0])[:7]:
        print(f"     .{key} = {{" + cells([month[key] for month in months]) + "},")


if __name__ == "__main__":
    main()
