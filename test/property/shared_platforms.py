#!/usr/bin/env python3
"""Checks that schedulers that hand jobs and hosts to each other lose nothing. In each random case one
workload is spread over two clusters by least-loaded, and idle-shutdown switches the hosts of both off, while
hosts fail or are unavailable for a time. Each job must be in jobs.csv exactly once and have been started, unless
it is wider than both clusters; one that was lost with its host is the only one that may not have come to its end.
All cases together must need less energy than without idle-shutdown. The decisions, made again by
static-order, must give the same jobs.csv."""

import argparse
import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile

PLATFORM = """<?xml version='1.0'?>
<!DOCTYPE platform SYSTEM "https://simgrid.org/simgrid.dtd">
<platform version="4.1"><zone id="z" routing="Full">
{}
</zone></platform>
"""
HOST = """<host id="h{}" speed="1Gf,1f,{}f,{}f">
<prop id="wattage_per_state" value="100:120:200, 10:10, {}:{}, 90:90"/>
<prop id="sleep_pstates" value="1:2:3"/></host>"""


class Case:
    """All files of one simulation, a function of the seed alone."""

    def __init__(self, seed, folder):
        self.random = random.Random(seed)
        self.folder = folder
        self.first = self.random.randint(1, 6)   # hosts of the first cluster
        self.second = self.random.randint(1, 6)  # of the second one
        self.count = self.first + self.second
        self.widest = max(self.first, self.second)
        self.jobs = self.make_jobs()
        self.write_platform()
        self.write_events()
        self.schedulers = self.make_schedulers()
        self.write("schedulers.json", self.schedulers)
        self.write("unmanaged.json", self.schedulers[:-1])

    def write(self, name, value):
        (self.folder / name).write_text(json.dumps(value, indent=1))

    def write_platform(self):
        """Some hosts switch in no time."""
        watts = self.random.randint(50, 150)
        speeds = [self.random.choice(["1", "0.05", "0.01", "1e9"]) for _ in range(2)]
        hosts = [HOST.format(i, *speeds, watts, watts) for i in range(self.count)]
        (self.folder / "p.xml").write_text(PLATFORM.format("\n".join(hosts)))

    def make_jobs(self):
        """In bursts, with gaps in which hosts are switched off."""
        jobs, date = [], 0.0
        for number in range(self.random.randint(5, 40)):
            if self.random.random() < 0.3:
                date += self.random.choice([1, 60, 300, 2000])
            seconds = self.random.choice([0, 1, 30, 200, 1500])
            job = {"id": str(number), "subtime": date, "profile": f"p{seconds}",
                   "res": self.random.randint(1, self.widest + (self.random.random() < 0.1))}
            if self.random.random() < 0.8:
                job["walltime"] = self.random.choice([10, 100, 3000])
            jobs.append(job)
        profiles = {f"p{s}": {"type": "delay", "delay": s} for s in (0, 1, 30, 200, 1500)}
        self.write("w.json", {"nb_res": self.count, "jobs": jobs, "profiles": profiles})
        return jobs

    def write_events(self):
        """What is taken away is given back: else jobs may wait for ever."""
        lines = []
        self.fails = self.random.random() < 0.3
        pairs = [("machine_unavailable", "machine_available")]
        if self.fails:
            pairs.append(("host_failure", "host_repair"))
        for host in range(self.count):
            date = 0
            while self.random.random() < 0.4:
                first, last = self.random.choice(pairs)
                date += self.random.choice([0, 50, 500])
                lines.append((date, {"type": first, "resources": str(host), "timestamp": date}))
                date += self.random.choice([1, 100, 1000])
                lines.append((date, {"type": last, "resources": str(host), "timestamp": date}))
        lines.sort(key=lambda line: line[0])
        (self.folder / "events.txt").write_text("".join(json.dumps(e) + "\n" for _, e in lines))

    def make_schedulers(self):
        middle = self.first - 1
        balance = {"measure": self.random.choice(["work", "waiting-hosts"]),
                   "choice": self.random.choice(["least", "two-random"])}
        manager = {"idle_time": self.random.choice([0, 10, 100]),
                   "spare_hosts": self.random.choice([0, 0, 1, 2])}
        policies = ["easy", "fcfs", "one-by-one"]
        return [
            {"name": "meta", "library": "least-loaded", "config": balance, "workloads": ["w0"],
             "hosts": "", "seed": self.random.randrange(1000)},
            {"name": "a", "library": self.random.choice(policies), "workloads": [],
             "hosts": f"0-{middle}"},
            {"name": "b", "library": self.random.choice(policies), "workloads": [],
             "hosts": f"{middle + 1}-{self.count - 1}"},
            {"name": "manager", "library": "idle-shutdown", "config": manager, "workloads": [],
             "hosts": "", "takes_from": ["a", "b"]},
        ]

    def write_replay(self, trace):
        """The same schedulers, each a list of its decisions."""
        replay = [{key: value for key, value in scheduler.items() if key != "config"}
                  for scheduler in self.schedulers]
        for scheduler in replay:
            scheduler.update(library="static-order", config_file=trace)
        self.write("replay.json", replay)


def run(batsim, folder, schedulers, output, *more):
    command = [batsim, "-p", "p.xml", "-w", "w.json", "--events", "events.txt", "--energy", "-q",
               "--schedulers", schedulers, "-e", output, *more]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    if result.returncode != 0:
        raise AssertionError(f"exit code {result.returncode}: {' '.join(map(str, command))}\n"
                             f"{result.stderr}")
    with open(folder / output / "jobs.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def check_rows(case, rows):
    assert sorted(int(row["job_id"]) for row in rows) == list(range(len(case.jobs))), "jobs are lost"
    for row in rows:
        job = case.jobs[int(row["job_id"])]
        state = row["final_state"]
        assert (state == "REJECTED") == (job["res"] > case.widest), f"job {job['id']} is {state}"
        ended = state in ("COMPLETED_SUCCESSFULLY", "COMPLETED_WALLTIME_REACHED", "REJECTED")
        assert ended or case.fails, f"job {job['id']} is {state}"
        assert state == "REJECTED" or row["scheduler"] in ("a", "b"), "meta has executed a job"


def energy_of(folder, output):
    with open(folder / output / "schedule.json", encoding="utf-8") as file:
        return json.load(file)["consumed_joules"]


def check(batsim, seed, isolation):
    """Joules with and without idle-shutdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        case = Case(seed, folder)
        check_rows(case, run(batsim, folder, "schedulers.json", "managed", "--trace-decisions",
                             "trace.jsonl", "--isolation", isolation))
        check_rows(case, run(batsim, folder, "unmanaged.json", "unmanaged"))
        case.write_replay("trace.jsonl")
        run(batsim, folder, "replay.json", "replay")
        live, replay = ((folder / output / "jobs.csv").read_text()
                        for output in ("managed", "replay"))
        assert live == replay, "the replay differs"
        return energy_of(folder, "managed"), energy_of(folder, "unmanaged")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--isolation", default="namespace")
    options = parser.parse_args()
    with_it = without = 0
    for seed in range(options.first_seed, options.first_seed + options.count):
        try:
            managed, unmanaged = check(options.batsim.resolve(), seed, options.isolation)
        except AssertionError as error:
            sys.exit(f"seed {seed}: {error}")
        with_it += managed
        without += unmanaged
    print(f"{options.count} cases, {with_it:.4g} J with idle-shutdown, {without:.4g} J without")
    sys.exit(with_it >= without)


if __name__ == "__main__":
    main()
