#!/usr/bin/env python3
"""Random small workloads of moldable jobs under the scheduler moldable. Each job must have a number of
hosts of its range and run as long as its speedup says; the first of the queue must not end later than
it could when it became the first; where run times are exact in binary, all jobs must start when and on
as many hosts as by brute force. Jobs whose ranges have one number must be scheduled as under easy, and
jobs that are alone must end as early as they can. On hosts of different speeds none may reach its walltime
that would not with the requested number. In the mean over some workloads, of a saturated
machine and of an idle one, jobs must not end later than under easy. Failures name the seed; run again with --seed <it>
--count 1."""

import collections
import csv
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "reference"))
import seeds  # noqa: E402
from policies import Interval, Job, Machine, earliest, fits  # noqa: E402
from schedule import ALLOCATIONS, parse_hosts, run  # noqa: E402

Row = collections.namedtuple("Row", "start end hosts")


def downey(a, sigma, n):
    """The speedup on n hosts, from the intervals of parallelism in Downey's report: the run time on n
    hosts of a job that would take A seconds on one."""
    if sigma <= 1:
        if n <= a:
            return n / (1 + sigma * (n - 1) / (2 * a))
        return min(a, a * n / (sigma * (2 * a - 1) / 2 + n * (2 - sigma) / 2))
    return min(a, n * a * (sigma + 1) / (a * (sigma + 1) + sigma * (n - 1)))


class MoldableJob:
    """A job of the workload: its range of hosts, its run time on each number, its walltime on the
    requested one."""

    def __init__(self, name, submit, width, least, most, profile, looseness):
        self.id, self.submit, self.width = name, submit, width
        self.least, self.most, self.profile = least, most, profile
        self.looseness = looseness  # walltime / run time, a power of two

    def run(self, n):
        if self.profile["type"] == "delay":
            return self.profile["delay"]
        if "A" in self.profile:
            return self.profile["delay"] / downey(self.profile["A"], self.profile["sigma"], n)
        ranks = self.profile["ranks"]
        if n < ranks[0]:
            return self.profile["run_times"][0] * ranks[0] / n
        return self.profile["run_times"][max(i for i, r in enumerate(ranks) if r <= n)]

    def shapes(self, hosts, least_efficiency):
        """The job on each number of hosts that is of use."""
        most_area = self.run(self.least) * self.least * (1 + 1e-9)
        shapes = []
        for n in range(self.least, min(self.most, hosts) + 1):
            run = self.run(n)
            efficient = run * n * least_efficiency <= most_area
            if efficient and all(run < shape.run for shape in shapes):
                shapes.append(Job(self.id, self.submit, n, run, run * self.looseness))
        return shapes

    def as_json(self):
        job = {"id": self.id, "subtime": self.submit, "res": self.width, "profile": self.id,
               "walltime": self.run(self.width) * self.looseness}
        if self.least < self.width:
            job["min_res"] = self.least
        if self.most > self.width:
            job["max_res"] = self.most
        return job


