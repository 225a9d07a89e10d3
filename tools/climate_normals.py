#!/usr/bin/env python3
"""Derives the monthly normals of src/scenario/climates.c from EPW files. Prints table rows; never needed to build.

    tools/climate_normals.py ../shared/data/weather/epw/*.epw
"""
# SPDX-License-Identifier: Apache-2.0
import csv
import statistics
import sys


def mean(values):
    return sum(values) / len(values)


def normals(path):
    with open(path, newline="", encoding="latin-1") as file:
        lines = list(csv.reader(file))
    rows = [row for row in lines[8:] if len(row) > 21]
    months = []
    for month in range(1, 13):
        days = {}
        for row in rows:
            if int(row[1]) == month:
                days.setdefault(int(row[2]), []).append(row)
        hours = [row for day in days.values() for row in day]
        dry = [float(row[6]) for row in hours]
        daily = [mean([float(r[6]) for r in day]) for day in days.values()]
        span = [max(float(r[6]) for r in day) - min(float(r[6]) for r in day) for day in days.values()]
        deviation = statistics.pstdev(daily)
        skew = mean([((d - mean(daily)) / deviation) ** 3 for d in daily])
        months.append((mean(dry), deviation, mean(span), mean([float(r[7]) for r in hours]),
                       mean([float(r[13]) for r in hours]) * 24 / 1000, mean([float(r[21]) for r in hours]), skew))
    return lines[0], months


def main():
    for path in sys.argv[1:]:
        head, months = normals(path)
        print(f"/* {head[1]}: {head[6]} {head[7]} {head[8]} {head[9]} */")
        for k, name in enumerate(("dry_c", "deviation_dk", "span_dk", "dew_c", "global_kwh_m2_day", "wind_m_s", "skew")):
            print("    {" + ", ".join(f"{month[k]:.2f}" for month in months) + "}, /* " + name + " */")


if __name__ == "__main__":
    main()
