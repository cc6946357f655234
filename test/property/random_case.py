"""Random simulations: a platform, a workload that fits, and a scheduler: the driver plugin with one job
at a time, or static-order with jobs that overlap."""

import json
import random


class Case:
    """All files of one simulation, a function of the seed alone."""

    JOBS = 12

    def __init__(self, seed, folder):
        self.seed, self.folder = seed, folder
        self.random = random.Random(seed)
        self.draw()
        self.profiles = {}
        self.write()

    def draw(self):
        self.host_count = self.random.randint(1, 8)
        self.storages = self.random.choice([[], [], ["pfs"], ["pfs", "archive"]])
        self.pstate_count = self.random.choice([1, 2, 4])
        self.energy = self.random.random() < 0.5
        self.overlaps = self.random.random() < 0.5

    def write(self):
        self.write_platform()
        jobs = [self.job(number) for number in range(self.JOBS)]
        workload = {"nb_res": self.host_count, "jobs": jobs, "profiles": self.profiles}
        (self.folder / "w.json").write_text(json.dumps(workload, indent=1))
        (self.folder / "config.json").write_text(json.dumps(self.schedule(jobs) if self.overlaps
                                                           else self.configuration()))

    # ---- Platform --------------------------------------------------------------------------------

    def write_platform(self):
        """Hosts of different speeds and numbers of cores, each with a link to one backbone."""
        compute = [f"host{i}" for i in range(self.host_count)]
        hosts = [self.host_line(name) for name in compute]
        hosts += [f'<host id="{name}" speed="1Gf"><prop id="role" value="storage"/></host>'
                  for name in self.storages]
        names = compute + self.storages
        links = [f'<link id="l-{name}" bandwidth="{self.amount(1e7, 1e9)}" '
                 f'latency="{self.random.choice([0, 1e-4, 1e-3])}"/>' for name in names]
        routes = [f'<route src="{a}" dst="{b}"><link_ctn id="l-{a}"/><link_ctn id="backbone"/>'
                  f'<link_ctn id="l-{b}"/></route>'
                  for i, a in enumerate(names) for b in names[:i]]
        lines = ["<?xml version='1.0'?>",
                 '<!DOCTYPE platform SYSTEM "https://simgrid.org/simgrid.dtd">',
                 '<platform version="4.1"><zone id="z" routing="Full">', *hosts, *links,
                 f'<link id="backbone" bandwidth="{self.amount(1e8, 1e10)}" latency="0"/>',
                 *routes, "</zone></platform>"]
        (self.folder / "p.xml").write_text("\n".join(lines) + "\n")

    def host_line(self, name):
        cores = self.random.choice([1, 1, 1, 4])
        speeds = ",".join(str(self.amount(1e8, 1e10)) for _ in range(self.pstate_count))
        pstate = self.random.randrange(self.pstate_count)
        watts = ", ".join(self.watts() for _ in range(self.pstate_count))
        return (f'<host id="{name}" speed="{speeds}" pstate="{pstate}" core="{cores}">'
                f'<prop id="wattage_per_state" value="{watts}"/></host>')

    def watts(self):
        idle = self.random.randint(10, 100)
        epsilon = idle + self.random.choice([0, 0, 30])
        return f"{idle}:{epsilon}:{epsilon + self.random.randint(0, 200)}"

    def amount(self, least, most):
        """Spread evenly over the orders of magnitude."""
        return least * (most / least) ** self.random.random()

    # ---- Jobs ------------------------------------------------------------------------------------

    def job(self, number):
        ranks = self.random.randint(1, self.host_count)
        job = {"id": str(number), "subtime": self.random.choice([0, self.random.uniform(0, 100)]),
               "res": ranks, "profile": self.profile(f"p{number}", ranks, depth=3)}
        if self.random.random() < 0.3:
            job["walltime"] = self.amount(0.1, 100)
        if self.pstate_count > 1 and self.random.random() < 0.6:
            job["switches"] = [self.switch() for _ in range(self.random.randint(1, 4))]
        return job

    def switch(self):
        """Of some hosts, whether the job is on them or not, maybe after its end."""
        hosts = self.random.sample(range(self.host_count), self.random.randint(1, self.host_count))
        return {"after": self.random.choice([0, self.amount(0.01, 30), self.amount(0.01, 30)]),
                "hosts": sorted(hosts), "pstate": self.random.randrange(self.pstate_count)}

    def configuration(self):
        configuration = {}
        if self.random.random() < 0.4:
            configuration["kill_delay"] = self.amount(0.1, 30)
        mapping = self.random.choice(["", "", "reverse", "pairs", "first"])
        if mapping:
            configuration["mapping"] = mapping
        return configuration

    # ---- A schedule with jobs that run at the same time -------------------------------------------

    def schedule(self, jobs):
        decisions = [decision for job in jobs for decision in self.decisions(job)]
        return {"shared_hosts": self.random.random() < 0.5,
                "decisions": sorted(decisions, key=lambda decision: decision["date"])}

    def decisions(self, job):
        """Of one job, which the list may keep waiting for its hosts."""
        name = f"w0!{job['id']}"
        hosts = sorted(self.random.sample(range(self.host_count), job["res"]))
        execute = {"date": job["subtime"] + self.random.choice([0, self.amount(0.1, 30)]),
                   "decision": "execute_job", "job": name, "hosts": ",".join(map(str, hosts))}
        if self.random.random() < 0.3:
            execute["rank_hosts"] = self.random.choices(hosts, k=len(hosts))
        yield execute
        if self.random.random() < 0.3:
            yield {"date": execute["date"] + self.amount(0.1, 100), "decision": "kill_jobs",
                   "jobs": [name]}
        for switch in job.get("switches", []):
            yield {"date": execute["date"] + switch["after"], "decision": "set_pstate",
                   "hosts": ",".join(map(str, switch["hosts"])), "pstate": switch["pstate"]}

    # ---- Profiles --------------------------------------------------------------------------------

    def profile(self, name, ranks, depth):
        """Makes a profile for so many ranks, and those that it consists of; its name."""
        kinds = {self.delay: 3, self.parallel: 3, self.homogeneous: 3, self.usage_trace: 2}
        if self.storages:
            kinds.update({self.storage: 2, self.staging: 1})
        if self.random.random() < 0.05:
            kinds[self.mpi_trace] = 20
        if depth > 0:
            kinds.update({self.sequence: 4, self.fork_join: 3, self.merged: 2})
        kind = self.random.choices(list(kinds), kinds.values())[0]
        self.profiles[name] = kind(name, ranks, depth)
        if self.random.random() < 0.1:
            self.profiles[name]["ret"] = 1
        return name

    def parallel_task(self, name, ranks, depth):
        kinds = [self.parallel, self.homogeneous] + [self.storage] * bool(self.storages)
        self.profiles[name] = self.random.choice(kinds)(name, ranks, depth)
        return name

    def flops(self):
        return self.random.choice([0, self.amount(1e8, 1e11)])

    def bytes(self):
        return self.random.choice([0, self.amount(1e6, 1e9)])

    def delay(self, *_):
        return {"type": "delay", "delay": self.random.choice([0, self.amount(0.1, 50)])}

    def parallel(self, _, ranks, __):
        profile = {"type": "parallel", "cpu": [self.flops() for _ in range(ranks)]}
        if self.random.random() < 0.4:
            profile["com"] = [self.bytes() for _ in range(ranks * ranks)]
        return profile

    def homogeneous(self, *_):
        kind = self.random.choice(["parallel_homogeneous", "parallel_homogeneous_total"])
        return {"type": kind, "cpu": self.flops(),
                "com": self.bytes() if self.random.random() < 0.3 else 0}

    def storage(self, *_):
        strategy = self.random.choice(["UsedForEachValue", "SpreadUniformly"])
        return {"type": "ParallelTaskOnStorageHomogeneousProfile",
                "bytes_to_read": self.bytes(), "bytes_to_write": self.bytes(),
                "storage": self.random.choice(self.storages),
                "generation_strategy": f"DefinedAmounts{strategy}"}

    def staging(self, *_):
        return {"type": "data_staging", "nb_bytes": self.bytes(),
                "from": self.storages[0], "to": self.storages[-1]}

    def usage_trace(self, name, ranks, _):
        phases = [[f"{rank} m_usage {self.random.choice([0, self.random.random(), 1])} "
                   f"{self.flops()}" for _ in range(self.random.randint(1, 3))]
                  for rank in range(ranks)]
        return {"type": "usage_trace", "trace": self.write_traces(name, phases)}

    def mpi_trace(self, name, ranks, _):
        flops = self.amount(1e8, 1e10)
        actions = [["init", f"compute {flops}", "barrier", "allreduce 1000 1", "finalize"]] * ranks
        lines = [[f"{rank} {action}" for action in of_rank]
                 for rank, of_rank in enumerate(actions)]
        return {"type": "smpi", "trace": self.write_traces(name, lines)}

    def write_traces(self, name, lines_of_ranks):
        names = [f"{name}.{rank}.txt" for rank in range(len(lines_of_ranks))]
        for file, lines in zip(names, lines_of_ranks):
            (self.folder / file).write_text("\n".join(lines) + "\n")
        (self.folder / f"{name}.txt").write_text("\n".join(names) + "\n")
        return f"{name}.txt"

    def elements(self, make, name, ranks, *more):
        return [make(f"{name}.{i}", ranks, *more) for i in range(self.random.randint(1, 3))]

    def sequence(self, name, ranks, depth):
        return {"type": "composed", "repeat": self.random.choice([1, 1, 2, 5]),
                "seq": self.elements(self.profile, name, ranks, depth - 1)}

    def fork_join(self, name, ranks, depth):
        return {"type": "fork_join",
                "profiles": self.elements(self.profile, name, ranks, depth - 1)}

    def merged(self, name, ranks, depth):
        return {"type": "merged",
                "profiles": self.elements(self.parallel_task, name, ranks, depth - 1)}
