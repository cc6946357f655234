"""Scheduling policies by brute force, to compare the schedulers of plugins/ with.

Written from their READMEs to be obviously right, with nothing in common with them: a plan is a list of
intervals, and to see whether a job fits, all of them are looked at. Each function takes jobs in the order
of submission and gives the start of each by its id.
"""

import collections
import math

Job = collections.namedtuple("Job", "id submit width run walltime")  # run: at most the walltime
Interval = collections.namedtuple("Interval", "start end width")


def fits(hosts, intervals, start, job):
    """Whether the job can run from `start` to its walltime beside the intervals."""
    end = start + job.walltime
    dates = [start] + [i.start for i in intervals if start < i.start < end]
    return all(job.width + sum(i.width for i in intervals if i.start <= date < i.end) <= hosts
               for date in dates)


def earliest(hosts, intervals, now, job):
    dates = sorted({now} | {i.end for i in intervals if now < i.end < math.inf})
    return next((date for date in dates if fits(hosts, intervals, date, job)), math.inf)


def order_key(order, now):
    def wfp3(job):
        return -(((now - job.submit) / job.walltime) ** 3 * job.width)

    def unicef(job):
        if job.width == 1:
            return -math.inf
        return -((now - job.submit) / (math.log2(job.width) * job.walltime))

    scores = {
        "submission": lambda job: 0,
        "shortest": lambda job: job.walltime,
        "longest": lambda job: -job.walltime,
        "smallest": lambda job: job.width,
        "largest": lambda job: -job.width,
        "smallest-area": lambda job: job.width * job.walltime,
        "largest-area": lambda job: -job.width * job.walltime,
        "wfp3": wfp3,
        "unicef": unicef,
        "f1": lambda job: math.log10(job.walltime) * job.width
                          + 870 * math.log10(max(job.submit, 1)),
    }
    return lambda job: (scores[order](job), job.id)


class Machine:
    """Hosts, the jobs that run on them, and those that wait."""

    def __init__(self, jobs, hosts):
        self.coming, self.hosts = list(jobs), hosts
        self.waiting, self.running, self.starts = [], [], {}

    def busy(self, now):
        """What running jobs occupy as far as their walltimes tell."""
        return [Interval(now, self.starts[job.id] + job.walltime, job.width)
                for job in self.running]

    def start(self, job, now):
        self.waiting.remove(job)
        self.running.append(job)
        self.starts[job.id] = now
        assert sum(other.width for other in self.running) <= self.hosts

    def free(self):
        return self.hosts - sum(job.width for job in self.running)

    def events(self, more_dates=lambda: []):
        """Each date at which something happens, after it has happened; jobs that have come."""
        while True:
            dates = [self.starts[job.id] + job.run for job in self.running] + more_dates()
            if self.coming:
                dates.append(self.coming[0].submit)
            dates = [date for date in dates if date < math.inf]
            if not dates:
                return
            now = min(dates)
            self.running = [j for j in self.running if self.starts[j.id] + j.run > now]
            come = []
            while self.coming and self.coming[0].submit == now:
                come.append(self.coming.pop(0))
            self.waiting += come
            yield now, come


def easy(jobs, hosts, queue_order="submission", backfill_order="submission", reservations=1):
    machine = Machine(jobs, hosts)
    for now, _ in machine.events():
        plan = []
        for job in sorted(machine.waiting, key=order_key(queue_order, now)):
            if len(plan) == reservations:
                break
            date = earliest(hosts, machine.busy(now) + plan, now, job)
            if date == now:
                machine.start(job, now)
            else:
                plan.append(Interval(date, date + job.walltime, job.width))
        for job in sorted(machine.waiting, key=order_key(backfill_order, now)):
            if fits(hosts, machine.busy(now) + plan, now, job):
                machine.start(job, now)
    return machine.starts


def filler(jobs, hosts, queue_order="submission"):
    machine = Machine(jobs, hosts)
    for now, _ in machine.events():
        for job in sorted(machine.waiting, key=order_key(queue_order, now)):
            if job.width <= machine.free():
                machine.start(job, now)
    return machine.starts


def conservative(jobs, hosts, compression=True):
    machine = Machine(jobs, hosts)
    reserved = {}  # start by job

    def earliest_beside_others(job, now):
        others = [Interval(start, start + other.walltime, other.width)
                  for other, start in reserved.items() if other != job]
        return earliest(hosts, machine.busy(now) + others, now, job)

    def compress(now):
        moved = True
        while moved:
            moved = False
            for _, _, job in sorted((start, job.id, job) for job, start in reserved.items()):
                date = earliest_beside_others(job, now)
                if date < reserved[job]:
                    reserved[job], moved = date, True

    for now, come in machine.events(lambda: list(reserved.values())):
        if compression:
            compress(now)
        for job in [job for job in machine.waiting if job in come or reserved[job] == math.inf]:
            reserved[job] = earliest_beside_others(job, now)
        for job in [job for job in machine.waiting if reserved[job] <= now]:
            del reserved[job]
            machine.start(job, now)
    return machine.starts
