#!/usr/bin/env python3
"""Random small simulations, and the logs of BATSIM_TEST_DATA if they are there: static-order, given the jobs.csv
of another scheduler, must write the same jobs.csv, byte for byte. Failures name the seed; run again with
--seed <it> --count 1."""

import json
import os
import pathlib
import random
import subprocess

import seeds

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOGS = ("KTH-SP2-1996-2.1-cln.swf.gz", "NASA-iPSC-1993-3.1-cln.swf.gz")


class Case:
    """A workload and external events, a function of the seed alone."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.hosts = self.random.randint(1, 8)
        self.length = self.random.choice([5, 50, 200])
        self.fails = self.random.random() < 0.4
        self.has_large_jobs = self.random.random() < 0.3  # one host too many

    def date(self):
        return self.random.choice([self.random.randint(0, self.length), self.random.uniform(0, self.length)])

    def write(self, folder):
        delays = [0, 1, 2.5, 7, self.random.uniform(0, 20)]
        profiles = {f"d{i}": {"type": "delay", "delay": delay} for i, delay in enumerate(delays)}
        jobs = []
        for number in range(self.random.randint(1, 40)):
            largest = self.hosts + self.has_large_jobs
            job = {"id": f"job, {number}", "subtime": self.date(), "res": self.random.randint(1, largest),
                   "profile": self.random.choice(list(profiles))}
            if self.random.random() < 0.7:
                job["walltime"] = self.random.choice([1, 3, 10, 30])
            jobs.append(job)
        workload = {"nb_res": self.hosts, "jobs": jobs, "profiles": profiles}
        (folder / "w.json").write_text(json.dumps(workload))
        lines = []
        for _ in range(self.random.randint(1, 3) if self.fails else 0):
            kind, back = self.random.choice([("host_failure", "host_repair"),
                                             ("machine_unavailable", "machine_available")])
            date, host = self.date(), self.random.randrange(self.hosts)
            lines += [(date, kind, host), (date + self.random.uniform(0, 30), back, host)]
        (folder / "events.jsonl").write_text("".join(
            json.dumps({"type": kind, "timestamp": date, "resources": str(host)}) + "\n"
            for date, kind, host in sorted(lines)))

    def schedulers(self, test_plugins):
        """Names or files of plugins, and their configurations."""
        for name in ("fcfs", "easy", "conservative", "filler", "random", "rejecter"):
            yield name, {"annotate": True} if name == "conservative" else {}
        if not self.fails and not self.has_large_jobs:  # it knows nothing of these
            driver = test_plugins / "driver.so"
            yield driver, {"kill_delay": self.random.choice([0, 1, 2.5, 5])}
            yield driver, {"kill_delay": 3.5, "shared": 3}


def simulate(batsim, arguments, folder, out):
    command = [batsim, *arguments, "-q", "--log", "error", "-e", out]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    if result.returncode != 0:
        raise RuntimeError(f"exit code {result.returncode}: {result.stderr}")
    return (folder / out / "jobs.csv").read_bytes()


def error_of_replay(batsim, inputs, scheduler, folder):
    """What is wrong; "" if nothing is."""
    live = simulate(batsim, [*inputs, *scheduler], folder, "live")
    replay = [*inputs, "--sched-lib", "static-order", "--sched-cfg", "@live/jobs.csv"]
    if simulate(batsim, replay, folder, "replay") == live:
        return ""
    diff = subprocess.run(["diff", "live/jobs.csv", "replay/jobs.csv"], cwd=folder,
                          capture_output=True, text=True)
    return f"the replay differs:\n{diff.stdout[:2000]}"


def check(batsim, test_plugins, seed, folder):
    case = Case(seed)
    case.write(folder)
    for plugin, configuration in case.schedulers(test_plugins):
        text = json.dumps(configuration)
        inputs = ["-w", "w.json", "--events", "events.jsonl"]
        try:
            error = error_of_replay(batsim, inputs, ["--sched-lib", plugin, "--sched-cfg", text], folder)
        except RuntimeError as failure:
            error = str(failure)
        if error:
            yield f"{plugin} {text}: {error}"


def check_logs(batsim, folder):
    data = pathlib.Path(os.environ.get("BATSIM_TEST_DATA") or ROOT.parent / "shared") / "data" / "traces"
    for log in LOGS:
        if not (data / log).exists():
            print(f"{data / log} is not there: left out")
            continue
        for order in ("submission", "shortest"):
            easy = ["--sched-lib", "easy", "--sched-cfg", json.dumps({"backfill_order": order})]
            if error := error_of_replay(batsim, ["-w", data / log], easy, folder):
                yield f"{log}, {order}: {error}"


def main():
    parser = seeds.parser(__doc__, count=500)
    parser.add_argument("--test-plugins", default=seeds.BUILD / "test" / "plugins", type=pathlib.Path)
    options = parser.parse_args()
    test_plugins = options.test_plugins.resolve()
    seeds.run(options, lambda batsim, seed, folder: check(batsim, test_plugins, seed, folder), check_logs)


if __name__ == "__main__":
    main()
