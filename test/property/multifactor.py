#!/usr/bin/env python3
"""The scheduler multifactor. On small random workloads each job must start when, and with the priority
with which, ../reference/multifactor.py starts it, and one weight alone must give the order that it
stands for. On long ones, whose users always have jobs waiting, what each has used must come to be in
proportion to the shares. Failures name the seed; run again with --seed <it> --count 1."""

import json
import math
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "reference"))
import multifactor  # noqa: E402
import policies  # noqa: E402
import seeds  # noqa: E402
from multifactor import DAY, Job  # noqa: E402
from schedule import simulate  # noqa: E402

ORDERS = ["priority", "submission", "shortest", "largest", "wfp3"]
TOLERANCE = 0.025  # of parts of the usage, which add up to 1


class Case:
    """A workload and configurations, functions of the seed alone. That of odd seeds is a log."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.hosts = self.random.randint(1, 10)
        self.is_log = seed % 2 == 1
        self.length = self.random.choice([10, 100, 3 * DAY])  # in which jobs are submitted
        users = ["0", "1", "2", ""] if self.is_log else ["0", "alice", "bob", ""]
        queues = ["0", "1", "7", ""] if self.is_log else ["0", "long", "short", ""]
        self.users = self.random.sample(users, self.random.randint(1, len(users)))
        self.queues = self.random.sample(queues, self.random.randint(1, len(queues)))
        drawn = sorted((self.random.randint(0, self.length), number)
                       for number in range(self.random.randint(2, 40)))
        self.jobs = [self.job(f"{number + 100}", submit)
                     for number, (submit, _) in enumerate(drawn)]

    def job(self, identifier, submit):
        run = self.random.randint(1, max(1, self.length // self.random.choice([3, 10])))
        walltime = self.random.choice([run, run + self.random.randint(0, self.length)])
        return Job(identifier, submit, self.random.randint(1, self.hosts), run, walltime,
                   self.random.choice(self.users), self.random.choice(self.queues))

    def arguments(self, folder):
        """Of the program; writes the workload."""
        if self.is_log:
            (folder / "w.swf").write_text("".join(map(swf_line, self.jobs)))
            return ["-w", folder / "w.swf", "--hosts", str(self.hosts)]
        profiles = {f"d{job.run}": {"type": "delay", "delay": job.run} for job in self.jobs}
        (folder / "w.json").write_text(json.dumps(
            {"nb_res": self.hosts, "jobs": list(map(json_job, self.jobs)), "profiles": profiles}))
        return ["-w", folder / "w.json"]

    def configuration(self):
        pick = self.random.choice
        return {"PriorityWeightAge": pick([0, 1, 1000]),
                "PriorityWeightJobSize": pick([0, 1, 300]),
                "PriorityWeightFairshare": pick([0, 1, 2000]),
                "PriorityWeightPartition": pick([0, 1, 500]),
                "PriorityMaxAge": pick([1, self.length / 3 + 1, 7 * DAY]),
                "PriorityFavorSmall": pick([True, False]),
                "PriorityJobFactor": {queue: pick([0, 1, 10, 50])
                                      for queue in self.queues if pick([True, False])},
                "PriorityDecayHalfLife": pick([0, self.length / 4, 7 * DAY]),
                "PriorityUsageResetPeriod": pick(["NONE", "DAILY", "WEEKLY"]),
                "PriorityCalcPeriod": pick([0, max(1, self.length / 40), self.length / 5]),
                "FairShareDampeningFactor": pick([1, 1, 5]),
                "Shares": {user: pick([0, 1, 2, 7])
                           for user in [*self.users, "nobody"] if pick([True, False])},
                "reservations": pick([1, 1, 3]),
                "backfill_order": pick(ORDERS)}

    def lone_weights(self):
        """Configurations in which one weight decides, and what gives the starts."""
        def easy(order):
            return lambda: policies.easy(self.jobs, self.hosts, order, order)

        yield {}, easy("submission")
        yield {"PriorityWeightAge": 1000, "PriorityMaxAge": 100 * DAY}, easy("submission")
        yield {"PriorityWeightJobSize": 1000}, easy("largest")
        yield {"PriorityWeightJobSize": 1000, "PriorityFavorSmall": True}, easy("smallest")
        yield ({"PriorityWeightPartition": 1000,
                "PriorityJobFactor": {queue: rank + 2 for rank, queue in enumerate(self.queues)}},
               self.by_queue)

    def by_queue(self):
        """As if jobs of better queues had lower ids."""
        better = {queue: len(self.queues) - rank for rank, queue in enumerate(self.queues)}
        renamed = [job._replace(id=(better[job.queue], job.id)) for job in self.jobs]
        return {job: start for (_, job), start in policies.easy(renamed, self.hosts).items()}


def number(text):
    return text or "-1"


def swf_line(job):
    return (f"{job.id} {job.submit} -1 {job.run} {job.width} -1 -1 {job.width} {job.walltime} -1 1 "
            f"{number(job.user)} -1 -1 {number(job.queue)} -1 -1 -1\n")


def json_job(job):
    members = {"id": job.id, "subtime": job.submit, "res": job.width, "profile": f"d{job.run}",
               "walltime": job.walltime}
    for key, value in (("user", job.user), ("queue", job.queue)):
        if value:
            members[key] = int(value) if value.isdigit() else value
    return members


# ---- Small workloads, exactly ---------------------------------------------------------------------

def run(batsim, folder, case, configuration):
    return simulate(batsim, case.arguments(folder), "multifactor", configuration, folder / "out")


def differences(starts, expected):
    for job, start in expected.items():
        if starts.get(job) != start:
            yield f"job {job} starts at {starts.get(job)}, by brute force at {start}"


def exact_errors(batsim, seed, folder):
    case = Case(seed)
    configuration = {**case.configuration(), "annotate": True}
    try:
        starts, priorities = multifactor.multifactor(
            case.jobs, case.hosts, {k: v for k, v in configuration.items() if k != "annotate"})
    except multifactor.Ambiguous:
        starts, priorities = {}, {}
    schedule = run(batsim, folder, case, configuration)
    errors = [*schedule.errors(case.jobs, case.hosts), *differences(schedule.starts, starts)]
    errors += [f"job {job} has priority {schedule.metadata[job]['priority']}, not {priority}"
               for job, priority in priorities.items()
               if not math.isclose(schedule.metadata[job]["priority"], priority, rel_tol=1e-9,
                                   abs_tol=1e-9)]
    yield from (f"{error}, with {json.dumps(configuration)}" for error in errors)
    for configuration, reference in case.lone_weights():
        for error in differences(run(batsim, folder, case, configuration).starts, reference()):
            yield f"{error}, with {json.dumps(configuration)}"


# ---- Long workloads: shares -----------------------------------------------------------------------

class CrowdedCase:
    """Users with many jobs each, all of which wait from the beginning."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.hosts = self.random.randint(8, 20)
        self.shares = {str(user): self.random.choice([1, 1, 2, 5])
                       for user in range(self.random.randint(2, 5))}
        self.half_life = self.random.choice([0, 2000])
        self.jobs = []
        for user in self.shares:
            longest = self.random.choice([20, 100])  # users differ in that, too
            for _ in range(30000 // longest):
                run = self.random.randint(1, longest)
                self.jobs.append(Job(str(len(self.jobs) + 1), 0, self.random.randint(1, 2), run,
                                     run * self.random.choice([1, 3]), user, "0"))

    def configuration(self):
        return {"PriorityWeightFairshare": 1000, "PriorityCalcPeriod": self.random.choice([0, 10]),
                "PriorityDecayHalfLife": self.half_life, "Shares": self.shares}


def share_errors(batsim, seed, folder):
    case = CrowdedCase(seed)
    (folder / "w.swf").write_text("".join(map(swf_line, case.jobs)))
    configuration = case.configuration()
    schedule = simulate(batsim, ["-w", folder / "w.swf", "--hosts", str(case.hosts)], "multifactor",
                        configuration, folder / "out")
    # Until then all users have jobs waiting.
    date = min(max(schedule.starts[job.id] for job in case.jobs if job.user == user)
               for user in case.shares)
    usage = multifactor.Priorities(configuration, case.jobs, case.hosts, schedule.starts, date).usage
    for user, shares in case.shares.items():
        part, fair = usage[user] / sum(usage.values()), shares / sum(case.shares.values())
        if abs(part - fair) > TOLERANCE:
            yield (f"user {user} has used {part:.4f} of all until {date}, the share is {fair:.4f}, "
                   f"with {json.dumps(configuration)}")


def main():
    parser = seeds.parser(__doc__, count=500)
    parser.add_argument("--every", type=int, default=5, help="one in so many has a long workload too")
    options = parser.parse_args()

    def check(batsim, seed, folder):
        yield from exact_errors(batsim, seed, folder)
        if seed % options.every == 0 or options.count == 1:
            yield from share_errors(batsim, seed, folder)

    seeds.run(options, check)


if __name__ == "__main__":
    main()
