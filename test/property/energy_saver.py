#!/usr/bin/env python3
"""The scheduler energy-saver on random workloads and platforms: every job ends, and runs on hosts that are on;
spare hosts are kept on; the first job of the queue starts when EASY would start it, or as soon as hosts can be
on; where hosts switch at once, every job starts when easy starts it; and with long gaps between jobs less
energy is used. Failures name the seed; run again with --seed <it> --count 1."""

import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "reference"))
import seeds  # noqa: E402
from policies import Job  # noqa: E402
from schedule import parse_hosts, simulate  # noqa: E402

ORDERS = ["submission", "shortest", "smallest", "largest-area", "wfp3", "f1"]
AT_ONCE = {"switch_on": 0, "switch_off": 0}


class Case:
    """A workload, a platform and a configuration, functions of the seed alone."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.hosts = self.random.randint(1, 12)
        self.switching = self.random.choice([[self.times()], [self.times(), self.times()],
                                             [AT_ONCE, self.times()]])
        self.length = self.random.choice([20, 100, 300])  # of the time in which jobs are submitted
        submits = sorted(self.quarters(0, self.length) for _ in range(self.random.randint(2, 40)))
        self.jobs = [self.job(f"{number:03}", submit) for number, submit in enumerate(submits)]
        self.configuration = {"idle_time": self.random.choice([0, 1, 7.5, 40]),
                              "spare_hosts": self.random.choice([0, 0, 1, 3]),
                              "allocation": self.random.choice(["lowest", "contiguous", "spread"])}
        self.orders = {"reservations": self.random.choice([1, 1, 2, 5]),
                       "queue_order": self.random.choice(ORDERS),
                       "backfill_order": self.random.choice(ORDERS)}

    def quarters(self, least, most):
        """So that sums are exact."""
        return self.random.randint(int(4 * least), int(4 * most)) / 4

    def times(self):
        return {kind: self.random.choice([0.5, 1, 4, 8]) for kind in AT_ONCE}

    def longest_switches(self):
        """Of a host that is just being switched off."""
        return sum(max(times[kind] for times in self.switching) for kind in AT_ONCE)

    def job(self, identifier, submit):
        run = self.quarters(0.25, self.random.choice([3, 30]))
        walltime = self.random.choice([run, run + self.quarters(0, 20)])
        return Job(identifier, submit, self.random.randint(1, self.hosts), run, walltime)


def host_line(number, times):
    """100 W when idle, 10 W when off, at most 120 W when it switches."""
    speeds, watts, sleep = "1Gf", "100:100:200", ""
    if times["switch_on"] > 0:
        speeds += f",1f,{1 / times['switch_off']}f,{1 / times['switch_on']}f"
        watts += ",10:10,80:80,120:120"
        sleep = '<prop id="sleep_pstates" value="1:2:3"/>'
    return (f'<host id="node{number}" speed="{speeds}"><prop id="wattage_per_state" value="{watts}"/>'
            f'<prop id="wattage_off" value="10"/>{sleep}</host>')


def platform(hosts, switching):
    """Hosts in turn have the times in `switching`."""
    lines = [host_line(number, switching[number % len(switching)]) for number in range(hosts)]
    return "\n".join(["<?xml version='1.0'?>",
                      '<!DOCTYPE platform SYSTEM "https://simgrid.org/simgrid.dtd">',
                      '<platform version="4.1"><zone id="site" routing="Full">', *lines,
                      "</zone></platform>"]) + "\n"


def run(batsim, folder, scheduler, configuration, jobs, hosts, switching, *arguments):
    profiles = {f"d{job.run}": {"type": "delay", "delay": job.run} for job in jobs}
    (folder / "w.json").write_text(json.dumps({"nb_res": hosts, "profiles": profiles, "jobs": [
        {"id": job.id, "subtime": job.submit, "res": job.width, "profile": f"d{job.run}",
         "walltime": job.walltime} for job in jobs]}))
    (folder / "p.xml").write_text(platform(hosts, switching))
    return simulate(batsim, ["-p", folder / "p.xml", "-w", folder / "w.json", *arguments],
                    scheduler, configuration, folder / "out")


# ---- States of hosts -------------------------------------------------------------------------------

def states(trace, hosts):
    """The state of each host after each date at which something happens, as the scheduler is told."""
    current, date = {host: "ON" for host in range(hosts)}, 0
    for line in trace.read_text().splitlines():
        entry = json.loads(line)
        if entry["date"] > date:
            yield date, dict(current)
            date = entry["date"]
        if entry.get("event") == "HOSTS_STATE_CHANGED":
            for host in parse_hosts(entry["hosts"].replace(",", " ")):
                current[host] = entry["state"]
    yield date, dict(current)


def state_errors(case, schedule, trace):
    for date, current in states(trace, case.hosts):
        busy = {host for job in case.jobs for host in schedule.hosts[job.id]
                if schedule.starts[job.id] <= date < schedule.ends[job.id]}
        asleep = sorted(host for host in busy if current[host] != "ON")
        if asleep:
            yield f"jobs run on hosts {asleep} at {date}, which are not on"
        idle = [current[host] for host in range(case.hosts) if host not in busy]
        spare = sum(state in ("ON", "SWITCHING_ON") for state in idle)
        possible = sum(state != "SWITCHING_OFF" for state in idle)
        if spare < min(case.configuration["spare_hosts"], possible):
            yield f"{spare} hosts are spare at {date}, {possible} could be"


def switch_off_errors(case, trace):
    """A host is switched off only while enough others without a job are on, or will be."""
    current, busy = {host: "ON" for host in range(case.hosts)}, set()
    for line in trace.read_text().splitlines():
        entry = json.loads(line)
        hosts = set(parse_hosts(entry.get("hosts", "").replace(",", " ")))
        if entry.get("decision") == "execute_job":
            busy.update(hosts)
        elif entry.get("event") == "JOB_COMPLETED":
            busy.difference_update(hosts)
        elif entry.get("event") == "HOSTS_STATE_CHANGED":
            were_on = any(current[host] == "ON" for host in hosts)
            current.update((host, entry["state"]) for host in hosts)
            spare = sum(state in ("ON", "SWITCHING_ON") and host not in busy
                        for host, state in current.items())
            if were_on and spare < case.configuration["spare_hosts"]:
                yield f"hosts {entry['hosts']} are switched off at {entry['date']}, {spare} are spare"


# ---- Dates -----------------------------------------------------------------------------------------

def late_starts(case, schedule):
    """In the order of submission, a job is first when those before it have started. Then it starts at the
    latest when so many hosts have no job, if all last as long as they may, and can be on."""
    first_from = 0
    for job in case.jobs:
        first_from = max(first_from, job.submit)
        running = sorted((schedule.starts[other.id] + other.walltime, other.width)
                         for other in case.jobs
                         if schedule.starts[other.id] <= first_from < schedule.ends[other.id]
                         and other != job)
        free = case.hosts - sum(width for _, width in running)
        date = first_from
        for end, width in running:
            if free >= job.width:
                break
            date, free = max(date, end), free + width
        latest = max(date, first_from + case.longest_switches())
        if schedule.starts[job.id] > latest:
            yield f"job {job.id} starts at {schedule.starts[job.id]}, not at {latest}"
        first_from = max(first_from, schedule.starts[job.id])


def other_starts(batsim, folder, case, switching, configuration):
    """Where easy starts jobs at other dates than this configuration."""
    starts = [run(batsim, folder, scheduler, {**case.orders, **more}, case.jobs, case.hosts,
                  switching).starts
              for scheduler, more in (("energy-saver", configuration), ("easy", {}))]
    for job in case.jobs:
        one, other = (of_one.get(job.id) for of_one in starts)
        if one != other:
            yield (f"job {job.id} starts at {one}, with easy at {other}: {switching}, "
                   f"{json.dumps({**case.orders, **configuration})}")


# ---- Energy ----------------------------------------------------------------------------------------

def energy_errors(batsim, folder, case):
    """Jobs come in groups of five, between which there is much time."""
    gaps, spare = (len(case.jobs) - 1) // 5, case.configuration["spare_hosts"]
    if gaps == 0:
        return
    jobs = [job._replace(submit=job.submit + 2000 * (number // 5))
            for number, job in enumerate(case.jobs)]
    joules = []
    for scheduler, configuration in (("easy", {}), ("energy-saver", case.configuration)):
        run(batsim, folder, scheduler, configuration, jobs, case.hosts, case.switching, "--energy")
        joules.append(json.loads((folder / "out/schedule.json").read_text())["consumed_joules"])
    # Hosts that are not spare ones are off for 500 s of each gap at least.
    saved = gaps * max(0, case.hosts - spare) * 90 * 500
    if joules[1] > joules[0] - saved:
        yield f"{joules[1]} J, with easy {joules[0]} J; {saved} J could have been saved"


def schedule_errors(batsim, folder, case, orders):
    trace = folder / "trace.jsonl"
    configuration = {**case.configuration, **orders}
    schedule = run(batsim, folder, "energy-saver", configuration, case.jobs, case.hosts,
                   case.switching, "--trace-decisions", trace)
    errors = [*schedule.errors(case.jobs, case.hosts), *state_errors(case, schedule, trace),
              *switch_off_errors(case, trace)]
    if not orders:
        errors += late_starts(case, schedule)
    for error in errors:
        yield f"{error}, with {json.dumps(configuration)}, {case.switching}"


def check(batsim, seed, folder):
    case = Case(seed)
    yield from schedule_errors(batsim, folder, case, {})
    yield from schedule_errors(batsim, folder, case, case.orders)
    spares = {"spare_hosts": case.configuration["spare_hosts"]}
    yield from other_starts(batsim, folder, case, [AT_ONCE], {**spares, "idle_time": 0})
    yield from other_starts(batsim, folder, case, case.switching, {"idle_time": 1e6})
    yield from energy_errors(batsim, folder, case)


def main():
    seeds.run(seeds.parser(__doc__, count=500).parse_args(), check)


if __name__ == "__main__":
    main()
