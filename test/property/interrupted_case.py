"""Simulations in which jobs of one type of profile are interrupted, each at another moment."""

import dataclasses
import json
import math

HOST_COUNT = 3
RANKS = 2  # of each job, on the first hosts
SPACING = 100  # between jobs, s: they never meet
REPAIR = 60  # after the submission, s

GF = 1e9
TRACES = {
    "usage.txt": "usage0.txt\nusage1.txt\n",
    "usage0.txt": f"0 m_usage 0.5 {GF}\n0 m_usage 0 {2 * GF}\n0 m_usage 1 {GF}\n",
    "usage1.txt": f"1 m_usage 1 {3 * GF}\n",
    "mpi.txt": "mpi0.txt\nmpi1.txt\n",
    "mpi0.txt": f"0 init\n0 compute {2 * GF}\n0 barrier\n0 send 1 0 1000000\n0 finalize\n",
    "mpi1.txt": f"1 init\n1 compute {GF}\n1 barrier\n1 recv 0 0 1000000\n1 finalize\n",
}
ELEMENTS = {
    "second": {"type": "delay", "delay": 1},
    "nothing": {"type": "delay", "delay": 0},
    "work": {"type": "parallel_homogeneous", "cpu": GF, "com": 0},
    "uneven": {"type": "parallel", "cpu": [GF, 2 * GF]},
    "talk": {"type": "parallel", "cpu": [GF, 0], "com": [0, 1e8, 5e7, 0]},
    "read": {"type": "ParallelTaskOnStorageHomogeneousProfile", "bytes_to_read": 1e8,
             "bytes_to_write": 5e7, "storage": "pfs",
             "generation_strategy": "DefinedAmountsUsedForEachValue"},
    "stage": {"type": "data_staging", "nb_bytes": 2e8, "from": "pfs", "to": "archive"},
    "usage": {"type": "usage_trace", "trace": "usage.txt"},
    "mpi": {"type": "smpi", "trace": "mpi.txt"},
    "inner": {"type": "composed", "repeat": 2, "seq": ["work", "nothing", "second"]},
    "talking-inner": {"type": "composed", "repeat": 2, "seq": ["talk", "second"]},
    "fork": {"type": "fork_join", "profiles": ["inner", "work", "second"]},
    "mixed-fork": {"type": "fork_join", "profiles": ["talking-inner", "mpi", "read", "usage"]},
}


def sequence(*elements, repeat=1):
    return {"type": "composed", "repeat": repeat, "seq": list(elements)}


# What the jobs of a case do.
PROFILES = {
    "delay": {"type": "delay", "delay": 3},
    "parallel": ELEMENTS["uneven"],
    "parallel-communicating": ELEMENTS["talk"],
    "homogeneous": ELEMENTS["work"],
    "homogeneous-total": {"type": "parallel_homogeneous_total", "cpu": 5 * GF, "com": 1e7},
    "sequence": sequence("work", "second", "uneven"),
    "sequence-nested": sequence("inner", "nothing", "inner", repeat=2),
    "sequence-mixed": sequence("work", "talking-inner", "second", "usage", repeat=2),
    "fork-join": ELEMENTS["fork"],
    "fork-join-mixed": ELEMENTS["mixed-fork"],
    "fork-join-in-sequence": sequence("fork", "second", "mixed-fork"),
    "merged": {"type": "merged", "profiles": ["work", "uneven"]},
    "merged-communicating": {"type": "merged", "profiles": ["work", "talk", "read"]},
    "storage": ELEMENTS["read"],
    "staging": ELEMENTS["stage"],
    "mpi": ELEMENTS["mpi"],
    "mpi-in-sequence": sequence("second", "mpi", "work"),
    "usage-trace": ELEMENTS["usage"],
}


def platform():
    hosts = [f'<host id="node{i}" speed="1Gf,0.5Gf"><prop id="wattage_per_state" '
             'value="100:120:200,90:100:150"/></host>' for i in range(HOST_COUNT)]
    hosts += [f'<host id="{name}" speed="1Gf"><prop id="role" value="storage"/></host>'
              for name in ("pfs", "archive")]
    names = [f"node{i}" for i in range(HOST_COUNT)] + ["pfs", "archive"]
    routes = [f'<route src="{a}" dst="{b}"><link_ctn id="backbone"/></route>'
              for i, a in enumerate(names) for b in names[:i]]
    return "\n".join(["<?xml version='1.0'?>",
                      '<!DOCTYPE platform SYSTEM "https://simgrid.org/simgrid.dtd">',
                      '<platform version="4.1"><zone id="site" routing="Full">', *hosts,
                      '<link id="backbone" bandwidth="100MBps" latency="0"/>', *routes,
                      "</zone></platform>"]) + "\n"


