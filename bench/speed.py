#!/usr/bin/env python3
"""Prints what whole simulations cost, parsing and output included, on one core: wall-clock time, CPU time
and peak memory, medians of several runs."""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

from measure import measure

HERE = pathlib.Path(__file__).resolve().parent
DATA = pathlib.Path(os.environ.get("BATSIM_TEST_DATA") or HERE.parents[1] / "shared")
MILLION = 1_000_000


class Bench:
    def __init__(self, options, folder):
        self.batsim, self.runs, self.folder = options.batsim, options.runs, folder
        self.files = {}

    def file(self, script, *arguments):
        """What a generator writes, in a file."""
        key = (script, *map(str, arguments))
        if key not in self.files:
            self.files[key] = self.folder / f"{len(self.files)}.{'json' if 'json' in key else 'swf'}"
            with open(self.files[key], "w") as out:
                subprocess.run([sys.executable, HERE / script, *key[1:]], stdout=out, check=True)
        return self.files[key]

    def jobs(self, count, kind="swf", *arguments):
        return self.file("generate.py", count, "--format", kind, *arguments)

    def simulate(self, label, workload, scheduler, *arguments):
        command = [self.batsim, "-w", workload, "--sched-lib", scheduler, "-q", "-e",
                   self.folder / "out", *arguments]
        result = measure(command, self.runs)
        print(f"  {label:58} {result}", flush=True)
        return result

    def start(self):
        print("start-up")
        print(f"  {'batsim --version':58} {measure([self.batsim, '--version'], self.runs)}")
        for hosts in (128, 100_000):
            self.simulate(f"one job on {hosts:,} hosts", self.jobs(1), "fcfs", "--hosts", hosts)

    def whole(self, ten_million):
        print("end to end")
        log = DATA / "data" / "traces" / "KTH-SP2.easy-clairvoyant.swf.gz"
        if log.exists():
            self.simulate("easy, KTH-SP2, 28,481 jobs on 100 hosts", log, "easy", "--swf-walltime",
                          "runtime")
        else:
            print(f"  KTH-SP2: {log} is not there")
        for kind in ("swf", "json"):
            self.simulate(f"fcfs, 1,000,000 delay jobs on 128 hosts, {kind}",
                          self.jobs(MILLION, kind), "fcfs")
        if ten_million:
            self.simulate("fcfs, 10,000,000 delay jobs on 128 hosts, swf",
                          self.jobs(10 * MILLION), "fcfs")
        large = self.file("generate_mix.py", 300_000, "--mix", "large")
        for scheduler in ("fcfs", "easy"):
            self.simulate(f"{scheduler}, 300,000 jobs on 80,640 hosts", large, scheduler)

    def jobs_growth(self):
        print("growth with the jobs: fcfs on 128 hosts")
        for kind in ("swf", "json"):
            costs = {}
            for count in (1, 10_000, 100_000, MILLION):
                label = f"{count:,} delay jobs, {kind}"
                costs[count] = self.simulate(label, self.jobs(count, kind), "fcfs").cpu
            few = (costs[10_000] - costs[1]) / 10_000
            many = (costs[MILLION] - costs[1]) / MILLION
            print(f"    a job without start-up: {1e6 * few:.2f} us of 10^4, {1e6 * many:.2f} us of 10^6: "
                  f"{many / few:.2f} times")

    def hosts_growth(self):
        print("growth with the hosts: fcfs, 1,000,000 jobs of 1 to 8 hosts")
        for profile in ("delay", "compute"):
            same = ("json", "--profile", profile)
            small = self.simulate(f"{profile} jobs, 128 hosts", self.jobs(MILLION, *same), "fcfs")
            for hosts in (8192, 100_000):
                wide = self.simulate(f"the same {profile} jobs, {hosts:,} hosts",
                                     self.jobs(MILLION, *same), "fcfs", "--hosts", hosts)
                print(f"    {wide.cpu / small.cpu:.2f} times")
                full = self.simulate(f"{profile} jobs, {hosts:,} hosts, as many busy",
                                     self.jobs(MILLION, *same, "--hosts", hosts), "fcfs")
                print(f"    {full.cpu / small.cpu:.2f} times, with {hosts // 128} times as many jobs at once")

    def queue(self):
        print("growth with the queue: all jobs come at date 0, on 128 hosts")
        for scheduler in ("fcfs", "easy"):
            costs = {}
            for count in (10_000, 100_000):
                costs[count] = self.simulate(f"{scheduler}, {count:,} jobs",
                                             self.jobs(count, "swf", "--load", "inf"), scheduler).cpu
            print(f"    ten times the jobs: {costs[100_000] / costs[10_000]:.1f} times the CPU time")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, default=HERE.parent / "build" / "batsim")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--ten-million", action="store_true",
                        help="also ten million jobs: the file has 620 MB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batsim-bench-") as name:
        bench = Bench(options, pathlib.Path(name))
        bench.start()
        bench.whole(options.ten_million)
        bench.jobs_growth()
        bench.hosts_growth()
        bench.queue()


if __name__ == "__main__":
    main()
