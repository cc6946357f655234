#!/usr/bin/env python3
"""Compares simulations of M/M/c queues with theory.

Jobs of one host arrive in a Poisson process, take exponentially distributed times with mean 1 s, and
are served first come, first served by c hosts with utilization rho. The mean waiting time is known
(Erlang's C formula). It must be in the 99 % confidence interval of the simulation, from means of
batches of successive jobs; the first tenth of the jobs, when the queue is still filling, is left out.
Exits with 1 if it is not. That is also to be expected of one in a hundred other seeds.
"""

import argparse
import csv
import math
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CASES = [(1, 0.5), (1, 0.8), (2, 0.9), (8, 0.8), (32, 0.95)]  # (c, rho)
BATCHES = 30
QUANTILE = 2.7564  # 99.5 % of Student's t with BATCHES - 1 degrees of freedom


def erlang_c(hosts, load):
    """The probability that a job has to wait; load: arrival rate x mean run time."""
    blocked = 1.0  # Erlang's B formula, by recursion over the hosts
    for count in range(1, hosts + 1):
        blocked = load * blocked / (count + load * blocked)
    utilization = load / hosts
    return blocked / (1 - utilization * (1 - blocked))


def mean_waiting_time(hosts, utilization):
    return erlang_c(hosts, hosts * utilization) / (hosts * (1 - utilization))


def write_log(path, jobs, hosts, utilization, seed):
    rng = random.Random(f"{seed} {hosts} {utilization}")  # the cases are to be independent
    submit = 0.0
    with open(path, "w") as out:
        out.write(f"; MaxProcs: {hosts}\n")
        for number in range(1, jobs + 1):
            submit += rng.expovariate(hosts * utilization)
            run = rng.expovariate(1)
            out.write(f"{number} {submit!r} -1 {run!r} 1 -1 -1 1 -1 -1 1 1 1 1 1 1 -1 -1\n")


def simulate(batsim, log, folder):
    """Waiting times in the order of submission."""
    subprocess.run([batsim, "-w", log, "--sched-lib", "fcfs", "-q", "-e", folder], check=True)
    with open(folder / "jobs.csv", newline="") as file:
        rows = csv.DictReader(file)
        waits = [(int(row["job_id"]), float(row["waiting_time"])) for row in rows]
    return [wait for _, wait in sorted(waits)]


def confidence_interval(waits):
    """(mean, half of the width)"""
    steady = waits[len(waits) // 10:]
    size = len(steady) // BATCHES
    means = [statistics.fmean(steady[i * size:(i + 1) * size]) for i in range(BATCHES)]
    return statistics.fmean(means), QUANTILE * statistics.stdev(means) / math.sqrt(BATCHES)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batsim", type=pathlib.Path, default=HERE.parent / "build" / "batsim")
    parser.add_argument("--jobs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.jobs < 10 * BATCHES:
        parser.error(f"--jobs must be at least {10 * BATCHES}")
    print(f"{options.jobs:,} jobs, seed {options.seed}; mean waiting time in mean run times")
    outside = 0
    for hosts, utilization in CASES:
        with tempfile.TemporaryDirectory(prefix="batsim-mmc-") as name:
            log = pathlib.Path(name, "log.swf")
            write_log(log, options.jobs, hosts, utilization, options.seed)
            waits = simulate(options.batsim, log, pathlib.Path(name, "out"))
        if len(waits) != options.jobs:
            sys.exit(f"{len(waits)} rows for {options.jobs} jobs")
        mean, width = confidence_interval(waits)
        theory = mean_waiting_time(hosts, utilization)
        is_inside = abs(mean - theory) <= width
        outside += not is_inside
        print(f"c {hosts:3}  rho {utilization:4}  theory {theory:8.5f}  simulation {mean:8.5f} "
              f"+- {width:.5f}  {'inside' if is_inside else 'OUTSIDE'}", flush=True)
    sys.exit(1 if outside else 0)


if __name__ == "__main__":
    main()
