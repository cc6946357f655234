#!/usr/bin/env python3
"""Checks that both execution models agree: random workloads, one job at a time or with jobs that overlap,
are simulated with closed forms where these exist, SimGrid's model for the rest, and with SimGrid
throughout, with kills, walltimes and switches of pstates while they run; each job must run for the
same time, end in the same state and consume the same energy, and so must links. Every fourth case is one
of many jobs that share a network. A case depends on its seed alone; a failure says how to see it
again."""

import argparse
import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile

from compare_jobs import SHARE_TOLERANCE, close, differences, read_jobs
from network_case import NetworkCase
from random_case import Case

HERE = pathlib.Path(__file__).resolve().parent


def simulate(case, model, options):
    """What is wrong with a simulation; "" if nothing is."""
    plugin = "static-order" if case.overlaps else options.test_plugins / "driver.so"
    command = [options.batsim, "-p", "p.xml", "-w", "w.json", "--sched-lib", plugin,
               "--sched-cfg", "@config.json", "--execution-model", model, "-e", model, "-q",
               *["--energy"] * case.energy]
    try:
        result = subprocess.run(command, cwd=case.folder, capture_output=True, text=True,
                                timeout=120)
    except subprocess.TimeoutExpired:
        return f"{model}: does not end"
    if result.returncode != 0 or "error" in result.stderr:
        return f"{model}: exit code {result.returncode}: {result.stderr.strip()}"
    return ""


def joules(folder, model):
    return json.loads((folder / model / "schedule.json").read_text()).get("consumed_joules", 0)


def check(seed, folder, options):
    """What is wrong with the case of this seed; nothing if all is well."""
    case = (NetworkCase if seed % 4 == 0 else Case)(seed, folder)
    for model in ("closed-form", "simgrid"):
        if error := simulate(case, model, options):
            return [error]
    count = len(read_jobs(folder / "simgrid" / "jobs.csv"))
    if count != case.JOBS:
        return [f"{count} jobs of {case.JOBS}"]
    found = differences(folder / "closed-form" / "jobs.csv", folder / "simgrid" / "jobs.csv")
    one, other = joules(folder, "closed-form"), joules(folder, "simgrid")
    if not math.isclose(one, other, rel_tol=SHARE_TOLERANCE):
        found.append(f"{one} J or {other} J in all")
    return found + link_differences(folder)


def link_differences(folder):
    files = [folder / model / "link_energy.csv" for model in ("closed-form", "simgrid")]
    if not any(file.exists() for file in files):
        return []
    one, other = ({row["link"]: row for row in csv.DictReader(file.open())} for file in files)
    return [f"link {name}: {column} {one[name][column]} or {other[name][column]}"
            for name in sorted(one.keys() | other.keys()) for column in ("energy", "mean_load")
            if not close(one[name][column], other[name][column], SHARE_TOLERANCE, SHARE_TOLERANCE)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    build = HERE.parents[1] / "build"
    parser.add_argument("--batsim", default=build / "batsim", type=pathlib.Path)
    parser.add_argument("--test-plugins", default=build / "test" / "plugins", type=pathlib.Path)
    parser.add_argument("--first", default=1, type=int, help="the first seed")
    parser.add_argument("--count", default=200, type=int, help="how many seeds")
    parser.add_argument("--keep", type=pathlib.Path, help="keep the files of all cases here")
    options = parser.parse_args()
    options.batsim, options.test_plugins = options.batsim.resolve(), options.test_plugins.resolve()
    seeds = range(options.first, options.first + options.count)
    failed = []
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="batsim-property-") as temporary:
            folder = pathlib.Path(options.keep or temporary) / f"seed-{seed}"
            folder.mkdir(parents=True, exist_ok=True)
            errors = check(seed, folder, options)
        for error in errors:
            print(f"seed {seed}: {error}", flush=True)
        if errors:
            failed.append(seed)
    print(f"seeds {seeds.start} to {seeds.stop - 1}: {len(failed)} of {len(seeds)} failed")
    if failed:
        print(f"again: {sys.argv[0]} --first {failed[0]} --count 1 --keep failed")
        sys.exit(1)


if __name__ == "__main__":
    main()
