#!/usr/bin/env python3
"""Checks that the processes of a comparison end with it: in order after SIGINT, and whatever happens to it."""

import argparse
import csv
import os
import pathlib
import signal
import subprocess
import tempfile
import time

from check_processes import WORKLOAD, restore_signals, wait_until_dead

SEEDS = "1-2"


class Comparison:
    """fcfs ends at once; two schedulers do not end by themselves."""

    def __init__(self, options, folder, isolation):
        workload = pathlib.Path(folder, "w.json")
        workload.write_text(WORKLOAD)
        self.out = pathlib.Path(folder, "out")
        hanging = options.test_plugins / "hanging.so"
        command = [options.batsim, "compare", "-w", workload, "-e", self.out, "--seeds", SEEDS,
                   "--jobs", "4", "--isolation", isolation, "--sched-lib", "fcfs",
                   "--sched-lib", hanging, "--sched-lib", hanging,
                   "--sched-cfg", "", "--sched-cfg", "sleep", "--sched-cfg", "loop"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, start_new_session=True,
                                        preexec_fn=restore_signals)
        self.runs = self.wait_for_runs()

    def wait_for_runs(self):
        """All runs have begun when their files are there, and those of fcfs have ended."""
        names = ["fcfs", "hanging", "hanging-2"]
        files = [self.out / name / f"seed-{seed}" / "jobs.csv" for name in names for seed in (1, 2)]
        ends = [self.out / "fcfs" / f"seed-{seed}" / "schedule.json" for seed in (1, 2)]
        while self.process.poll() is None and not all(file.exists() for file in files + ends):
            time.sleep(0.01)
        while len(children := descendants(self.process.pid)) < 4:
            time.sleep(0.01)
        return children


def children_of(pid):
    try:
        return [int(word) for word in
                pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def descendants(pid):
    children = children_of(pid)
    return children + [one for child in children for one in descendants(child)]


def check_interruption(options, folder, isolation):
    """From a terminal or not: what is complete stays, and is in the tables."""
    comparison = Comparison(options, folder, isolation)
    comparison.process.send_signal(signal.SIGINT)
    output, errors = comparison.process.communicate()
    assert comparison.process.returncode == 128 + signal.SIGINT, errors
    assert errors == "batsim: warning: interrupted by SIGINT: 2 of 6 runs are complete\n", errors
    assert "2 runs interrupted\n" in output, output
    with open(comparison.out / "runs.csv", newline="") as file:
        states = [(row["scheduler"], row["state"]) for row in csv.DictReader(file)]
    assert states == 2 * [("fcfs", "completed"), ("hanging", "interrupted"),
                          ("hanging-2", "interrupted")], states
    wait_until_dead(comparison.runs)


def check_death(options, folder, isolation):
    comparison = Comparison(options, folder, isolation)
    comparison.process.kill()
    comparison.process.communicate()
    wait_until_dead(comparison.runs)


def check_death_of_runs(options, folder, isolation):
    """Those that are killed are rows of the tables."""
    comparison = Comparison(options, folder, isolation)
    for run in children_of(comparison.process.pid):
        os.kill(run, signal.SIGKILL)
    output, errors = comparison.process.communicate()
    assert comparison.process.returncode == 1, errors
    assert "hanging with seeds 1-2: its process was ended by SIGKILL\n" in errors, errors
    assert "failed with seeds 1-2: its process was ended by SIGKILL\n" in output, output
    wait_until_dead(comparison.runs)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", required=True, type=pathlib.Path)
    parser.add_argument("--test-plugins", required=True, type=pathlib.Path)
    options = parser.parse_args()
    for isolation in ("namespace", "process"):
        for check in (check_interruption, check_death, check_death_of_runs):
            with tempfile.TemporaryDirectory(prefix="batsim-compare-") as folder:
                check(options, folder, isolation)
            print("pass ", check.__name__, isolation)


if __name__ == "__main__":
    main()
