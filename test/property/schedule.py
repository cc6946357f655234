"""Simulations, the rows of their jobs.csv, and what is wrong with these whatever the policy is."""

import csv
import json
import subprocess

ALLOCATIONS = ["lowest", "contiguous", "best-fit-contiguous", "few-switches", "spread"]


def parse_hosts(text):
    for interval in text.split():
        first, _, last = interval.partition("-")
        yield from range(int(first), int(last or first) + 1)


class Schedule:
    """The rows of a jobs.csv."""

    def __init__(self, path):
        with open(path, newline="") as file:
            rows = list(csv.DictReader(file))
        self.starts = {row["job_id"]: float(row["starting_time"]) for row in rows}
        self.ends = {row["job_id"]: float(row["finish_time"]) for row in rows}
        self.hosts = {row["job_id"]: list(parse_hosts(row["allocated_resources"])) for row in rows}
        self.metadata = {row["job_id"]: json.loads(row["metadata"] or "{}") for row in rows}

    def errors(self, jobs, host_count):
        """What is wrong with it whatever the policy is."""
        if self.starts.keys() != {job.id for job in jobs}:
            yield "not all jobs have run"
            return
        for job in jobs:
            if self.starts[job.id] < job.submit:
                yield f"job {job.id} starts before its submission"
            if len(self.hosts[job.id]) != job.width:
                yield f"job {job.id} has {len(self.hosts[job.id])} hosts"
            if not all(0 <= host < host_count for host in self.hosts[job.id]):
                yield f"job {job.id} has hosts that are not there"
        yield from self.overlaps()

    def overlaps(self):
        of_host = {}
        for job, hosts in self.hosts.items():
            for host in hosts:
                of_host.setdefault(host, []).append((self.starts[job], self.ends[job], job))
        for host, intervals in of_host.items():
            intervals.sort()
            for (_, end, job), (start, _, other) in zip(intervals, intervals[1:]):
                if start < end:
                    yield f"jobs {job} and {other} are both on host {host}"


def run(batsim, arguments, scheduler, configuration, out):
    """Simulates; an error with what the program says if it fails."""
    result = subprocess.run(
        [batsim, *arguments, "--sched-lib", scheduler, "--sched-cfg", json.dumps(configuration),
         "-q", "-e", out], capture_output=True, text=True, timeout=60)
    if result.returncode != 0:
        raise RuntimeError(f"exit code {result.returncode}: {result.stderr}")
    return out


def simulate(batsim, arguments, scheduler, configuration, out):
    """A schedule."""
    return Schedule(run(batsim, arguments, scheduler, configuration, out) / "jobs.csv")
