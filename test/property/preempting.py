#!/usr/bin/env python3
"""Random small workloads with priorities, checkpoints and, in half of them, hosts that fail or become
unavailable, under the scheduler preempting. All jobs must end at last, themselves or restarted; each
restart must run as long as an independent account of the checkpoints says; the first of the queue must
never wait while it could have the hosts of jobs of lower priority. Without such events each run of each
job must start and end as by brute force, and without priorities jobs.csv must be that of easy. Failures
name the seed; run again with --seed <it> --count 1."""

import collections
import csv
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "reference"))
import seeds  # noqa: E402
from policies import Interval, earliest, fits  # noqa: E402
from schedule import ALLOCATIONS, parse_hosts, run  # noqa: E402

Row = collections.namedtuple("Row", "state submit start end hosts walltime metadata")
NEVER = float("inf")


class Job:
    """A job of the workload."""

    def __init__(self, index, numbers, hosts, computes):
        def quarters(least, most):
            """So that sums are exact."""
            return numbers.randint(int(4 * least), int(4 * most)) / 4

        self.id, self.index = f"{index:03}", index
        self.submit = quarters(0, 40)
        self.width = numbers.randint(1, numbers.choice([hosts, (hosts + 2) // 3]))
        self.run = quarters(0.25, numbers.choice([3, 30]))
        self.walltime = numbers.choice([self.run, quarters(0.25, 40), NEVER])
        self.priority = numbers.choice([0, 0, 1, 2.5, -1])
        self.interval = numbers.choice([None, quarters(0.25, 5)])
        self.dump, self.read = numbers.choice([0, quarters(0, 2)]), numbers.choice([0, quarters(0, 2)])
        self.computes = computes and numbers.random() < 0.3
        self.composed = not self.computes and numbers.random() < 0.2

    def as_json(self):
        job = {"id": self.id, "subtime": self.submit, "res": self.width, "profile": self.id,
               "walltime": -1 if self.walltime == NEVER else self.walltime}
        if self.priority != 0:
            job["priority"] = self.priority
        if self.interval is not None:
            job.update(checkpoint_interval=self.interval, dumptime=self.dump, readtime=self.read)
        return job

    def profiles(self):
        if self.computes:
            return {self.id: {"type": "parallel_homogeneous", "cpu": self.run * 1e9}}
        if self.composed:
            return {self.id: {"type": "composed", "repeat": 2, "seq": [self.id + "-half"]},
                    self.id + "-half": {"type": "delay", "delay": self.run / 2}}
        return {self.id: {"type": "delay", "delay": self.run}}


class Run:
    """A job or one of its restarts."""

    def __init__(self, job, restarts=0, saved=0, submit=None):
        self.job, self.restarts, self.saved = job, restarts, saved
        self.submit = job.submit if submit is None else submit
        self.width = job.width
        self.id = job.id + (f"#{restarts}" if restarts else "")
        read = job.read if saved > 0 else 0
        self.walltime = job.walltime - saved + read
        self.run = min(job.run - saved + read, self.walltime)
        self.start = None
        self.birth = job.index  # the greater, the later it was submitted
        self.order = (-job.priority, job.index)

    def saved_after(self, elapsed):
        """How much of the job is saved when it has run for so long: all checkpoints are counted out."""
        saved = self.saved
        time = self.job.read if saved > 0 else 0
        if self.job.interval is not None and not self.job.composed:
            period = self.job.interval + self.job.dump
            while time + period <= elapsed + 1e-9 and saved + period < self.job.walltime:
                time, saved = time + period, saved + period
        return saved

    def lost_after(self, elapsed):
        """How long it has run since the last checkpoint, since it began to read one, or in all."""
        new = self.saved_after(elapsed) - self.saved
        return elapsed - new - (self.job.read if new > 0 and self.saved > 0 else 0)

    def restarted(self, date):
        return Run(self.job, self.restarts + 1, self.saved_after(date - self.start), date)


class Case:
    """A workload, failures and closures of hosts and a configuration, a function of the seed alone."""

    def __init__(self, seed):
        numbers = random.Random(seed)
        self.hosts = numbers.randint(1, 12)
        self.fails = seed % 2 == 1
        jobs = [Job(index, numbers, self.hosts, self.fails)
                for index in range(numbers.randint(2, 40))]
        dates = sorted(job.submit for job in jobs)
        for job, date in zip(jobs, dates):
            job.submit = date
        self.jobs = jobs
        self.restart_limit = numbers.choice([None, None, None, 0, 1, 3])
        self.preemption = numbers.random() < 0.9
        self.allocation = numbers.choice(ALLOCATIONS)
        self.outages = []  # host, from, until; of one host one after the other
        for host in range(self.hosts if self.fails else 0):
            date = 0
            for _ in range(numbers.randint(0, 3)):
                date += numbers.randint(1, 200) / 4
                until = date + numbers.randint(1, 40) / 4
                self.outages.append((host, date, until))
                date = until
        self.closures = []  # the same, but jobs that run go on
        if self.fails and numbers.random() < 0.5:
            date, until = numbers.randint(1, 100) / 4, numbers.randint(101, 200) / 4
            share = numbers.choice([0.3, 0.8, 1])
            self.closures = [(host, date, until) for host in range(self.hosts)
                             if numbers.random() < share]

    def configuration(self):
        configuration = {"allocation": self.allocation, "preemption": self.preemption}
        if self.restart_limit is not None:
            configuration["restart_limit"] = self.restart_limit
        return configuration

    def may_restart(self, run):
        return self.restart_limit is None or run.restarts < self.restart_limit

    def may_be_killed(self, run):
        return self.preemption and self.may_restart(run)


class BruteForce:
    """The policy as the README has it; all runs in the order of their ends."""

    def __init__(self, case):
        self.case, self.running, self.waiting, self.over = case, [], [], []
        self.killed, self.submitted, self.now = [], [], 0
        self.births = len(case.jobs)
        coming = [Run(job) for job in case.jobs]
        while coming or self.running:
            self.now = min([run.submit for run in coming[:1]] +
                           [run.start + run.run for run in self.running])
            for run in [r for r in self.running if r.start + r.run == self.now]:
                self.end(run)
            while coming and coming[0].submit == self.now:
                self.waiting.append(coming.pop(0))
            self.decide()
            while self.killed or self.submitted:  # further batches
                self.waiting += self.submitted
                killed = sorted(self.killed, key=lambda run: run.birth)
                self.submitted = [run.restarted(self.now) for run in killed]
                for run in self.submitted:
                    self.births += 1
                    run.birth = self.births
                for run in killed:
                    if run in self.running:
                        self.end(run)
                self.killed = []
                self.decide()

    def end(self, run):
        self.running.remove(run)
        self.over.append((run.id, run.submit, run.start, self.now))

    def free(self):
        return self.case.hosts - sum(run.width for run in self.running)

    def below(self, job):
        return [run for run in self.running
                if run.job.priority < job.job.priority and self.case.may_be_killed(run)]

    def busy_to(self, job):
        """What occupies hosts as far as this job cares."""
        return [Interval(self.now, run.start + run.walltime, run.width)
                for run in self.running if run not in self.below(job)]

    def start(self, run):
        self.waiting.remove(run)
        self.running.append(run)
        run.start = self.now

    def kill_for(self, job):
        def lost(run):
            return run.lost_after(self.now - run.start) * run.width

        victims = sorted(self.below(job), key=lambda run: (run.job.priority, lost(run), -run.birth))
        chosen = []
        while self.free() + sum(run.width for run in chosen) < job.width:
            chosen.append(victims[len(chosen)])
        for run in reversed(list(chosen)):
            if self.free() + sum(r.width for r in chosen if r is not run) >= job.width:
                chosen.remove(run)
        self.killed = chosen

    def decide(self):
        plan = []
        for run in sorted(self.waiting, key=lambda run: run.order):
            others = self.busy_to(run) + plan
            if fits(self.case.hosts, others, self.now, run):
                if run.width <= self.free():
                    self.start(run)
                else:
                    self.kill_for(run)
                    return
            elif not plan:
                date = earliest(self.case.hosts, others, self.now, run)
                plan = [Interval(date, date + run.walltime, run.width)]


def read_rows(text):
    rows = {}
    for row in csv.DictReader(text.splitlines()):
        rows[row["job_id"]] = Row(
            row["final_state"], float(row["submission_time"]), float(row["starting_time"]),
            float(row["finish_time"]), list(parse_hosts(row["allocated_resources"])),
            float(row["requested_time"]), json.loads(row["metadata"] or "{}"))
    return rows


def simulate(batsim, folder, case, scheduler, configuration):
    (folder / "w.json").write_text(json.dumps(
        {"nb_res": case.hosts, "jobs": [job.as_json() for job in case.jobs],
         "profiles": {name: profile for job in case.jobs for name, profile in job.profiles().items()}}))
    events = [{"type": kind, "resources": str(host), "timestamp": date}
              for intervals, begin, end in ((case.outages, "host_failure", "host_repair"),
                                            (case.closures, "machine_unavailable", "machine_available"))
              for host, *dates in intervals
              for kind, date in zip((begin, end), dates)]
    (folder / "events.txt").write_text("".join(json.dumps(event) + "\n" for event in events))
    arguments = ["-w", folder / "w.json", "--events", folder / "events.txt"]
    return (run(batsim, arguments, scheduler, configuration, folder / "out") / "jobs.csv").read_text()


def runs_of(case, job, rows):
    """The runs of a job, as its rows are, and as they follow from each other."""
    run = Run(job)
    while run.id in rows:
        row = rows[run.id]
        run.start = row.start
        yield run, row
        run = run.restarted(row.end)


def life_errors(case, job, rows):
    runs = list(runs_of(case, job, rows))
    if not runs:
        yield f"job {job.id} has not run"
        return
    for (run, row), (following, next_row) in zip(runs, runs[1:]):
        if row.state not in ("COMPLETED_KILLED", "COMPLETED_HOST_FAILED"):
            yield f"job {run.id} is restarted, but is {row.state}"
        if row.metadata != {"restarted_as": following.id, "saved": following.saved}:
            yield f"job {run.id} has the metadata {row.metadata}, {following.saved} s are saved"
        if next_row.submit != row.end:
            yield f"job {run.id} ends at {row.end}, is submitted again at {next_row.submit}"
    for run, row in runs:
        walltime = -1 if run.walltime == NEVER else run.walltime
        if row.walltime != walltime or len(row.hosts) != job.width or row.start < row.submit:
            yield f"job {run.id} has the row {row}, its walltime should be {walltime}"
        if row.end - row.start > run.run + 1e-9 * (1 + row.end):
            yield f"job {run.id} runs {row.end - row.start} s, {run.run} are left"
    yield from last_run_errors(case, *runs[-1])


def last_run_errors(case, run, row):
    if row.state == "COMPLETED_HOST_FAILED" and not case.may_restart(run):
        return
    left = run.job.run - run.saved + (run.job.read if run.saved > 0 else 0)
    ends_well = left <= run.walltime
    expected = "COMPLETED_SUCCESSFULLY" if ends_well else "COMPLETED_WALLTIME_REACHED"
    if row.state != expected:
        yield f"job {run.id} is {row.state} at last, should be {expected}"
    if abs(row.end - row.start - run.run) > 1e-9 * (1 + row.end):
        yield f"job {run.id} runs {row.end - row.start} s, {run.run} s are left of it"


def overlap_errors(case, rows):
    of_host = collections.defaultdict(list)
    for name, row in rows.items():
        for host in row.hosts:
            of_host[host].append((row.start, row.end, name))
    for host, failure, repair in case.outages:
        of_host[host].append((failure, repair, "a failure"))
    for host, intervals in of_host.items():
        intervals.sort()
        for (_, end, job), (start, _, other) in zip(intervals, intervals[1:]):
            if start < end:
                yield f"{job} and {other} are both on host {host}"
    for host, closed, opened in case.closures:
        for start, _, job in of_host[host]:
            if closed <= start < opened and job in rows:
                yield f"{job} starts on host {host}, which is closed then"


def waiting_errors(case, rows):
    """The first of the queue waits only if jobs of lower priority do not have enough hosts."""
    runs = [pair for job in case.jobs for pair in runs_of(case, job, rows)]
    dates = {date for _, row in runs for date in (row.submit, row.start, row.end)}
    unusable = case.outages + case.closures
    for date in sorted(dates | {date for interval in unusable for date in interval[1:]}):
        waiting = [run for run, row in runs if row.submit <= date < row.start]
        if not waiting:
            continue
        first = min(waiting, key=lambda run: run.order)
        out_of_reach = {host for host, begin, end in unusable if begin <= date < end}
        for run, row in runs:
            killable = run.job.priority < first.job.priority and case.may_be_killed(run)
            if row.start <= date < row.end and not killable:
                out_of_reach.update(row.hosts)
        if first.width <= case.hosts - len(out_of_reach):
            yield f"job {first.id} waits at {date}, could have enough hosts"


def check(batsim, seed, folder):
    case = Case(seed)
    rows = read_rows(simulate(batsim, folder, case, "preempting", case.configuration()))
    for job in case.jobs:
        yield from life_errors(case, job, rows)
    yield from overlap_errors(case, rows)
    yield from waiting_errors(case, rows)
    if case.fails:
        return
    expected = {name: times for name, *times in BruteForce(case).over}
    found = {name: [row.submit, row.start, row.end] for name, row in rows.items()}
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            yield f"job {name} has {found.get(name)}, by brute force {expected.get(name)}"
    for job in case.jobs:
        job.priority = 0
    configuration = {"allocation": case.allocation}
    if (simulate(batsim, folder, case, "preempting", configuration) !=
            simulate(batsim, folder, case, "easy", configuration)):
        yield "without priorities jobs are not scheduled as under easy"


def main():
    seeds.run(seeds.parser(__doc__, count=1000).parse_args(), check)


if __name__ == "__main__":
    main()