class Case:
    """A workload, a function of the seed alone."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.hosts = self.random.randint(1, 12)
        self.exact = seed % 2 == 0
        self.least_efficiency = self.random.choice([0, 0, 0.5, 0.75, 1])
        length = self.random.choice([5, 30, 100])  # of the time in which jobs are submitted
        submits = sorted(self.quarters(0, length) for _ in range(self.random.randint(2, 30)))
        self.jobs = [self.job(f"{number:03}", submit) for number, submit in enumerate(submits)]

    def quarters(self, least, most):
        """So that sums are exact."""
        return self.random.randint(int(4 * least), int(4 * most)) / 4

    def job(self, name, submit):
        width = self.random.randint(1, self.hosts)
        looseness = self.random.choice([1, 1, 2, 4])
        if self.random.random() < 0.3:
            delay = {"type": "delay", "delay": self.quarters(0.25, 20)}
            return MoldableJob(name, submit, width, width, width, delay, looseness)
        least, most = self.random.randint(1, width), self.random.randint(width, self.hosts + 2)
        profile = self.table() if self.exact else self.model()
        return MoldableJob(name, submit, width, least, most, profile, looseness)

    def model(self):
        return {"type": "moldable_delay", "delay": self.quarters(1, 60),
                "A": self.random.uniform(1, 15), "sigma": self.random.choice([0, 0.5, 1, 1.5, 3])}

    def table(self):
        """Run times for all numbers of hosts, so that none has to be divided."""
        counts = range(1, self.hosts + 3)
        run_times = sorted((self.quarters(0.25, 20) for _ in counts), reverse=True)
        if self.random.random() < 0.2:
            self.random.shuffle(run_times)
        return {"type": "moldable_delay", "ranks": list(counts), "run_times": run_times}


def simulate(batsim, folder, jobs, hosts, scheduler, configuration, *arguments):
    """The text of jobs.csv, and its rows by job."""
    (folder / "w.json").write_text(json.dumps(
        {"nb_res": hosts, "jobs": [job.as_json() for job in jobs],
         "profiles": {job.id: job.profile for job in jobs}}))
    run(batsim, ["-w", folder / "w.json", *arguments], scheduler, configuration, folder / "out")
    text = (folder / "out" / "jobs.csv").read_text()
    return text, {row["job_id"]: Row(float(row["starting_time"]), float(row["finish_time"]),
                                     list(parse_hosts(row["allocated_resources"])))
                  for row in csv.DictReader(text.splitlines())}


def by_brute_force(case):
    """Start and number of hosts of each job."""
    machine = Machine([Job(j.id, j.submit, j, None, None) for j in case.jobs], case.hosts)
    chosen = {}

    def best(job, plan, now):
        shapes = job.width.shapes(case.hosts, case.least_efficiency)
        dated = [(earliest(case.hosts, machine.busy(now) + plan, now, s), s) for s in shapes]
        return min(dated, key=lambda entry: (entry[0] + entry[1].walltime, entry[1].width))

    def start(job, shape, now):
        machine.waiting[machine.waiting.index(job)] = shape
        machine.start(shape, now)
        chosen[job.id] = (now, shape.width)

    for now, _ in machine.events():
        plan = []
        for job in list(machine.waiting):
            date, shape = best(job, plan, now)
            if date == now:
                assert fits(case.hosts, machine.busy(now) + plan, now, shape)
                start(job, shape, now)
            elif not plan:
                plan = [Interval(date, date + shape.walltime, shape.width)]
    return chosen


def overlaps(rows):
    of_host = {}
    for job, row in rows.items():
        for host in row.hosts:
            of_host.setdefault(host, []).append((row.start, row.end, job))
    for host, intervals in of_host.items():
        intervals.sort()
        for (_, end, job), (start, _, other) in zip(intervals, intervals[1:]):
            if start < end:
                yield f"jobs {job} and {other} are both on host {host}"


def job_errors(case, rows):
    for job in case.jobs:
        if job.id not in rows:
            yield f"job {job.id} has not run"
            continue
        row = rows[job.id]
        count = len(row.hosts)
        if not job.least <= count <= job.most or max(row.hosts) >= case.hosts:
            yield f"job {job.id} has the hosts {row.hosts}"
        if abs(row.end - row.start - job.run(count)) > 1e-9 * max(1, row.end):
            yield f"job {job.id} runs {row.end - row.start} s, by the model {job.run(count)} s"
        if row.start < job.submit:
            yield f"job {job.id} starts before its submission"


def late_ends(case, rows):
    """Jobs that end later than they could when they became the first of the queue."""
    for index, job in enumerate(case.jobs):
        now = max([job.submit] + [rows[other.id].start for other in case.jobs[:index]])
        if rows[job.id].start < now:
            continue  # backfilled
        walltimes = {other.id: {s.width: s.walltime for s in other.shapes(case.hosts, 0)}
                     for other in case.jobs}
        busy = []
        for position, other in enumerate(case.jobs):
            row = rows[other.id]
            if row.end > now and (row.start, position) < (now, index):
                walltime = walltimes[other.id][len(row.hosts)]
                busy.append(Interval(row.start, row.start + walltime, len(row.hosts)))
        bound = min(earliest(case.hosts, busy, now, shape) + shape.walltime
                    for shape in job.shapes(case.hosts, case.least_efficiency))
        if rows[job.id].end > bound + 1e-6:
            yield f"job {job.id} ends at {rows[job.id].end}, was first with an end at {bound}"


def lonely_errors(case, rows):
    for job in case.jobs:
        best = min(shape.run for shape in job.shapes(case.hosts, case.least_efficiency))
        if abs(rows[job.id].end - rows[job.id].start - best) > 1e-9 * rows[job.id].end:
            yield f"job {job.id} is alone and runs {rows[job.id].end - rows[job.id].start} s"


def check(batsim, seed, folder):
    case = Case(seed)
    configuration = {"allocation": case.random.choice(ALLOCATIONS),
                     "least_efficiency": case.least_efficiency}
    _, rows = simulate(batsim, folder, case.jobs, case.hosts, "moldable", configuration)
    found = list(job_errors(case, rows)) + list(overlaps(rows))
    yield from found
    if not found:
        yield from late_ends(case, rows)
    if case.exact:
        for job, (start, count) in by_brute_force(case).items():
            row = rows[job]
            if (row.start, len(row.hosts)) != (start, count):
                yield (f"job {job} starts at {row.start} on {len(row.hosts)} hosts, by brute force "
                       f"at {start} on {count}")

    for job in case.jobs:
        job.most = job.least = job.width
    del configuration["least_efficiency"]
    rigid, _ = simulate(batsim, folder, case.jobs, case.hosts, "moldable", configuration)
    easy, _ = simulate(batsim, folder, case.jobs, case.hosts, "easy", configuration)
    if rigid != easy:
        yield "rigid jobs are not scheduled as under easy"

    alone = Case(seed)
    for index, job in enumerate(alone.jobs):
        job.submit = 10_000 * index
    configuration["least_efficiency"] = alone.least_efficiency
    _, rows = simulate(batsim, folder, alone.jobs, alone.hosts, "moldable", configuration)
    yield from lonely_errors(alone, rows)
    yield from cut_off_on_different_hosts(batsim, seed, folder)


class JobOfAmounts:
    """A job that spreads its work over its hosts, with just the time that it needs on the slowest ones."""

    def __init__(self, numbers, name, speeds):
        self.id, self.submit, self.width = name, numbers.randint(0, 30), numbers.randint(1, len(speeds))
        self.least = numbers.randint(1, self.width)
        self.most = numbers.randint(self.width, len(speeds))
        self.profile = {"type": "parallel_homogeneous_total", "cpu": numbers.randint(1, 100) * 1e9}
        self.walltime = self.profile["cpu"] / self.width / (min(speeds) * 1e9) * (1 + 1e-9)

    def as_json(self):
        return {"id": self.id, "subtime": self.submit, "res": self.width, "min_res": self.least,
                "max_res": self.most, "walltime": self.walltime, "profile": self.id}


def cut_off_on_different_hosts(batsim, seed, folder):
    """Jobs that reach their walltime, though they have time enough on any hosts of the requested number."""
    numbers = random.Random(seed)
    speeds = [numbers.choice([1, 2, 5, 10]) for _ in range(numbers.randint(2, 8))]
    jobs = [JobOfAmounts(numbers, f"{number:02}", speeds) for number in range(12)]
    hosts = "".join(f'<host id="n{i}" speed="{speed}Gf"/>' for i, speed in enumerate(speeds))
    (folder / "p.xml").write_text("<?xml version='1.0'?><!DOCTYPE platform SYSTEM "
                                  '"https://simgrid.org/simgrid.dtd"><platform version="4.1">'
                                  f'<zone id="z" routing="None">{hosts}</zone></platform>')
    text, _ = simulate(batsim, folder, jobs, len(speeds), "moldable", {}, "-p", folder / "p.xml")
    for row in csv.DictReader(text.splitlines()):
        if row["final_state"] != "COMPLETED_SUCCESSFULLY":
            yield f"job {row['job_id']} is {row['final_state']} on hosts of {speeds} Gflop/s"


def mean_turnaround(batsim, folder, seed, gap, scheduler):
    """Of 40 jobs on 16 hosts, submitted every `gap` seconds in the mean."""
    numbers = random.Random(seed)
    submit, jobs = 0, []
    for name in range(40):
        submit += numbers.randint(0, 8 * gap) / 4
        profile = {"type": "moldable_delay", "delay": numbers.randint(40, 400) / 4,
                   "A": numbers.uniform(2, 16), "sigma": numbers.choice([0, 0.5, 1, 2])}
        jobs.append(MoldableJob(f"{name:02}", submit, numbers.randint(1, 8), 1, 16, profile, 1))
    _, rows = simulate(batsim, folder, jobs, 16, scheduler, {})
    return sum(rows[job.id].end - job.submit for job in jobs) / len(jobs)


def mean_errors(batsim, folder):
    for gap in (1, 4, 20):
        molded, rigid = (sum(mean_turnaround(batsim, folder, seed, gap, scheduler)
                             for seed in range(1, 21)) / 20 for scheduler in ("moldable", "easy"))
        if molded > rigid:
            yield (f"with a job every {gap} s the mean turnaround time is {molded}, {rigid} with the "
                   "requested hosts")


def main():
    seeds.run(seeds.parser(__doc__, count=1000).parse_args(), check, mean_errors)


if __name__ == "__main__":
    main()
