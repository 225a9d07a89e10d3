#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves that our generator and the reference's write one and the same programme: runs the reference's year_lp.py with
our stream of random numbers in numpy's place, and compares its .slp with the one that bench_solver writes. Names,
orders of columns and rows, and last bits may differ; everything else must not.

usage: compare_generator.py year_lp.py bench_solver FOLDER SIZE PLACES HOURS SEED [bench_solver's options: --two-prices ...]
Needs numpy."""
import collections
import math
import pathlib
import runpy
import subprocess
import sys

import numpy

MASK = (1 << 64) - 1
OPTIONS = {"--two-prices": "--flat", "--no-renewables": "--nopv", "--gas": "--gas", "--carbon": "--co2"}
ENDLESS = 1e30


class Stream:
    """xoshiro256** seeded by splitmix64, and the normal numbers of src/base/random.c, with numpy's calls."""

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = seed
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.state.append(z ^ (z >> 31))

    def one(self):
        rotated = lambda bits, by: ((bits << by) | (bits >> (64 - by))) & MASK
        s = self.state
        drawn = (rotated((s[1] * 5) & MASK, 7) * 9) & MASK
        shifted = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotated(s[3], 45)
        return (drawn >> 11) * 2.0**-53

    def one_normal(self):
        while True:
            x, y = 2.0 * self.one() - 1.0, 2.0 * self.one() - 1.0
            square = x * x + y * y
            if 0.0 < square < 1.0:
                return x * math.sqrt(-2.0 * math.log(square) / square)

    def normal(self, mean=0.0, deviation=1.0, size=1):
        return mean + deviation * numpy.array([self.one_normal() for _ in range(size)])

    def random(self, size):
        return numpy.array([self.one() for _ in range(size)])

    def exponential(self, scale, size):
        return numpy.array([-scale * math.log1p(-self.one()) for _ in range(size)])

    def uniform(self, low, high):
        return low + (high - low) * self.one()


def read(path):
    """The programme as bags of columns, rows, designs and sum rows, each with its terms and numbers, nameless."""
    text, _, data = path.read_bytes().partition(b"DATA\n")
    words = iter(text.decode().split())
    integer = lambda: int(next(words))
    number = lambda: min(float(next(words)), ENDLESS)
    assert next(words) == "SLP"
    steps, columns, rows, designs, sums, series, periods = (integer() for _ in range(7))
    counts = [integer() for _ in range(5)]
    values = numpy.frombuffer(data[4 * steps:], dtype="<f8").reshape(series, steps)

    def spec():
        at, fixed = integer(), number()
        seen = values[at] if at >= 0 else numpy.full(1, fixed)
        return seen[:1] if seen.max() == seen.min() else seen

    def name_then(*parts):
        next(words)
        return [part() for part in parts]

    letter = lambda: next(words)
    column = [name_then(spec, spec) for _ in range(columns)]
    row = [name_then(letter, spec) for _ in range(rows)]
    design = [name_then(number, number) for _ in range(designs)]
    total = [name_then(letter, number) for _ in range(sums)]
    terms = [[(integer(), integer(), integer() if kind == 0 else 0, number() if kind == 4 else spec())
              for _ in range(counts[kind])] for kind in range(5)]
    heads = {"column": column, "row": row, "design": design, "sum": total}
    return (steps, periods, data[:4 * steps]), heads, terms


def fingerprint(parts):
    """A number that two equal lists share to about nine digits; exact where there are letters."""
    letters = "".join(part for part in parts if isinstance(part, str))
    mix = [float(numpy.sum(numpy.atleast_1d(part) * numpy.cos(numpy.arange(numpy.size(part)) * 0.37 + 1.0)))
           for part in parts if not isinstance(part, str)]
    return letters, tuple(float(f"{value:.8e}") + 0.0 for value in mix)


def canon(path):
    """What each thing is, then what it is beside: twice refined, so that every term counts."""
    head, heads, terms = read(path)
    kinds = [("row", "column"), ("row", "design"), ("row", "design"), ("sum", "column"), ("sum", "design")]
    label = {kind: [str(fingerprint(item)) for item in items] for kind, items in heads.items()}
    for _ in range(3):
        beside = {kind: [[] for _ in items] for kind, items in heads.items()}
        for kind, (one, other) in enumerate(kinds):
            for row, index, lag, value in terms[kind]:
                if isinstance(value, numpy.ndarray) and not value.any() or numpy.all(value == 0.0):
                    continue  # a term of zero is no term
                mark = f"{kind} {lag} {fingerprint([value])}"
                beside[one][row].append(f"{mark} {label[other][index]}")
                beside[other][index].append(f"{mark} {label[one][row]}")
        label = {kind: [str(hash((label[kind][i], tuple(sorted(beside[kind][i]))))) for i in range(len(heads[kind]))]
                 for kind in heads}
    return head, {kind: collections.Counter(names) for kind, names in label.items()}


def main():
    generator, bench, folder, size, places, hours, seed, *options = sys.argv[1:]
    folder = pathlib.Path(folder)
    name = {("M", "3"): "c3", ("M", "10"): "c10"}.get((size, places), size)
    ours, theirs = folder / "ours.slp", folder / "theirs.slp"
    subprocess.run([bench, "--instances", name, "--hours", hours, "--seed", seed, *options, "--write", ours], check=True)
    numpy.random.default_rng = Stream
    sys.argv = [generator, "--size", size, "--nodes", places, "--T", hours, "--seed", seed, "--nomps",
                "--out", str(theirs.with_suffix("")), *(OPTIONS.get(option, option) for option in options)]
    runpy.run_path(generator)
    our_head, our_bags = canon(ours)
    their_head, their_bags = canon(theirs)
    mistakes = [] if our_head == their_head else ["steps, periods or months differ"]
    for kind in our_bags:
        apart = (our_bags[kind] - their_bags[kind]).total() + (their_bags[kind] - our_bags[kind]).total()
        if apart:
            mistakes.append(f"{apart} of {our_bags[kind].total()} {kind}s differ")
    print("\n".join(mistakes) or f"one programme: {size}, {places} places, {hours} h, seed {seed} {' '.join(options)}")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
