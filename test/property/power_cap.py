#!/usr/bin/env python3
"""Random small platforms, workloads and caps under the scheduler `power-cap`.

The power, computed here from the rows of jobs and pstates, is never above the cap, nor is the one that the
simulator has measured, also if hosts fail. Every job that can run at all does. With a cap that never binds
the schedule is that of `easy`; without lower pstates on hosts that are alike each job starts when
../reference/reservations.py starts it. Failures name the seed; run again with --seed <it> --count 1."""

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
from schedule import parse_hosts, run  # noqa: E402

ROUNDING = 1e-3  # W; the simulator measures joules


class Kind:
    """Hosts that are alike: for each pstate flop/s, idle and busy watts; before them, maybe, three pstates
    for sleeping."""

    def __init__(self, dice):
        speeds = sorted(dice.sample(range(1, 9), dice.randint(1, 4)), reverse=True)
        self.pstates = [(speed * 1e9, dice.choice([20, 25]), 50 + 20 * speed + dice.randint(0, 9))
                        for speed in speeds]
        self.first = dice.randrange(len(self.pstates))
        self.asleep = dice.random() < 0.3

    def xml(self, name):
        sleep = [("1f", 5, 5), ("1f", 60, 60), ("1f", 60, 60)] if self.asleep else []
        pstates = sleep + [(f"{speed}f", idle, busy) for speed, idle, busy in self.pstates]
        watts = ",".join(f"{idle}:{busy}" for _, idle, busy in pstates)
        return (f'<host id="{name}" speed="{",".join(speed for speed, _, _ in pstates)}" '
                f'pstate="{self.first + len(sleep)}"><prop id="wattage_per_state" value="{watts}"/>'
                + ('<prop id="sleep_pstates" value="0:1:2"/>' if self.asleep else "") + "</host>")

    def pstate(self, number):
        return self.pstates[number - (3 if self.asleep else 0)]

    def levels(self, lower):
        """Speeds and watts that jobs may have."""
        first = self.pstates[self.first]
        return [first] + [p for p in self.pstates if lower and p[0] < first[0]]

    def idle(self, lower):
        return max(idle for _, idle, _ in self.levels(lower))


