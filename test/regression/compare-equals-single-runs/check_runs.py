"""Simulates each scheduler of the comparison by itself: the files must be the same, byte for byte, and the
numbers in runs.csv those of schedule.json and of the rows of jobs.csv."""

import csv
import json
import os
import pathlib
import subprocess
import sys

SCHEDULERS = {"fcfs": ["fcfs"], "easy": ["easy"],
              "easy-shortest": ["easy", "--sched-cfg", '{"backfill_order": "shortest"}']}
KEYS = {"makespan": "makespan", "mean_waiting_time": "mean_waiting_time",
        "max_waiting_time": "max_waiting_time", "mean_turnaround_time": "mean_turnaround_time",
        "jobs_succeeded": "nb_jobs_success", "jobs_rejected": "nb_jobs_rejected"}


def quantile(values, q):
    position = q * (len(values) - 1)
    below = int(position)
    if below + 1 == len(values):
        return values[below]
    return values[below] + (position - below) * (values[below + 1] - values[below])


def rows_of(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def check(name, row, command):
    single, compared = pathlib.Path("single", name), pathlib.Path("out", name, "seed-3")
    subprocess.run([*command, "--sched-lib", *SCHEDULERS[name], "-e", single,
                    *os.environ["MORE_ARGUMENTS"].split()], check=True)
    for file in ("jobs.csv", "schedule.json"):
        assert (single / file).read_bytes() == (compared / file).read_bytes(), (name, file)
    schedule = json.loads((single / "schedule.json").read_text())
    for key, other in KEYS.items():
        assert float(row[key]) == schedule[other], (name, key)
    waiting = sorted(float(job["waiting_time"]) for job in rows_of(single / "jobs.csv"))
    assert float(row["median_waiting_time"]) == quantile(waiting, 0.5), name
    assert abs(float(row["waiting_time_95"]) - quantile(waiting, 0.95)) < 1e-6, name


rows = {row["scheduler"]: row for row in rows_of("out/runs.csv")}
assert list(rows) == list(SCHEDULERS), rows.keys()
for scheduler, values in rows.items():
    check(scheduler, values, sys.argv[1:])
