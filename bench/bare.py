#!/usr/bin/env python3
"""Compares whole simulations of communicating jobs with SimGrid alone, which executes the same parallel
tasks at the same dates: CPU time, and the date of the last end.

Build what executes them first: ninja -C build bench-bare
"""

import argparse
import csv
import json
import pathlib
import random
import statistics
import subprocess
import tempfile

from measure import measure

HERE = pathlib.Path(__file__).resolve().parent
CLUSTER = """<?xml version='1.0'?>
<!DOCTYPE platform SYSTEM "https://simgrid.org/simgrid.dtd">
<platform version="4.1">
  <cluster id="cluster" prefix="h" suffix="" radical="0-{last}" speed="1Gf" bw="1.25GBps" lat="1us"
           {network}/>
</platform>
"""
BACKBONE = 'bb_bw="12.5GBps" bb_lat="1us"'
FAT_TREE = 'topology="FAT_TREE" topo_parameters="2;32,32;1,16;1,1"'


def interval_hosts(text):
    for part in text.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def generate(jobs, hosts, widths, running, traffic):
    """Jobs of about 100 s of computing that exchange bytes, `traffic` times a quarter of what their links
    could carry in the time; so many at once."""
    rng = random.Random(20261126)
    workload = {"nb_res": hosts, "jobs": [], "profiles": {}}
    submit = 0.0
    for number in range(jobs):
        width = rng.randint(*widths)
        name = f"p{width}"
        seconds = 100 * rng.uniform(0.5, 1.5)
        workload["profiles"][f"{name}-{number}"] = {
            "type": "parallel_homogeneous", "cpu": seconds * 1e9,
            "com": traffic * 1.25e9 * seconds / (4 * max(width - 1, 1) * width)}
        workload["jobs"].append({"id": number, "subtime": round(submit, 3), "res": width,
                                 "profile": f"{name}-{number}"})
        submit += rng.expovariate(running / 100)
    return workload


def tasks_of(workload, jobs_csv, names):
    """Lines for bench-bare: what was executed when and where."""
    profiles = {str(job["id"]): workload["profiles"][job["profile"]] for job in workload["jobs"]}
    rows = sorted(csv.DictReader(open(jobs_csv)), key=lambda row: float(row["starting_time"]))
    for row in rows:
        profile = profiles[row["job_id"]]
        hosts = [names[host] for host in interval_hosts(row["allocated_resources"])]
        bytes_sent = profile["com"] if len(hosts) > 1 else 0
        yield (f"{row['starting_time']} {profile['cpu']!r} {bytes_sent!r} {len(hosts)} "
               + " ".join(hosts))
    print(f"  last end in the simulation: {max(float(row['finish_time']) for row in rows)!r}")


def bare(program, platform, tasks, runs):
    times = []
    for _ in range(runs):
        with open(tasks) as lines:
            output = subprocess.run([program, platform], stdin=lines, check=True, text=True,
                                    capture_output=True).stdout
        end, seconds = output.split()
        times.append(float(seconds))
    print(f"  last end with SimGrid alone: {float(end)!r}")
    return statistics.median(times)


def case(options, folder, label, hosts, network, jobs, widths, running, traffic=1):
    print(f"{label}: {jobs} jobs on {hosts} hosts, about {running} at once")
    platform, workload_file = folder / "platform.xml", folder / "workload.json"
    platform.write_text(CLUSTER.format(last=hosts - 1, network=network))
    workload = generate(jobs, hosts, widths, running, traffic)
    workload_file.write_text(json.dumps(workload))
    common = [options.build / "batsim", "-p", platform, "-q", "--sched-lib", "fcfs"]
    whole = measure([*common, "-w", workload_file, "-e", folder / "out"], options.runs)
    # What has no job costs: start, platform.
    nothing = folder / "nothing.json"
    nothing.write_text(json.dumps({**workload, "jobs": []}))
    start = measure([*common, "-w", nothing, "-e", folder / "nothing"], options.runs)
    names = [f"h{i}" for i in range(hosts)]  # as the simulator numbers them
    tasks = folder / "tasks"
    tasks.write_text("\n".join(tasks_of(workload, folder / "out" / "jobs.csv", names)) + "\n")
    alone = bare(options.build / "bench" / "bench-bare", platform, tasks, options.runs)
    simulation = whole.cpu - start.cpu
    print(f"  CPU: simulation {simulation:.3f} s (whole program {whole.cpu:.3f}), SimGrid alone "
          f"{alone:.3f} s: {simulation / alone:.3f} times; {whole.memory:.0f} MiB\n"
          f"  {1e3 * simulation / jobs:.2f} ms a job, SimGrid alone {1e3 * alone / jobs:.2f} ms", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batsim-bench-") as name:
        folder = pathlib.Path(name)
        case(options, folder, "cluster with backbone", 128, BACKBONE, 2000, (1, 12), 10)
        case(options, folder, "cluster with backbone", 128, BACKBONE, 2000, (1, 2), 100)
        case(options, folder, "fat tree", 1024, FAT_TREE, 500, (2, 12), 150)
        case(options, folder, "fat tree with too much traffic", 1024, FAT_TREE, 300, (2, 12), 150, 30)
        case(options, folder, "fat tree, wide jobs", 1024, FAT_TREE, 60, (64, 256), 5)


if __name__ == "__main__":
    main()