class Case:
    """A platform, a workload and a cap, a function of the seed alone."""

    def __init__(self, seed):
        self.random = dice = random.Random(seed)
        kinds = [Kind(dice) for _ in range(dice.choice([1, 1, 2]))]
        self.hosts = [dice.choice(kinds) for _ in range(dice.randint(1, 10))]
        self.is_uniform = len(set(self.hosts)) == 1
        self.lower = dice.random() < 0.6
        length = dice.choice([10, 50])
        drawn = sorted((dice.randint(0, 4 * length) / 4, dice.randint(1, len(self.hosts)),
                        dice.choice(["compute", "delay"]), dice.randint(1, 40))
                       for _ in range(dice.randint(2, 25)))
        self.jobs = [self.job(number, *shape) for number, shape in enumerate(drawn)]
        self.binds = dice.random() < 0.8
        self.idle = sum(host.idle(self.lower) for host in self.hosts)
        self.most = self.idle + sum(max(busy for _, _, busy in host.pstates) for host in self.hosts)
        self.caps = self.draw_caps(length)
        self.events = [event for _ in range(dice.choice([0, 0, 0, 3]))
                       for event in self.failure(length)]
        self.configuration = {"lower_pstates": self.lower, "cap": self.caps[0][1]} if (
            len(self.caps) == 1) else {"lower_pstates": self.lower, "cap": [
                {"from": date, "watts": watts} for date, watts in self.caps]}

    def job(self, number, submit, width, kind, amount):
        """The run time is `amount` s in the first pstate of the slowest host, or less."""
        speed = min(host.pstates[host.first][0] for host in self.hosts)
        walltime = amount * self.random.choice([1, 1, 1.5, 3])
        profile = {"type": "delay", "delay": amount} if kind == "delay" else {
            "type": "parallel_homogeneous", "cpu": amount * speed, "com": 0}
        return {"id": f"{number:03}", "subtime": submit, "res": width, "profile": f"p{number}",
                "walltime": walltime, "shape": profile, "amount": amount}

    def failure(self, length):
        """Of a host, which is repaired later."""
        host, date = str(self.random.randrange(len(self.hosts))), self.random.randint(0, 2 * length)
        yield {"type": "host_failure", "resources": host, "timestamp": date}
        yield {"type": "host_repair", "resources": host,
               "timestamp": date + self.random.randint(1, length)}

    def draw_caps(self, length):
        if not self.binds:
            return [(0, self.most)]
        dates = [0] + sorted(self.random.sample(range(1, 4 * length),
                                                self.random.choice([0, 0, 1, 3])))
        return [(date, self.random.randint(self.idle, self.most)) for date in dates]

    def cap(self, date):
        return next(watts for since, watts in reversed(self.caps) if since <= date)

    def write(self, folder):
        hosts = "\n".join(host.xml(f"host{i}") for i, host in enumerate(self.hosts))
        (folder / "p.xml").write_text(
            "<?xml version='1.0'?>\n<!DOCTYPE platform SYSTEM "
            '"https://simgrid.org/simgrid.dtd">\n<platform version="4.1"><zone id="z" '
            f'routing="None">\n{hosts}\n</zone></platform>\n')
        jobs = [{key: value for key, value in job.items() if key not in ("shape", "amount")}
                for job in self.jobs]
        (folder / "events.txt").write_text(
            "".join(json.dumps(event) + "\n" for event in self.events))
        profiles = {job["profile"]: job["shape"] for job in self.jobs}
        (folder / "w.json").write_text(
            json.dumps({"nb_res": len(self.hosts), "jobs": jobs, "profiles": profiles}))

    def speeds(self):
        """Slowdowns, and what the hosts that are not slowed down more draw then, beyond idle ones."""
        for level in range(4):
            hosts = []
            for host in self.hosts:
                levels = host.levels(self.lower)
                speed, _, busy = levels[min(level, len(levels) - 1)]
                hosts.append((levels[0][0] / speed, busy - host.idle(self.lower)))
            for slowdown in {slowdown for slowdown, _ in hosts}:
                yield slowdown, [watts for its, watts in hosts if its <= slowdown]

    def can_run(self, job, since=0):
        """Alone, at some date and in some pstate."""
        dates = [max(job["subtime"], since, date) for date, _ in self.caps]
        for slowdown, watts in self.speeds():
            power = self.idle + sum(sorted(watts)[:job["res"]])
            end = job["walltime"] * slowdown
            if len(watts) >= job["res"] and any(power <= min([self.cap(date)] + [cap for since, cap in self.caps
                                                    if date < since < date + end])
                   for date in dates):
                return True
        return False


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


