#!/usr/bin/env python3
"""Users with exponential think times who wait for equal hosts that serve first come, first served, with
exponential run times, are the machine repairman's model: their mean response time and throughput are
known exactly. The simulation must give them up to four standard errors, which are estimated from means of
consecutive jobs."""

import argparse
import csv
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

# Users, hosts, mean think time, mean run time.
CASES = [(1, 1, 20, 10), (5, 1, 20, 10), (20, 1, 300, 10), (12, 4, 15, 10)]
JOBS = 20000
BATCHES = 20


def exact(users, hosts, think_time, run_time):
    """Mean response time and throughput: the number of waiting and running jobs is a birth-death process."""
    weights = [1.0]
    for jobs in range(1, users + 1):
        weights.append(weights[-1] * (users - jobs + 1) / think_time / (min(jobs, hosts) / run_time))
    busy = sum(weight * min(jobs, hosts) for jobs, weight in enumerate(weights)) / sum(weights)
    throughput = busy / run_time
    return users / throughput - think_time, throughput


def simulate(batsim, folder, case, seed):
    """The jobs in order of their ends."""
    users, hosts, think_time, run_time = case
    population = {"workload": "w0", "users": users, "jobs_per_user": JOBS // users,
                  "think_time": {"exponential": think_time},
                  "jobs": [{"run_time": {"exponential": run_time}}]}
    schedulers = [{"name": "cluster", "library": "fcfs", "workloads": ["w0"], "hosts": f"0-{hosts - 1}"},
                  {"name": "users", "library": "closed-loop-users", "workloads": [], "hosts": "",
                   "config": population}]
    (folder / "s.json").write_text(json.dumps(schedulers))
    (folder / "w.json").write_text('{"jobs": [], "profiles": {}}')
    subprocess.run([batsim, "-w", folder / "w.json", "--hosts", str(hosts), "--schedulers",
                    folder / "s.json", "--seed", str(seed), "-q", "-e", folder / "out"], check=True)
    with open(folder / "out" / "jobs.csv", newline="") as file:
        return list(csv.DictReader(file))


def estimates(jobs):
    """For each batch of consecutive jobs: mean response time, throughput."""
    size = len(jobs) // BATCHES
    for batch in (jobs[i * size:(i + 1) * size] for i in range(BATCHES)):
        duration = float(batch[-1]["finish_time"]) - float(batch[0]["finish_time"])
        yield (statistics.fmean(float(job["turnaround_time"]) for job in batch),
               (len(batch) - 1) / duration)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", required=True, type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = False
    for case in CASES:
        with tempfile.TemporaryDirectory(prefix="batsim-closed-") as name:
            jobs = simulate(options.batsim.resolve(), pathlib.Path(name), case, options.seed)
        # The users begin and stop at different dates: the last jobs meet fewer others.
        jobs = jobs[:len(jobs) * 9 // 10]
        for what, truth, values in zip(("response time", "throughput"), exact(*case),
                                       zip(*estimates(jobs))):
            mean = statistics.fmean(values)
            error = statistics.stdev(values) / math.sqrt(BATCHES)
            print(f"{case}: {what} {mean:.5g} +- {error:.2g}, exactly {truth:.5g}")
            failed = failed or abs(mean - truth) > 4 * error or error > 0.03 * truth
    if failed:
        sys.exit("the simulation differs from the model")


if __name__ == "__main__":
    main()