@dataclasses.dataclass
class Interruption:
    kind: str
    date: float
    natural_end: float  # without it
    length: float       # of the job without it
    hits: bool = True   # whether it is about the job
    shares: bool = False  # the hosts, with a job that may be interrupted
    hosts: str = ""     # that fail


class Case:
    """One run. Each job is alone on its hosts, or with another one that does the same."""

    def __init__(self, profile, kind, model, energy, sharing):
        self.profile, self.kind, self.model = profile, kind, model
        self.energy, self.sharing = energy, sharing
        parts = [profile, kind, model] + ["energy"] * energy + ["shared"] * (sharing > 1)
        self.name = "-".join(parts)
        self.shift = 4 * (model == "simgrid") + 2 * energy + sharing  # other hosts fail
        self.interruptions = {}
        self.moments = [None]  # the first run tells how long jobs take
        self.job_count = len(self.moments) * sharing

    def arguments(self):
        arguments = ["-p", "p.xml", "-w", "w.json", "--execution-model", self.model, "-e", "out",
                     "--sched-cfg", json.dumps({"shared": self.sharing})]
        if self.energy:
            arguments.append("--energy")
        if self.kind in ("failure", "everything") and self.interruptions:
            arguments += ["--events", "events.txt"]
        return arguments

    # ---- When ----------------------------------------------------------------------------------

    def interrupt(self, length):
        """Chooses a moment for each job; `length`: how long all of them take."""
        near_parts = [near for second in range(1, math.ceil(length))
                      for near in (math.nextafter(second, 0), second,
                                   math.nextafter(second, math.inf))]
        moments = [0, 5e-324, 1e-10, length / 3, *near_parts, length - 1e-10,
                   math.nextafter(length, 0), length, math.nextafter(length, math.inf),
                   length + 1e-10, length + 1]
        self.moments = [moment for moment in moments
                        if moment > 0 or self.kind in ("failure", "kill")]
        self.job_count = len(self.moments) * self.sharing
        self.interruptions = {self.id(index, twin): self.interruption(index, twin, length)
                              for index in range(len(self.moments))
                              for twin in range(self.sharing)}

    def interruption(self, index, twin, length):
        start = self.start(index)
        made = Interruption(self.kind, start + self.moments[index], start + length, length)
        made.hosts = ("0", "1", "0 1", "0-2", "2")[(index + self.shift) % 5]
        if self.kind == "kill":
            made.hits, made.shares = twin == 0, self.sharing > 1
        if self.kind == "failure":
            made.hits = made.hosts != "2"
        if self.kind in ("failure", "everything") and made.hosts != "2" and made.date == start:
            self.wait_for_repair(made, index)
        return made

    def wait_for_repair(self, interruption, index):
        """The hosts fail before the job can start."""
        interruption.hits = self.kind == "everything"
        interruption.date += REPAIR + self.moments[index]
        interruption.natural_end += REPAIR

    def id(self, index, twin):
        return str(index * self.sharing + twin)

    def start(self, index):
        return index * SPACING

    # ---- Files ---------------------------------------------------------------------------------

    def write(self, folder):
        for name, text in TRACES.items():
            (folder / name).write_text(text)
        (folder / "p.xml").write_text(platform())
        jobs = [self.job(index, twin) for index in range(len(self.moments))
                for twin in range(self.sharing)]
        workload = {"nb_res": HOST_COUNT, "jobs": jobs,
                    "profiles": {**ELEMENTS, "it": PROFILES[self.profile]}}
        (folder / "w.json").write_text(json.dumps(workload, indent=1))
        (folder / "events.txt").write_text("\n".join(map(json.dumps, self.events())) + "\n")

    def job(self, index, twin):
        job = {"id": self.id(index, twin), "subtime": self.start(index), "res": RANKS,
               "profile": "it"}
        interruption = self.interruptions.get(job["id"])
        if interruption and interruption.kind in ("kill", "everything") and interruption.hits:
            job["kill_after"] = self.moments[index]
        if interruption and interruption.kind in ("walltime", "everything"):
            job["walltime"] = self.moments[index]
        return job

    def events(self):
        for index in range(len(self.moments)):
            interruption = self.interruptions.get(self.id(index, 0))
            if interruption and interruption.kind in ("failure", "everything"):
                yield {"type": "host_failure", "resources": interruption.hosts,
                       "timestamp": self.start(index) + self.moments[index]}
                yield {"type": "host_repair", "resources": interruption.hosts,
                       "timestamp": self.start(index) + REPAIR}
