"""Backfilling beside windows and advance reservations by brute force, to compare the schedulers
`reservations` and `power-cap` with. Windows are intervals with a number of hosts: which hosts a job gets
makes no difference here.

`policies.py` has what is used here; `starts` is a dict from the ids of jobs with an advance reservation to
its begin. Each function gives the start of each job by its id; rejected jobs are left out.
"""

import math

from policies import Interval, Machine, earliest, fits, order_key


class Reserved:
    """Windows, and advance reservations that were granted."""

    def __init__(self, jobs, hosts, windows, starts):
        self.machine, self.hosts, self.starts, self.now = Machine(jobs, hosts), hosts, starts, 0
        self.windows = windows
        self.granted = []

    def dates(self):
        dates = [self.starts[job.id] for job in self.granted]
        dates += [window.end for window in self.windows] if self.machine.waiting else []
        return [date for date in dates if date > self.now]

    def events(self, more_dates=lambda: []):
        for now, come in self.machine.events(lambda: self.dates() + more_dates()):
            self.now = now
            yield now, come

    def taken(self, now):
        """Without reservations of other jobs."""
        return self.machine.busy(now) + self.windows + [
            Interval(self.starts[job.id], self.starts[job.id] + job.walltime, job.width)
            for job in self.granted]

    def request(self, job, now, plan):
        self.machine.waiting.remove(job)
        start = self.starts[job.id]
        if start >= now and fits(self.hosts, self.taken(now) + plan, start, job):
            self.granted.append(job)

    def start_granted(self, now):
        for job in [job for job in self.granted if self.starts[job.id] == now]:
            self.granted.remove(job)
            self.machine.waiting.append(job)
            self.machine.start(job, now)


def easy(jobs, hosts, windows, starts):
    reserved = Reserved(jobs, hosts, windows, starts)
    machine = reserved.machine
    for now, come in reserved.events():
        for job in [job for job in come if job.id in starts]:
            reserved.request(job, now, [])
        reserved.start_granted(now)
        plan = []
        for job in sorted(machine.waiting, key=order_key("submission", now)):
            date = earliest(hosts, reserved.taken(now) + plan, now, job)
            if date == now:
                machine.start(job, now)
            elif not plan:
                plan.append(Interval(date, date + job.walltime, job.width))
    return machine.starts


def conservative(jobs, hosts, windows, starts):
    reserved = Reserved(jobs, hosts, windows, starts)
    machine = reserved.machine
    plan = {}  # start by job

    def intervals(but=None):
        return [Interval(start, start + job.walltime, job.width)
                for job, start in plan.items() if job != but and start < math.inf]

    def earliest_for(job, now):
        return earliest(hosts, reserved.taken(now) + intervals(job), now, job)

    def compress(now):
        moved = True
        while moved:
            moved = False
            for _, _, job in sorted((start, job.id, job) for job, start in plan.items()):
                date = earliest_for(job, now)
                if date < plan[job]:
                    plan[job], moved = date, True

    for now, come in reserved.events(lambda: list(plan.values())):
        compress(now)
        for job in come:
            if job.id in starts:
                reserved.request(job, now, intervals())
            else:
                plan[job] = earliest_for(job, now)
        reserved.start_granted(now)
        for job in [job for job in machine.waiting if plan[job] <= now]:
            del plan[job]
            machine.start(job, now)
    return machine.starts
