#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plans of the reference scenario (examples/seattle) as a study: on one core, on two, and by two ranks of MPI, beside what two
processes of the solver's own bench reach in the same run, since two solves share one memory bus. Throughput by the clock and by
processor seconds; the latter stands still where a machine does other work besides.
usage: bench_studies.py [--hearth build/cluster/hearth] [--solver build/release/bench/solver/bench_solver] [--plans 1000]
       [--days 1] [--years 8] [--robust 30] [--repeat 5] [--page docs/sizing.md]
--days: length of each of the plans; --years: so many plans of a whole year, for the cost of one; 0: none. --robust: one
design for so many whole weather years, by one process and by two ranks; 0: none."""
import argparse
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

GOAL = 0.90
STUDY = """study: 1
scenario: {scenario}
method: latin_hypercube
samples: {samples}
axes:
  - {{path: heat_network.length_m, uniform: [200, 3000]}}
  - {{path: fuel.gas_money_kwh, triangular: [0.02, 0.04, 0.09]}}
"""
ROOT_MAY = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}


def run(*commands):
    """All at once: seconds by the clock, processor seconds of all, largest resident megabytes so far."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | ROOT_MAY)
               for command in commands]
    for process in running:
        if process.wait() != 0:
            sys.exit(f"{' '.join(process.args)}: exit code {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def machine():
    """Its processor, how wide it computes, and the cache that is a core's own."""
    lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    found = {line.split(":")[0].strip(): line.split(":")[1].strip() for line in lines if ":" in line}
    flags = found.get("flags", "").split()
    wide = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "no AVX2"
    cache = pathlib.Path("/sys/devices/system/cpu/cpu0/cache/index2/size")
    kept = cache.read_text(encoding="utf-8").strip() if cache.exists() else "unknown"
    kept = f"{int(kept[:-1]) // 1024} MB" if kept.endswith("K") and int(kept[:-1]) >= 1024 else kept
    return f"{found.get('model name', 'unknown')} with {wide}, {kept} of L2 a core"


def peaks_mb(command):
    """What run() says, and the peak of memory that each process tells."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | ROOT_MAY)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock_s = time.monotonic() - began
    core_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock_s, core_s, [int(found) for found in re.findall(r"memory at its peak: (\d+) MB", done.stderr)]


class Bench:
    def __init__(self, given, work):
        self.given, self.work, self.table = given, work, ""

    def study(self, days, samples, name, how, processes=1):
        text = pathlib.Path("examples/seattle/scenario.yaml").read_text(encoding="utf-8")
        horizon = "" if days == 0 else f"horizon: {{from: 2024-01-08, days: {days}}}\n"
        scenario = self.work / f"days-{days}.yaml"
        scenario.write_text(re.sub(r"(?m)^horizon:.*\n", horizon, text), encoding="utf-8")
        path = self.work / f"{name}.yaml"
        path.write_text(STUDY.format(scenario=scenario.name, samples=samples), encoding="utf-8")
        out = self.work / name
        ranks = ["mpirun", "-np", "2", "--oversubscribe"] if how == "ranks" else []
        more = ["--mpi"] if how == "ranks" else []
        clock_s, core_s = run([*ranks, self.given.hearth, "study", str(path), "-o", str(out), "--processes", str(processes), *more])
        return clock_s, core_s, out

    def tell(self, what, one, two):
        """Twice the work of one after the other against two at once."""
        by_clock, by_core = one[0] / two[0], one[1] / two[1]
        row = f"| {what} | {one[0]:.1f} | {two[0]:.1f} | {by_clock:.2f} | {one[1]:.1f} | {two[1]:.1f} | {2.0 * by_core:.2f} |"
        print(row, flush=True)
        self.table += f"{row}\n"
        return by_clock, 2.0 * by_core


def throughputs(bench):
    given = bench.given
    solver = [given.solver, "--instances", "M", "--hours", "8760", "--solvers", "ipm", "--repeat", str(given.repeat)]
    bench.table = "| | one, s | two at once, s | times faster | one, core s | two, core s | times faster by core s |\n|---|---|---|---|---|---|---|\n"
    print(bench.table, end="")
    alone = run(solver)
    solved = bench.tell(f"solver, size M, {given.repeat} solves each", (2.0 * alone[0], 2.0 * alone[1]), run(solver, solver))
    one = bench.study(given.days, given.plans, "one", "processes")
    found = {}
    two = bench.study(given.days, given.plans, "two", "processes", 2)
    found["two processes"] = bench.tell(f"study, {given.plans} plans of {given.days} days, two processes", one, two)
    if bench.ranks:
        ranks = bench.study(given.days, given.plans, "ranks", "ranks")
        found["two ranks"] = bench.tell("the same, two ranks of MPI", one, ranks)
        if (ranks[2] / "results.csv").read_bytes() != (one[2] / "results.csv").read_bytes():
            sys.exit("the tables of ranks and processes differ")
    if (two[2] / "results.csv").read_bytes() != (one[2] / "results.csv").read_bytes():
        sys.exit("the tables of one and two processes differ")
    lines = []
    for name, (by_clock, by_core) in found.items():
        lines.append(f"- {name}: {by_clock / solved[0]:.2f} of what two solves reach by the clock, {by_core / solved[1]:.2f} by "
                     f"processor seconds (goal {GOAL:.2f})")
    print("\n".join(["", *lines, ""]), flush=True)
    return one, lines


def robust(bench):
    """One programme of many weather years, whole or its blocks shared out over ranks: the rows of a table."""
    given, rows = bench.given, ""
    text = pathlib.Path("examples/odense/roadmap.yaml").read_text(encoding="utf-8")
    scenario = bench.work / "robust.yaml"
    scenario.write_text(re.split("(?m)^stages:", text)[0] + f"robust: {{weather_years: {given.robust}}}\n", encoding="utf-8")
    command = [given.hearth, "robust", str(scenario), "-o"]
    ways = [("one process, threads on both cores", [*command, str(bench.work / "robust-one")])]
    if bench.ranks:
        ways.append(("two ranks of MPI", ["mpirun", "-np", "2", "--oversubscribe", *command, str(bench.work / "robust-two"), "--mpi"]))
    for name, way in ways:
        clock_s, core_s, peaks = peaks_mb(way)
        rows += f"| {name} | {clock_s:.1f} | {core_s:.1f} | {' and '.join(f'{peak:,}' for peak in sorted(peaks))} |\n"
    if bench.ranks and (bench.work / "robust-one/robust.json").read_bytes() != (bench.work / "robust-two/robust.json").read_bytes():
        sys.exit("the designs of ranks and of one process differ")
    return f"""
One design for {given.robust} whole weather years of Odense (`hearth robust`), the same bytes both ways:

| | by the clock, s | processor seconds | memory of each process, MB |
|---|---|---|---|
{rows}"""


def sizes(bench, one, lines):
    given = bench.given
    year = bench.study(0, given.years, "years", "processes", 2)
    kept = bench.study(given.days, given.plans, "one", "processes")  # everything is there: naming and tables alone
    plan_s, name_s = year[1] / given.years, kept[1] / given.plans
    bytes_kept = one[2].joinpath("study.db").stat().st_size / given.plans
    bytes_csv = one[2].joinpath("results.csv").stat().st_size / given.plans
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024.0
    many = robust(bench) if given.robust > 0 else ""
    text = f"""# How large a study?

Measured by `bench/studies/bench_studies.py --page docs/sizing.md` on two cores ({machine()}), the reference
scenario `examples/seattle`, two axes; {bench.load:.1f} other processes wanted a core when it began.

| of one plan | |
|---|---|
| a whole year, three cases, simulated, audited: processor seconds ({given.years} plans, two at once) | {plan_s:.2f} |
| {given.days} day: processor seconds ({given.plans} plans, one at a time) | {one[1] / given.plans:.3f} |
| of these: reading the scenario twice, its hash, its line of the tables | {name_s:.3f} |
| bytes in `study.db` | {bytes_kept:,.0f} |
| bytes in `results.csv` | {bytes_csv:,.0f} |
| memory of the largest process, MB | {peak_mb:.0f} |

{given.plans:,} plans of {given.days} day:

{bench.table}
{chr(10).join(lines)}

What whole years need, at {plan_s:.2f} s each:

| plans | core hours | hours on 2 cores | on 64 | on 1,024 | `study.db` | `results.csv` |
|---|---|---|---|---|---|---|
"""
    for plans in (10**4, 10**6, 10**8):
        hours = plans * plan_s / 3600.0
        text += (f"| {plans:,} | {hours:,.0f} | {hours / 2:,.0f} | {hours / 64:,.1f} | {hours / 1024:,.2f} | "
                 f"{plans * bytes_kept / 1e9:,.1f} GB | {plans * bytes_csv / 1e9:,.2f} GB |\n")
    text += many + """
- Ten thousand: one machine over night or a day. A million: a cluster (`--mpi`, `--slurm`), and a store that several machines
  share (`--store`). One study holds a million rows at most, and its tables stand in the memory of the process that writes them.
- A hundred million plans of a year are a hundred such studies and years of a small cluster: screen first. A shorter
  `horizon` costs in proportion to its hours, down to the reading of the scenario; a Latin hypercube or Morris' screening of a thousand plans
  tells which axes deserve a grid.
- The cores of one machine share its memory bus: count on what two at once reach above, not on twice.
- One programme of many years (`hearth robust`) outgrows a machine by its memory. Its futures are held by the ranks of a job
  (`--mpi`); a rank needs its share of them and a year's plan.
"""
    if bench.load > 2.0 or bench.load_with > 2.5:
        text += f"""- The machine did other work besides ({bench.load_with:.1f} processes wanted its two cores while two were measured): by the clock
  the lines above say little, and processor seconds are dearer. Measure again on the machine that will do the work.
"""
    if given.page:
        pathlib.Path(given.page).write_text(text, encoding="utf-8")
    print(text)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--hearth", default="build/cluster/hearth")
    options.add_argument("--solver", default="build/release/bench/solver/bench_solver")
    options.add_argument("--plans", type=int, default=1000)
    options.add_argument("--days", type=int, default=1)
    options.add_argument("--years", type=int, default=8)
    options.add_argument("--robust", type=int, default=30)
    options.add_argument("--repeat", type=int, default=5)
    options.add_argument("--page")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given, pathlib.Path(folder))
        bench.load = os.getloadavg()[0]
        bench.ranks = shutil.which("mpirun") and subprocess.run(
            [given.hearth, "study", "none", "-o", folder, "--mpi"], capture_output=True, text=True, check=False,
            env=os.environ | ROOT_MAY).stderr.find("without MPI") < 0
        if not bench.ranks:
            print("no MPI: two ranks are left out (cmake --preset cluster)", file=sys.stderr)
        one, lines = throughputs(bench)
        bench.load_with = os.getloadavg()[0]
        if given.years > 0:
            sizes(bench, one, lines)


if __name__ == "__main__":
    main()
