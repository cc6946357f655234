"""Priorities of age, size, fair share and queue by brute force, to compare the scheduler multifactor with.

Written from its README like policies.py: whenever a priority is asked for, the usage of everybody is summed
up over all jobs that have started.
"""

import collections
import math

from policies import Interval, Machine, earliest, fits, order_key

Job = collections.namedtuple("Job", "id submit width run walltime user queue")
DAY = 86400
RESET_PERIODS = {"NONE": math.inf, "DAILY": DAY, "WEEKLY": 7 * DAY}


class Ambiguous(Exception):
    """Two priorities are so close that their order may depend on the last digit."""


class Priorities:
    """Those at a date, of all jobs."""

    def __init__(self, configuration, jobs, hosts, starts, now):
        self.get = lambda key, otherwise: configuration.get(key, otherwise)
        self.hosts, self.jobs, self.starts = hosts, jobs, starts
        period = self.get("PriorityCalcPeriod", 300)
        self.date = now // period * period if period else now
        self.shares = dict(self.get("Shares", {}))
        for job in jobs:
            if job.submit < self.date or (not period and job.submit == now):
                self.shares.setdefault(job.user, 1)
        self.usage = {user: sum(self.usage_of(job) for job in jobs if job.user == user)
                      for user in self.shares}
        self.known = {}  # priorities by job

    def usage_of(self, job):
        """Host-seconds of it that count at the date."""
        if job.id not in self.starts:
            return 0
        period = RESET_PERIODS[self.get("PriorityUsageResetPeriod", "NONE")]
        reset = self.date // period * period if period < math.inf else 0
        begin = max(self.starts[job.id], reset)
        end = min(self.starts[job.id] + job.run, self.date)
        half_life = self.get("PriorityDecayHalfLife", 7 * DAY)
        if end <= begin:
            return 0
        if half_life == 0:
            return job.width * (end - begin)
        # The integral of what is left at the date of each moment's usage.
        left = [2 ** ((moment - self.date) / half_life) for moment in (begin, end)]
        return job.width * half_life / math.log(2) * (left[1] - left[0])

    def fair_share(self, user):
        shares = self.shares.get(user, 1)
        if shares == 0:
            return 0
        total = sum(self.usage.values())
        if user not in self.shares or total == 0:
            return 1
        share = shares / sum(self.shares.values())
        return 2 ** (-(self.usage[user] / total) / share / self.get("FairShareDampeningFactor", 1))

    def factors(self, job):
        """With their weights."""
        age = (self.date - job.submit) / self.get("PriorityMaxAge", 7 * DAY)
        size = job.width / self.hosts
        queues = self.get("PriorityJobFactor", {})
        highest = max([1, *queues.values()])
        return [(self.get("PriorityWeightAge", 0), min(1, max(0, age))),
                (self.get("PriorityWeightJobSize", 0),
                 1 - size if self.get("PriorityFavorSmall", False) else size),
                (self.get("PriorityWeightFairshare", 0), self.fair_share(job.user)),
                (self.get("PriorityWeightPartition", 0), queues.get(job.queue, 1) / highest)]

    def of(self, job):
        if job.id not in self.known:
            self.known[job.id] = sum(weight * factor for weight, factor in self.factors(job))
        return self.known[job.id]

    def in_order(self, waiting):
        ordered = sorted(waiting, key=lambda job: (-self.of(job), job.id))
        for one, other in zip(ordered, ordered[1:]):
            weighed = [[weight and factor for weight, factor in self.factors(job)]
                       for job in (one, other)]
            if weighed[0] != weighed[1] and math.isclose(self.of(one), self.of(other),
                                                         rel_tol=1e-9, abs_tol=1e-9):
                raise Ambiguous
        return ordered


def multifactor(jobs, hosts, configuration):
    """The start of each job, and its priority then."""
    machine, priorities = Machine(jobs, hosts), {}
    period = configuration.get("PriorityCalcPeriod", 300)
    backfill_order = configuration.get("backfill_order", "priority")
    now = 0

    def calculations():
        return [(now // period + 1) * period] if period and machine.waiting else []

    for now, _ in machine.events(calculations):
        current = Priorities(configuration, jobs, hosts, dict(machine.starts), now)
        plan = []
        waiting = current.in_order(machine.waiting)
        for job in waiting:
            if len(plan) == configuration.get("reservations", 1):
                break
            date = earliest(hosts, machine.busy(now) + plan, now, job)
            if date == now:
                machine.start(job, now)
            else:
                plan.append(Interval(date, date + job.walltime, job.width))
        if backfill_order != "priority":
            waiting.sort(key=order_key(backfill_order, now))
        for job in [job for job in waiting if job in machine.waiting]:
            if fits(hosts, machine.busy(now) + plan, now, job):
                machine.start(job, now)
        for job in waiting:
            if job not in machine.waiting:
                priorities[job.id] = current.of(job)
    return machine.starts, priorities
