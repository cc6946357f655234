#!/usr/bin/env python3
"""Checks output files the way programs do that read them: evalys (job sets, Gantt charts, states and
pstates of machines, plots of energy), batvis, and Batsim's converter to SWF. Each check makes the
assumptions that such a reader makes, on small simulations that have what files may contain: hosts
that sleep, fail and are unavailable, jobs that are rejected, killed and lost."""

import argparse
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROUNDING = 1e-6  # evalys rounds to so many seconds


class Failure(Exception):
    pass


def must(condition, message):
    if not condition:
        raise Failure(message)


# ---- How readers read ---------------------------------------------------------------------------


def rows_of(path, columns):
    """The rows of a CSV file that has all these columns, at least one."""
    with open(path, newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
    missing = [column for column in columns if column not in reader.fieldnames]
    must(not missing, f"no columns {missing}")
    must(rows, "no rows")
    for row in rows:
        must(None not in row and None not in row.values(), f"a row of another length: {row}")
    return rows


def number(row, column):
    """A column of floats is one of texts as soon as one cell is none."""
    value = float(row[column])
    must(math.isfinite(value), f"{column} is {row[column]}")
    return value


def hosts_of(text):
    """A set such as "0-3 7": sorted, disjoint intervals."""
    hosts = []
    for interval in text.split(" "):
        first, *last = [int(end) for end in interval.split("-")]
        must(len(last) < 2, f"interval '{interval}'")
        hosts += range(first, (last or [first])[0] + 1)
    must(hosts and hosts == sorted(set(hosts)), f"hosts '{text}'")
    return hosts


def is_close(a, b):
    return math.isclose(a, b, rel_tol=1e-12, abs_tol=ROUNDING)


def executed(rows):
    return [row for row in rows if row["starting_time"] != ""]


# ---- Readers: each has the columns and properties that it relies on -------------------------------

JOB_COLUMNS = ["job_id", "workload_name", "profile", "submission_time",
               "requested_number_of_resources", "requested_time", "success", "final_state",
               "starting_time", "execution_time", "finish_time", "waiting_time",
               "turnaround_time", "stretch", "allocated_resources", "consumed_energy", "metadata"]


def evalys_job_set(path):
    """Floats or nothing; times that can be had in two ways agree; the bounds of hosts exist."""
    rows = rows_of(path, JOB_COLUMNS)
    for row in rows:
        for column in ("submission_time", "requested_number_of_resources", "requested_time"):
            number(row, column)
        must(row["success"] in ("0", "1"), f"success is {row['success']}")
    must(executed(rows), "no job has hosts")
    for row in executed(rows):
        hosts_of(row["allocated_resources"])
        submit, wait, run, start, finish, turnaround = (number(row, column) for column in (
            "submission_time", "waiting_time", "execution_time", "starting_time", "finish_time",
            "turnaround_time"))
        must(is_close(submit + wait, start) and is_close(start + run, finish) and
             is_close(wait + run, turnaround), f"the times of job {row['job_id']} disagree")
        must(wait >= 0 and run >= 0, f"job {row['job_id']} has negative times")
        must(row["stretch"] == "" or number(row, "stretch") >= 1, f"stretch {row['stretch']}")
    for row in rows:
        if row["starting_time"] == "":
            must(row["allocated_resources"] == "" and row["finish_time"] == "", "half a job")


def evalys_gantt(path):
    """Each host has one rectangle at a time."""
    by_host = {}
    for row in executed(rows_of(path, JOB_COLUMNS)):
        for host in hosts_of(row["allocated_resources"]):
            rectangle = number(row, "starting_time"), number(row, "finish_time")
            by_host.setdefault(host, []).append(rectangle)
    for host, rectangles in by_host.items():
        rectangles.sort()
        for (_, end), (start, _) in zip(rectangles, rectangles[1:]):
            must(start >= end, f"two jobs on host {host} at {start}")


def evalys_machine_states(path):
    columns = ["nb_sleeping", "nb_switching_on", "nb_switching_off", "nb_idle", "nb_computing"]
    rows = rows_of(path, ["time", *columns])
    must(len({sum(int(row[column]) for column in columns) for row in rows}) == 1,
         "the number of machines changes")
    must(all(int(row[column]) >= 0 for row in rows for column in columns), "negative numbers")
    times = [number(row, "time") for row in rows]
    must(times == sorted(set(times)), "times are not increasing")


def evalys_pstates(path):
    """The rows of date 0 have each machine once; later ones are about these machines."""
    rows = rows_of(path, ["time", "machine_id", "new_pstate"])
    first = [host for row in rows if number(row, "time") == 0
             for host in hosts_of(row["machine_id"])]
    must(first, "no row at date 0")
    must(len(first) == len(set(first)), "a machine has two rows at date 0")
    must(sorted(first) == list(range(len(first))), "machines are not numbered from 0")
    for row in rows:
        int(row["new_pstate"])
        must(set(hosts_of(row["machine_id"])) <= set(first), "unknown machines")
    times = [number(row, "time") for row in rows]
    must(times == sorted(times), "times are not sorted")


def evalys_energy(path):
    """Curves over time: of energy, which only grows, and of the least power."""
    rows = rows_of(path, ["time", "energy", "event_type", "wattmin", "epower"])
    date = joules = 0.0
    for row in rows:
        time, energy = number(row, "time"), number(row, "energy")
        must(time >= date and energy >= joules, f"{row} goes back")
        must(row["event_type"] in ("s", "e", "p"), f"event type {row['event_type']}")
        must(number(row, "wattmin") >= 0, "negative power")
        must((row["epower"] == "NA") == (time == date), f"mean power {row['epower']}")
        if time > date:
            must(math.isclose(number(row, "epower"), (energy - joules) / (time - date),
                              rel_tol=1e-6, abs_tol=1e-6), f"mean power {row['epower']}")
        date, joules = time, energy


def batvis(path):
    """Its own Batsim writes a column `purpose` too; it can do without."""
    columns = ["finish_time", "execution_time", "starting_time", "requested_number_of_resources"]
    for row in executed(rows_of(path, [*columns, "allocated_resources", "workload_name"])):
        numbers = [number(row, column) for column in columns]
        must(len(hosts_of(row["allocated_resources"])) == numbers[-1], "other hosts than requested")


def converter_to_swf(path):
    """Numbers of jobs are integers, unique in a workload; fields of SWF have no empty cells."""
    rows = rows_of(path, JOB_COLUMNS)
    ids = [(row["workload_name"], int(row["job_id"])) for row in rows]
    must(len(ids) == len(set(ids)), "a job has two rows")
    for row in executed(rows):
        for column in ("submission_time", "waiting_time", "execution_time", "requested_time",
                       "requested_number_of_resources", "success"):
            number(row, column)


SCHEDULE_KEYS = sorted(
    ["batsim_version", "consumed_joules", "makespan", "nb_computing_machines",
     "nb_grouped_switches", "nb_jobs", "nb_jobs_finished", "nb_jobs_killed", "nb_jobs_rejected",
     "nb_jobs_success", "nb_machine_switches", "success_rate"] +
    [f"{kind}_{what}" for kind in ("max", "mean")
     for what in ("slowdown", "turnaround_time", "waiting_time")] +
    [f"time_{what}" for what in ("computing", "idle", "sleeping", "switching_off", "switching_on",
                                 "unavailable")])


def check_schedule(values, jobs, more_keys=()):
    missing = [key for key in [*SCHEDULE_KEYS, *more_keys] if key not in values]
    must(not missing, f"no keys {missing}")
    # The array is there with several schedulers only, which no such program knows.
    others = ("batsim_version", "schedulers")
    numbers = {key: float(value) for key, value in values.items() if key not in others}
    rows = rows_of(jobs, JOB_COLUMNS)
    must(numbers["nb_jobs_finished"] == len(executed(rows)), "nb_jobs_finished and jobs differ")
    must(numbers["nb_jobs"] == len(rows), "nb_jobs and jobs differ")
    must(numbers["nb_jobs_success"] == sum(row["success"] == "1" for row in rows),
         "nb_jobs_success and jobs differ")
    longest = max(number(row, "waiting_time") for row in executed(rows))
    must(is_close(numbers["max_waiting_time"], longest), "max_waiting_time and jobs differ")


def schedule_json(path):
    check_schedule(json.loads(path.read_text()), path.parent / "jobs.csv")


def schedule_csv(path):
    rows = rows_of(path, [])
    must(len(rows) == 1, "not one row")
    must(list(rows[0]) == sorted(rows[0]), "columns are not sorted")
    check_schedule(rows[0], path.parent / "out_jobs.csv", ["scheduling_time", "simulation_time"])


READERS = {
    "jobs.csv": [evalys_job_set, evalys_gantt, batvis, converter_to_swf],
    "machine_states.csv": [evalys_machine_states],
    "pstate_changes.csv": [evalys_pstates],
    "consumed_energy.csv": [evalys_energy],
    "schedule.json": [schedule_json],
    "schedule.csv": [schedule_csv],
}

# ---- Simulations: what they must contain, so that the checks have something to check -------------

SIMULATIONS = {
    "plain": (
        "--hosts 4 -w jobs.json --sched-lib easy --trace-hosts",
        {"jobs.csv": ["REJECTED", "COMPLETED_WALLTIME_REACHED", "COMPLETED_FAILED"]}),
    "switching": (
        "-p hosts.xml -w jobs.json --sched-lib {switcher} --trace-hosts",
        {"pstate_changes.csv": ["\n0,0-1,0\n0,2-3,3\n", ",2\n"]}),
    "energy": (
        "-p hosts.xml -w jobs.json --sched-lib easy --trace-hosts --energy",
        {"consumed_energy.csv": [",s,", ",e,", "NA"]}),
    "energy and switching": (
        "-p hosts.xml -w jobs.json --sched-lib {switcher} --trace-hosts --energy",
        {"consumed_energy.csv": [",p,"], "jobs.csv": ["REJECTED"]}),
    "failures": (
        "--hosts 4 -w jobs.json --sched-lib easy --events events.txt --trace-hosts",
        {"jobs.csv": ["COMPLETED_HOST_FAILED"]}),
    "energy and failures": (
        "-p hosts.xml -w jobs.json --sched-lib easy --events events.txt --trace-hosts --energy",
        {"jobs.csv": ["COMPLETED_HOST_FAILED"]}),
    "energy, failures and switching": (
        "-p hosts.xml -w jobs.json --sched-lib {switcher} --events events.txt --trace-hosts --energy",
        {"pstate_changes.csv": ["\n0,2,3\n"]}),
    "two schedulers": (
        "--hosts 4 -w jobs.json -w jobs.json --sched-lib fcfs --sched-hosts 0-1 "
        "--sched-lib easy --sched-hosts 2,3 --trace-hosts",
        {"jobs.csv": ["REJECTED", ",s1\n"]}),
}


def has_energy(arguments):
    return "--energy" in arguments


def check_file(path, name):
    for reader in READERS[name]:
        try:
            reader(path)
        except (Failure, ValueError, KeyError, csv.Error) as error:
            yield f"{reader.__name__} of {name}: {error}"


def check_simulation(batsim, arguments, contents, is_v4, folder):
    """What is wrong, one message after the other."""
    command = [batsim, *arguments.split(), "-q", "-e", folder / "out", "--log", "error"]
    result = subprocess.run(command + (["--output-format", "v4"] if is_v4 else []), cwd=HERE,
                            capture_output=True, text=True, timeout=120)
    if result.returncode != 0:
        yield f"exit code {result.returncode}: {result.stderr}"
        return
    expected = ["jobs.csv", "machine_states.csv", "pstate_changes.csv"]
    expected.append("schedule.csv" if is_v4 else "schedule.json")
    expected += ["consumed_energy.csv"] if has_energy(arguments) else []
    for name in expected:
        path = folder / f"out_{name}" if is_v4 else folder / "out" / name
        yield from check_file(path, name)
        text = path.read_text()
        for content in contents.get(name, []):
            if content not in text:
                yield f"{name} was to have {content!r}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, required=True)
    parser.add_argument("--test-plugins", type=pathlib.Path, required=True)
    options = parser.parse_args()
    switcher = os.path.realpath(options.test_plugins / "switcher.so")
    errors = []
    for name, (arguments, contents) in SIMULATIONS.items():
        for is_v4 in (False, True):
            with tempfile.TemporaryDirectory(prefix="batsim-readers-") as folder:
                errors += [f"{name}, {'v4' if is_v4 else 'v5'}: {error}" for error in
                           check_simulation(options.batsim.resolve(),
                                            arguments.format(switcher=switcher), contents, is_v4,
                                            pathlib.Path(folder))]
    if errors:
        sys.exit("\n".join(errors))
    print(f"the files of {2 * len(SIMULATIONS)} simulations can be read")


if __name__ == "__main__":
    main()
