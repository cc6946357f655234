#!/usr/bin/env python3
"""Checks that both execution models agree: random workloads, one job at a time, are simulated with
closed forms where these exist and with SimGrid throughout, with kills, walltimes and switches of
pstates while they run; each job must run for the same time and end in the same state. A case depends on its seed alone; a failure says how to see it again."""

import argparse
import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile

from random_case import Case

HERE = pathlib.Path(__file__).resolve().parent
TOLERANCE = 1e-9  # of run times, relative
# Of what is done of a job that was killed: SimGrid finishes work up to such shares at once.
SHARE_TOLERANCE = 1e-6


def simulate(folder, model, options):
    command = [options.batsim, "-p", "p.xml", "-w", "w.json", "--sched-lib",
               options.test_plugins / "driver.so", "--sched-cfg", "@config.json",
               "--execution-model", model, "-e", model, "-q"]
    try:
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return None, f"{model}: does not end"
    if result.returncode != 0 or result.stderr:
        return None, f"{model}: exit code {result.returncode}: {result.stderr.strip()}"
    with open(folder / model / "jobs.csv", newline="") as file:
        return {row["job_id"]: row for row in csv.DictReader(file)}, ""


def same_run_time(a, b):
    # Dates are doubles, so that a difference of two is not better than their last digits.
    last_digits = 4 * math.ulp(max(float(a["finish_time"]), float(b["finish_time"])))
    return math.isclose(float(a["execution_time"]), float(b["execution_time"]),
                        rel_tol=TOLERANCE, abs_tol=last_digits)


def same_progress(a, b):
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same_progress(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same_progress, a, b))
    if isinstance(a, float) or isinstance(b, float):
        return math.isclose(a, b, rel_tol=0, abs_tol=SHARE_TOLERANCE)
    return a == b


def difference(job, a, b):
    """What is not the same of a job; "" if nothing is."""
    if a["final_state"] != b["final_state"]:
        return f"job {job}: {a['final_state']} or {b['final_state']}"
    if not same_run_time(a, b):
        return f"job {job}: {a['execution_time']} s or {b['execution_time']} s"
    if not same_progress(json.loads(a["metadata"] or "{}"), json.loads(b["metadata"] or "{}")):
        return f"job {job}: {a['metadata']} or {b['metadata']}"
    return ""


def check(seed, folder, options):
    """What is wrong with the case of this seed; nothing if all is well."""
    case = Case(seed, folder)
    closed, error = simulate(folder, "closed-form", options)
    if error:
        return [error]
    everything, error = simulate(folder, "simgrid", options)
    if error:
        return [error]
    if len(closed) != case.JOBS or closed.keys() != everything.keys():
        return [f"{len(closed)} and {len(everything)} jobs of {case.JOBS}"]
    differences = [difference(job, closed[job], everything[job]) for job in sorted(closed, key=int)]
    return [text for text in differences if text]


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
