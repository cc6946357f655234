#!/usr/bin/env python3
"""Random small workloads, windows and advance reservations under the scheduler `reservations`.

Without windows and reservations it must write the same bytes as `easy` and `conservative`; with windows
on all hosts each job must start when ../reference/reservations.py starts it; with windows on some hosts
what it promises must hold, windows also if hosts fail, and all of it if only hosts fail that take no
jobs. Failures name the seed; run again with --seed <it> --count 1."""

import csv
import json
import math
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "reference"))
import reservations  # noqa: E402
import seeds  # noqa: E402
from policies import Interval, Job  # noqa: E402
from schedule import ALLOCATIONS, parse_hosts, run  # noqa: E402

BRUTE_FORCE = {"easy": reservations.easy, "conservative": reservations.conservative}


class Case:
    """A workload with windows, a function of the seed alone."""

    KINDS = ["no windows", "all hosts", "some hosts", "some hosts", "some hosts, failures",
             "some hosts, other ones fail"]

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.kind = self.KINDS[seed % len(self.KINDS)]
        self.hosts = self.random.randint(1, 12)
        self.exact = self.random.random() < 0.4
        self.length = self.random.choice([10, 30, 100])
        self.horizon, ahead, self.widest = self.length, 40, self.hosts
        if "other ones" in self.kind:  # many reservations wait when they fail
            self.length, self.horizon, ahead = 5, 100, 100
            self.hosts, self.widest = self.random.randint(2, 5), self.random.randint(1, 2)
        drawn = sorted((self.quarters(0, self.length), self.random.randint(1, self.widest),
                        *self.times()) for _ in range(self.random.randint(2, 30)))
        self.jobs = [Job(f"{number:03}", submit, width, min(run, walltime), walltime)
                     for number, (submit, width, run, walltime) in enumerate(drawn)]
        self.runs = {job.id: run for job, (_, _, run, _) in zip(self.jobs, drawn)}
        windows = self.random.randint(0, 3)
        frequency = self.random.choice([0, 0.2, 0.5])
        if self.kind == "no windows":
            windows = frequency = 0
        if "other ones" in self.kind:
            windows, frequency = self.random.randint(1, 6), self.random.choice([0.2, 1])
        self.windows = [self.window() for _ in range(windows)]
        if "other ones" in self.kind:  # the last host never has jobs
            self.windows.append({"start": 0, "end": 1e6, "hosts": str(self.hosts)})
            self.hosts += 1
        self.starts = {job.id: max(0, job.submit + self.quarters(-2, ahead)) for job in self.jobs
                       if self.random.random() < frequency}
        self.configuration = {"backfilling": self.random.choice(["easy", "conservative"]),
                              "allocation": self.random.choice(ALLOCATIONS), "windows": self.windows}
        if self.configuration["backfilling"] == "conservative":
            self.configuration["annotate"] = True

    def quarters(self, least, most):
        """So that sums are exact."""
        return self.random.randint(int(4 * least), int(4 * most)) / 4

    def times(self):
        """Run time and walltime."""
        run = self.quarters(0.25, 60 if "other ones" in self.kind else self.random.choice([3, 20]))
        if self.exact:
            return run, run
        return run, self.random.choice([run, self.quarters(0.25, 40), self.quarters(0.25, 40),
                                        math.inf if self.random.random() < 0.2 else run])

    def window(self):
        window = {"start": self.quarters(0, self.horizon)}
        length = self.quarters(0.25, 20)
        if self.random.random() < 0.5:
            window["duration"] = length
        else:
            window["end"] = window["start"] + length
        if self.random.random() < 0.5:
            window["period"] = length + self.quarters(0, 20)
            window["count"] = self.random.randint(1, 4)
        if "some hosts" in self.kind:
            window["hosts"] = ",".join(
                str(host) for host in self.random.sample(range(self.hosts),
                                                         self.random.randint(1, self.widest)))
        return window

    def failure(self):
        """Of a host, which is repaired later."""
        host = self.hosts - 1 if "other ones" in self.kind else self.random.randrange(self.hosts)
        host, date = str(host), self.quarters(0, 2 * self.length)
        yield {"type": "host_failure", "resources": host, "timestamp": date}
        yield {"type": "host_repair", "resources": host, "timestamp": date + self.quarters(1, 20)}

    def intervals(self):
        """Of all windows: begin, end, hosts."""
        for window in self.windows:
            length = window.get("duration", window.get("end", 0) - window["start"])
            hosts = set(map(int, window["hosts"].split(","))) if "hosts" in window else set(
                range(self.hosts))
            for i in range(window.get("count", 1)):
                begin = window["start"] + i * window.get("period", 0)
                yield begin, begin + length, hosts

    def write(self, folder):
        profiles = {f"d{run}": {"type": "delay", "delay": run} for run in self.runs.values()}
        jobs = [{"id": job.id, "subtime": job.submit, "res": job.width,
                 "profile": f"d{self.runs[job.id]}",
                 "walltime": -1 if job.walltime == math.inf else job.walltime}
                for job in self.jobs]
        for job in jobs:
            if job["id"] in self.starts:
                job["reservation"] = {"start": self.starts[job["id"]]}
        events = [event for _ in range(3) for event in self.failure()]
        (folder / "events.txt").write_text(
            "".join(json.dumps(event) + "\n" for event in events if "fail" in self.kind))
        (folder / "w.json").write_text(
            json.dumps({"nb_res": self.hosts, "jobs": jobs, "profiles": profiles}))


