#!/usr/bin/env python3
"""Random small workloads under the schedulers of plugins/: each job must start at the very date at which
../reference/policies.py starts it, and schedules must have the properties that hold for any policy, or
that a policy promises. Half of the workloads have exact walltimes. Failures name the seed; run again
with --seed <it> --count 1."""

import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "reference"))
import policies  # noqa: E402
import seeds  # noqa: E402
from schedule import ALLOCATIONS, simulate  # noqa: E402

ORDERS = ["submission", "shortest", "longest", "smallest", "largest", "smallest-area",
          "largest-area", "wfp3", "unicef", "f1"]


class Case:
    """A workload, a function of the seed alone."""

    def __init__(self, seed):
        self.seed, self.random = seed, random.Random(seed)
        self.hosts = self.random.randint(1, 12)
        self.exact = seed % 2 == 0
        self.has_endless = not self.exact and self.random.random() < 0.2
        self.length = self.random.choice([5, 30, 100])  # of the time in which jobs are submitted
        drawn = sorted((self.quarters(0, self.length), *self.shape())
                       for _ in range(self.random.randint(2, 40)))
        self.jobs = [policies.Job(f"{number:03}", submit, width, min(run, walltime), walltime)
                     for number, (submit, width, run, walltime) in enumerate(drawn)]
        self.runs = [run for _, _, run, _ in drawn]

    def quarters(self, least, most):
        """So that sums are exact."""
        return self.random.randint(int(4 * least), int(4 * most)) / 4

    def shape(self):
        run = self.quarters(0.25, self.random.choice([3, 20]))
        walltime = run
        if not self.exact:
            walltime = self.random.choice([run, self.quarters(0.25, 40)])
        if self.has_endless and self.random.random() < 0.3:
            walltime = float("inf")
        return self.random.randint(1, self.hosts), run, walltime

    def write(self, path):
        profiles = {f"d{run}": {"type": "delay", "delay": run} for run in self.runs}
        jobs = [{"id": job.id, "subtime": job.submit, "res": job.width, "profile": f"d{run}",
                 "walltime": -1 if job.walltime == float("inf") else job.walltime}
                for job, run in zip(self.jobs, self.runs)]
        path.write_text(json.dumps({"nb_res": self.hosts, "jobs": jobs, "profiles": profiles}))

    def settings(self):
        """Scheduler, its configuration, and what gives the right starts if only one thing does."""
        queue, backfill = self.random.choice(ORDERS), self.random.choice(ORDERS)
        reservations = self.random.choice([1, 1, 2, 3, 100])
        yield "easy", {}, policies.easy
        yield ("easy", {"queue_order": queue, "backfill_order": backfill,
                        "reservations": reservations},
               lambda *case: policies.easy(*case, queue, backfill, reservations))
        yield "conservative", {"annotate": True}, policies.conservative
        yield ("conservative", {"annotate": True, "compression": False},
               lambda *case: policies.conservative(*case, compression=False))
        yield "filler", {"queue_order": queue}, lambda *case: policies.filler(*case, queue)
        yield "random", {"allocation": self.random.choice(["random", *ALLOCATIONS])}, None


def late_starts(schedule):
    """Jobs that start after the date that was reserved at their submission."""
    for job, metadata in schedule.metadata.items():
        reserved = metadata.get("reserved_start", float("inf"))
        if schedule.starts[job] > reserved:
            yield f"job {job} starts at {schedule.starts[job]}, reserved was {reserved}"


def idle_errors(case, schedule):
    """Policies without reservations never leave a job waiting for which there are enough free hosts."""
    events = sorted({*schedule.starts.values(), *schedule.ends.values()})
    for date in events:
        busy = sum(job.width for job in case.jobs
                   if schedule.starts[job.id] <= date < schedule.ends[job.id])
        for job in case.jobs:
            if job.submit <= date < schedule.starts[job.id] and job.width <= case.hosts - busy:
                yield f"job {job.id} waits at {date} with {case.hosts - busy} free hosts"


def errors_of(case, scheduler, schedule, reference):
    yield from schedule.errors(case.jobs, case.hosts)
    if reference is not None:
        expected = reference(case.jobs, case.hosts)
        for job in case.jobs:
            if schedule.starts.get(job.id) != expected.get(job.id):
                yield (f"job {job.id} starts at {schedule.starts.get(job.id)}, "
                       f"by brute force at {expected.get(job.id)}")
    if scheduler == "conservative":
        yield from late_starts(schedule)
    if scheduler in ("filler", "random"):
        yield from idle_errors(case, schedule)


def check(batsim, seed, folder):
    case = Case(seed)
    case.write(folder / "w.json")
    for scheduler, configuration, reference in case.settings():
        if scheduler != "random":
            configuration["allocation"] = case.random.choice(ALLOCATIONS)
        try:
            schedule = simulate(batsim, ["-w", folder / "w.json"], scheduler, configuration,
                                folder / "out")
        except RuntimeError as error:
            yield f"{scheduler} {json.dumps(configuration)}: {error}"
            continue
        for error in errors_of(case, scheduler, schedule, reference):
            yield f"{scheduler} {json.dumps(configuration)}: {error}"


def main():
    seeds.run(seeds.parser(__doc__, count=2000).parse_args(), check)


if __name__ == "__main__":
    main()
