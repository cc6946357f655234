#!/usr/bin/env python3
"""Checks that jobs of every type of profile can be interrupted at every moment: killed, cut off by
their walltime, lost with a host; at their start and their end, next to these, and between. Each
must end once, at the date of the interruption, and be counted once."""

import argparse
import collections
import csv
import itertools
import json
import math
import pathlib
import subprocess
import sys
import tempfile

from interrupted_case import HOST_COUNT, PROFILES, Case

HERE = pathlib.Path(__file__).resolve().parent
# How close to its end a job counts as ended, relative to its run time.
TOLERANCE = 1e-9
STATES = {"kill": ["COMPLETED_KILLED"], "walltime": ["COMPLETED_WALLTIME_REACHED"],
          "failure": ["COMPLETED_HOST_FAILED"]}
STATES["everything"] = sum(STATES.values(), [])  # at one date
END_STATES = {"COMPLETED_SUCCESSFULLY", *STATES["everything"]}


class Wrong(Exception):
    pass


def simulate(case, folder, options):
    """The rows of jobs.csv by job."""
    command = [options.batsim, *case.arguments(), "--sched-lib", options.test_plugins / "driver.so",
               "--trace-hosts", "--trace-decisions", "trace.jsonl", "-q",
               *options.arguments.split()]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    if result.returncode != 0 or result.stderr:
        raise Wrong(f"exit code {result.returncode}: {result.stderr.strip()[-2000:]}")
    with open(folder / "out" / "jobs.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    by_job = {row["job_id"]: row for row in rows}
    if len(rows) != len(by_job) or len(by_job) != case.job_count:
        raise Wrong(f"{len(rows)} rows of {len(by_job)} jobs, not {case.job_count}")
    return by_job


# ---- Each job is counted once ---------------------------------------------------------------------

def check_events(folder):
    """Jobs that were executed and not dropped have one JOB_COMPLETED."""
    balance = collections.Counter()
    for line in (folder / "trace.jsonl").read_text().splitlines():
        entry = json.loads(line)
        if entry.get("decision") == "execute_job" and entry["status"] == "OK":
            balance[entry["job"]] += 1
        if entry.get("event") in ("JOB_COMPLETED", "DECISION_DROPPED"):
            balance[entry["job"]] -= 1
    wrong = [job for job, count in balance.items() if count != 0]
    if wrong:
        raise Wrong(f"jobs without exactly one end: {wrong}")


def check_sums(rows, folder):
    states = collections.Counter(row["final_state"] for row in rows.values())
    sums = json.loads((folder / "out" / "schedule.json").read_text())
    if set(states) - END_STATES:
        raise Wrong(f"states {sorted(states)}")
    successes = states["COMPLETED_SUCCESSFULLY"]
    expected = {"nb_jobs": len(rows), "nb_jobs_finished": len(rows), "nb_jobs_rejected": 0,
                "nb_jobs_success": successes, "nb_jobs_killed": len(rows) - successes}
    wrong = {key: sums[key] for key, count in expected.items() if sums[key] != count}
    if wrong:
        raise Wrong(f"schedule.json has {wrong}, expected {expected}")


def check_hosts(folder):
    with open(folder / "out" / "machine_states.csv", newline="") as file:
        for row in csv.DictReader(file):
            counts = [int(row[column]) for column in list(row)[1:6]]
            if sum(counts) != HOST_COUNT or min(counts) < 0:
                raise Wrong(f"machine_states.csv at date {row['time']}: {counts}")


def check_energy(rows):
    for job, row in rows.items():
        energy = float(row["consumed_energy"])
        if not (energy >= 0 and math.isfinite(energy)):
            raise Wrong(f"job {job} has consumed {row['consumed_energy']} J")


# ---- Each job ends when it must ---------------------------------------------------------------------

def check_end(interruption, row):
    """Compares the end of a job with where it was interrupted and where it would have ended."""
    end, date, natural_end = float(row["finish_time"]), interruption.date, interruption.natural_end
    slack = TOLERANCE * interruption.length + 4 * math.ulp(natural_end)
    if row["final_state"] in STATES[interruption.kind]:
        # A walltime is long enough if it is that long.
        too_late = date >= natural_end if interruption.kind == "walltime" else date > natural_end + slack
        if too_late or not interruption.hits:
            return f"is {row['final_state']}, but should end by itself"
        return "" if end == date else f"ends at {end!r}, later or earlier"
    if row["final_state"] != "COMPLETED_SUCCESSFULLY":
        return f"is {row['final_state']}"
    if interruption.hits and date < natural_end - slack:
        return f"goes on until {end!r}"
    if interruption.shares and end < natural_end:
        return ""  # the job that it shared its hosts with was interrupted
    return "" if abs(end - natural_end) <= slack else f"ends by itself, but at {end!r}"


def check_run(case, rows, folder):
    check_events(folder)
    check_sums(rows, folder)
    check_hosts(folder)
    if case.energy:
        check_energy(rows)


def check(case, folder, options):
    """Simulates without and with interruptions."""
    case.write(folder)
    natural = simulate(case, folder, options)
    check_run(case, natural, folder)
    case.interrupt(float(natural["0"]["finish_time"]))
    case.write(folder)
    rows = simulate(case, folder, options)
    check_run(case, rows, folder)
    wrong = [f"job {job}, {case.interruptions[job]}: {text}" for job, row in rows.items()
             if (text := check_end(case.interruptions[job], row))]
    if wrong:
        raise Wrong("\n  ".join(wrong[:5]))


def all_cases():
    return [Case(*values) for values in itertools.product(
        sorted(PROFILES), STATES, ("closed-form", "simgrid"),
        (False, True), (1, 2))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    build = HERE.parents[1] / "build"
    parser.add_argument("--batsim", default=build / "batsim", type=pathlib.Path)
    parser.add_argument("--test-plugins", default=build / "test" / "plugins", type=pathlib.Path)
    parser.add_argument("--arguments", default="", help="more arguments for each command")
    parser.add_argument("--every", default=1, type=int, help="only each so many-th case")
    parser.add_argument("--only", default="", help="cases whose name has this text")
    parser.add_argument("--keep", type=pathlib.Path, help="keep the files of all cases here")
    options = parser.parse_args()
    options.batsim, options.test_plugins = options.batsim.resolve(), options.test_plugins.resolve()
    cases = [case for case in all_cases() if options.only in case.name][::options.every]
    failed = []
    for case in cases:
        with tempfile.TemporaryDirectory(prefix="batsim-interrupted-") as temporary:
            folder = pathlib.Path(options.keep or temporary) / case.name
            folder.mkdir(parents=True, exist_ok=True)
            try:
                check(case, folder, options)
            except Wrong as wrong:
                print(f"{case.name}: {wrong}", flush=True)
                failed.append(case.name)
    print(f"{len(cases)} cases: {len(failed)} failed")
    if failed:
        print(f"again: {sys.argv[0]} --only {failed[0]} --keep failed")
        sys.exit(1)


if __name__ == "__main__":
    main()