class Row:
    """Of a job that has run."""

    def __init__(self, row):
        self.start, self.end = float(row["starting_time"]), float(row["finish_time"])
        self.hosts = set(parse_hosts(row["allocated_resources"]))
        self.metadata = json.loads(row["metadata"] or "{}")

    def overlaps(self, begin, end, hosts):
        return self.start < end and begin < self.end and not self.hosts.isdisjoint(hosts)


def simulate(batsim, folder, scheduler, configuration):
    arguments = ["-w", folder / "w.json", "--events", folder / "events.txt"]
    return run(batsim, arguments, scheduler, configuration, folder / scheduler) / "jobs.csv"


class Schedule:
    def __init__(self, case, path):
        self.case = case
        with open(path, newline="") as file:
            rows = {row["job_id"]: row for row in csv.DictReader(file)}
        self.rejected = {job for job, row in rows.items() if row["final_state"] == "REJECTED"}
        self.lost = {job for job in self.rejected if "are left" in rows[job]["metadata"]}
        self.rows = {job: Row(row) for job, row in rows.items() if job not in self.rejected}

    def errors(self):
        if self.rejected | self.rows.keys() != {job.id for job in self.case.jobs}:
            yield "not all jobs have run or were rejected"
        yield from self.overlaps()
        yield from self.moved_reservations()
        if "failures" in self.case.kind:
            return
        for job in self.lost:
            yield f"job {job} has lost its reservation, though none of its hosts has failed"
        yield from self.errors_of_rows()
        yield from self.errors_of_reservations()
        yield from self.needless_waits()
        if self.case.configuration["backfilling"] == "easy":
            yield from self.late_starts()
        if self.case.kind == "all hosts":
            yield from self.differences_from_brute_force()

    def errors_of_rows(self):
        for job in self.case.jobs:
            row = self.rows.get(job.id)
            if row is None:
                continue
            if row.start < job.submit:
                yield f"job {job.id} starts before its submission"
            if len(row.hosts) != job.width or not row.hosts <= set(range(self.case.hosts)):
                yield f"job {job.id} has hosts {row.hosts}"
            if "fail" not in self.case.kind and \
                    row.start > row.metadata.get("reserved_start", math.inf):
                yield f"job {job.id} starts after its reservation at the submission"

    def overlaps(self):
        """Of jobs with windows by their walltimes, and with each other."""
        walltimes = {job.id: job.walltime for job in self.case.jobs}
        for job, row in self.rows.items():
            for begin, end, hosts in self.case.intervals():
                if row.start < end and begin < row.start + walltimes[job] and row.hosts & hosts:
                    yield f"job {job} from {row.start} overlaps the window from {begin} to {end}"
            for other, its_row in self.rows.items():
                if job < other and row.overlaps(its_row.start, its_row.end, its_row.hosts):
                    yield f"jobs {job} and {other} share a host"

    def moved_reservations(self):
        for job, start in self.case.starts.items():
            if job in self.rows and self.rows[job].start != start:
                yield f"job {job} starts at {self.rows[job].start}, not at {start}"

    def errors_of_reservations(self):
        for job in self.case.jobs:
            start = self.case.starts.get(job.id)
            if start is None and job.id in self.rejected:
                yield f"job {job.id} is rejected"
            if start is not None and job.id in self.rejected and self.could_start(job, start):
                yield f"job {job.id} could have its reservation at {start}"

    def could_start(self, job, start):
        """Whether there are hosts that will surely be free, as seen at the submission."""
        if start < job.submit:
            return False
        if self.case.configuration["backfilling"] == "conservative":
            return False  # reservations of waiting jobs are not in the output
        granted = {other for other in self.case.starts if other < job.id}
        running = {other for other, row in self.rows.items() if row.start < job.submit}
        return self.fits(job, job.submit, start, granted | running)

    def fits(self, job, now, start, others):
        """Whether enough hosts are surely free from `start` for its walltime, as is known now, beside
        these jobs and windows. Which hosts a job will have that has not started is not known."""
        free, later, end = set(range(self.case.hosts)), 0, start + job.walltime
        for begin, until, hosts in self.case.intervals():
            if begin < end and start < until:
                free -= hosts
        for other in self.case.jobs:
            row = self.rows.get(other.id)
            if other.id not in others or row is None or row.end <= now or row.start >= end \
                    or start >= row.start + other.walltime:
                continue
            if row.start <= now:
                free -= row.hosts
            else:
                later += other.width
        return len(free) - later >= job.width

    def late_starts(self):
        """Of jobs that start later than they could when they became the first of the queue."""
        queue = [job for job in self.case.jobs if job.id not in self.case.starts]
        now = 0
        for index, job in enumerate(queue):
            if job.id not in self.rows:
                return
            now = max(now, job.submit)
            start = self.rows[job.id].start
            granted = {other for other in self.case.starts if other in self.rows}
            if start >= now and not any(now < other.submit <= start for other in self.case.jobs
                                        if other.id in granted):
                running = {other for other, row in self.rows.items() if row.start < now}
                running |= {other.id for other in queue[:index]}
                running |= {other for other in granted if self.rows[other].start <= now}
                bound = self.earliest(job, now, granted | running)
                if start > bound:
                    yield f"job {job.id} starts at {start}, was first at {now} with a start at {bound}"
            now = max(now, start)

    def earliest(self, job, now, others):
        """A date at which it surely fits beside these jobs and windows, as is known now."""
        dates = {now} | {end for _, end, _ in self.case.intervals()}
        dates |= {self.rows[other.id].start + other.walltime for other in self.case.jobs
                  if other.id in others and other.id in self.rows}
        return min((date for date in dates if now <= date < math.inf
                    and self.fits(job, now, date, others)), default=math.inf)

    def needless_waits(self):
        """EASY keeps the first waiting job waiting only if it does not fit, conservative backfilling
        the only one."""
        dates = {row.start for row in self.rows.values()} | {row.end for row in self.rows.values()}
        dates |= {end for _, end, _ in self.case.intervals()}
        for now in sorted(dates):
            waiting = [job for job in self.case.jobs if job.submit <= now < self.starts_at(job)
                       and job.id not in self.case.starts]
            if not waiting or (len(waiting) > 1 and
                               self.case.configuration["backfilling"] == "conservative"):
                continue
            granted = {job.id for job in self.case.jobs
                       if job.id in self.case.starts and job.submit <= now}
            running = {job for job, row in self.rows.items() if row.start <= now}
            if self.fits(waiting[0], now, now, granted | running):
                yield f"job {waiting[0].id} waits at {now} though it fits"

    def starts_at(self, job):
        return self.rows[job.id].start if job.id in self.rows else -math.inf

    def differences_from_brute_force(self):
        case = self.case
        windows = [Interval(begin, end, case.hosts) for begin, end, _ in case.intervals()]
        expected = BRUTE_FORCE[case.configuration["backfilling"]](case.jobs, case.hosts, windows,
                                                                  case.starts)
        for job in case.jobs:
            start = self.rows[job.id].start if job.id in self.rows else None
            if start != expected.get(job.id):
                yield f"job {job.id} starts at {start}, by brute force at {expected.get(job.id)}"


def differences_from_plain(batsim, folder, case, path):
    scheduler = case.configuration["backfilling"]
    plain = {"allocation": case.configuration["allocation"]}
    if scheduler == "conservative":
        plain["annotate"] = True
    if simulate(batsim, folder, scheduler, plain).read_bytes() != path.read_bytes():
        yield f"without windows the schedule differs from that of {scheduler}"


def check(batsim, seed, folder):
    case = Case(seed)
    case.write(folder)
    try:
        path = simulate(batsim, folder, "reservations", case.configuration)
        yield from Schedule(case, path).errors()
        if case.kind == "no windows":
            yield from differences_from_plain(batsim, folder, case, path)
    except RuntimeError as error:
        yield str(error)


def main():
    seeds.run(seeds.parser(__doc__, count=2000).parse_args(), check)


if __name__ == "__main__":
    main()