class Result:
    def __init__(self, case, folder):
        self.case = case
        rows = read(folder / "jobs.csv")
        self.rejected = {row["job_id"] for row in rows if row["final_state"] == "REJECTED"}
        self.too_late = {row["job_id"] for row in rows if "no longer" in row["metadata"]}
        self.rows = {row["job_id"]: row for row in rows if row["job_id"] not in self.rejected}
        self.runs = [self.run(row) for row in self.rows.values()]
        self.energy = read(folder / "consumed_energy.csv")
        self.pstates = [(float(row["time"]), set(parse_hosts(row["machine_id"])),
                         int(row["new_pstate"])) for row in read(folder / "pstate_changes.csv")]

    def run(self, row):
        """Start, end, end by the walltime, hosts."""
        start = float(row["starting_time"])
        return (start, float(row["finish_time"]), start + self.walltime(row),
                set(parse_hosts(row["allocated_resources"])))

    @staticmethod
    def walltime(row):
        return json.loads(row["metadata"] or "{}").get("stretched_walltime",
                                                       float(row["requested_time"]))

    def errors(self):
        yield from self.powers_above_cap()
        yield from self.measured_powers_above_cap()
        yield from self.overlaps()
        if self.case.events:
            return
        yield from self.errors_of_jobs()
        if self.case.is_uniform:
            yield from self.needless_waits()
        if self.case.is_uniform and not self.too_late:
            yield from self.late_starts()
        if self.case.is_uniform and not self.case.lower and not self.too_late:
            yield from self.differences_from_brute_force()

    def differences_from_brute_force(self):
        """The cap is the same as windows on so many hosts that the others may all be busy."""
        case, count = self.case, len(self.case.hosts)
        over_idle = case.hosts[0].levels(False)[0][2] - case.hosts[0].idle(False)
        ends = [date for date, _ in case.caps[1:]] + [math.inf]
        windows = [Interval(date, end, count - min(count, (watts - case.idle) // over_idle))
                   for (date, watts), end in zip(case.caps, ends)]
        jobs = [Job(job["id"], job["subtime"], job["res"], job["amount"], job["walltime"])
                for job in case.jobs if job["id"] not in self.rejected]
        expected = reservations.easy(jobs, count, windows, {})
        for job in jobs:
            start = float(self.rows[job.id]["starting_time"])
            if start != expected[job.id]:
                yield f"job {job.id} starts at {start}, by brute force at {expected[job.id]}"

    def errors_of_jobs(self):
        for job in self.case.jobs:
            row = self.rows.get(job["id"])
            since = self.case.caps[-1][0] if job["id"] in self.too_late else 0
            if (row is not None) != self.case.can_run(job, since):
                yield f"job {job['id']} {'runs' if row else 'does not run'}"
            if row is not None and row["final_state"] != "COMPLETED_SUCCESSFULLY":
                yield f"job {job['id']}: {row['final_state']}"
            if row is not None and float(row["execution_time"]) > self.walltime(row) * (1 + 1e-9):
                yield f"job {job['id']} ran longer than its walltime"
            if row is not None and int(row["requested_number_of_resources"]) != job["res"]:
                yield f"job {job['id']} has another width"

    def overlaps(self):
        for number, (start, end, _, hosts) in enumerate(self.runs):
            for begin, until, _, others in self.runs[:number]:
                if start < until and begin < end and hosts & others:
                    yield f"two jobs share a host at {max(start, begin)}"

    def powers_above_cap(self):
        """If each job draws as much as it can."""
        dates = {date for date, _ in self.case.caps} | {date for date, _, _ in self.pstates}
        for start, end, _, _ in self.runs:
            dates |= {start, end}
        pstates, changes = {}, sorted(self.pstates, key=lambda change: change[0])
        for date in sorted(dates):
            while changes and changes[0][0] <= date:
                _, hosts, pstate = changes.pop(0)
                pstates.update(dict.fromkeys(hosts, pstate))
            busy = set().union(*(hosts for start, end, _, hosts in self.runs
                                 if start <= date < end))
            power = 0
            for host, kind in enumerate(self.case.hosts):
                _, idle, full = kind.pstate(pstates[host])
                power += full if host in busy else idle
            if power > self.case.cap(date):
                yield f"{power} W at {date}, the cap is {self.case.cap(date)} W"

    def measured_powers_above_cap(self):
        for before, row in zip(self.energy, self.energy[1:]):
            begin, end = float(before["time"]), float(row["time"])
            if end - begin < 1e-6:
                continue
            cap = min([self.case.cap(begin)] + [watts for since, watts in self.case.caps
                                                if begin < since < end])
            power = (float(row["energy"]) - float(before["energy"])) / (end - begin)
            if power > cap + ROUNDING:
                yield f"{power} W were measured from {begin} to {end}, the cap is {cap} W"

    def late_starts(self):
        """Of jobs that start later than they could when they became the first of the queue."""
        first, before = 0, set()
        for job in self.case.jobs:
            row = self.rows.get(job["id"])
            if row is None:
                continue
            first, start = max(first, job["subtime"]), float(row["starting_time"])
            bound = self.earliest(job, first, [
                other for name, other in self.rows.items()
                if float(other["starting_time"]) < first or name in before])
            if start > bound + 1e-6:
                yield f"job {job['id']} starts at {start}, was first at {first} with a start at {bound}"
            first = max(first, start)
            before.add(job["id"])

    def earliest(self, job, now, others):
        """At which it fits beside these jobs, at some speed."""
        kind, caps = self.case.hosts[0], [date for date, _ in self.case.caps]
        levels = kind.levels(self.case.lower)
        running = [(end, len(hosts), self.over_idle(start, hosts))
                   for start, _, end, hosts in map(self.run, others)]
        busy = [(end, count * watts) for end, count, watts in running]
        dates = {now} | set(caps) | {end for end, _, _ in running}
        for date in sorted(date for date in dates if date >= now):
            free = len(self.case.hosts) - sum(count for end, count, _ in running if end > date)
            for speed, _, watts in levels if free >= job["res"] else []:
                end = date + job["walltime"] * levels[0][0] / speed
                power = job["res"] * (watts - kind.idle(self.case.lower))
                if all(self.case.idle + power + sum(drawn for until, drawn in busy if until > step)
                       <= self.case.cap(step)
                       for step in [date] + [cap for cap in caps if date < cap < end]):
                    return date
        return math.inf

    def over_idle(self, start, hosts):
        """What each host of a job draws more than an idle one."""
        pstate = [pstate for date, changed, pstate in self.pstates
                  if date <= start and min(hosts) in changed][-1]
        kind = self.case.hosts[0]
        return kind.pstate(pstate)[2] - kind.idle(self.case.lower)

    def needless_waits(self):
        """The first waiting job does not wait at full speed for nothing."""
        first = self.case.hosts[0].levels(False)[0]
        over_idle = first[2] - self.case.hosts[0].idle(self.case.lower)
        for date in sorted({end for _, end, _, _ in self.runs} | {d for d, _ in self.case.caps}):
            waiting = [job for job in self.case.jobs if job["id"] in self.rows and job["subtime"]
                       <= date < float(self.rows[job["id"]]["starting_time"])]
            if waiting and self.fits(waiting[0], date, over_idle):
                yield f"job {waiting[0]['id']} waits at {date} though it fits"

    def fits(self, job, now, over_idle):
        running = [run for run in self.runs if run[0] <= now < run[1]]
        if len(self.case.hosts) - sum(len(run[3]) for run in running) < job["res"]:
            return False
        lower = [busy for _, _, busy in self.case.hosts[0].levels(self.case.lower)]
        for date in [now] + [d for d, _ in self.case.caps if now < d < now + job["walltime"]]:
            # Upper bound: at full speed, as what is running may do.
            busy = sum(len(hosts) for _, _, end, hosts in running if end > date or date == now)
            if self.case.idle + busy * (max(lower) - self.case.hosts[0].idle(self.case.lower)) \
                    + job["res"] * over_idle > self.case.cap(date):
                return False
        return True


def simulate(batsim, folder, scheduler, configuration, out):
    return run(batsim, ["-p", folder / "p.xml", "-w", folder / "w.json", "--energy", "--trace-hosts",
                        "--events", folder / "events.txt"], scheduler, configuration, folder / out)


def check(batsim, seed, folder):
    case = Case(seed)
    case.write(folder)
    try:
        out = simulate(batsim, folder, "power-cap", case.configuration, "out")
        yield from Result(case, out).errors()
        if not case.binds and case.is_uniform:
            plain = simulate(batsim, folder, "easy", {}, "easy")
            if (plain / "jobs.csv").read_bytes() != (out / "jobs.csv").read_bytes():
                yield "the schedule differs from that of easy, though the cap never binds"
    except RuntimeError as error:
        yield str(error)


def main():
    seeds.run(seeds.parser(__doc__, count=1000).parse_args(), check)


if __name__ == "__main__":
    main()
