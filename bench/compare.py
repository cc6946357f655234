#!/usr/bin/env python3
"""Compares fcfs, easy and easy, shortest first, with three seeds, on logs: nine runs with `batsim compare`
against the same nine simulations one after the other. Prints times, and the memory of all processes together
(proportional set sizes: a page that n processes share counts as 1/n for each) against that of the largest
simulation by itself. Times are medians; the nine simulations and the comparison take turns."""

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
DATA = pathlib.Path(os.environ.get("BATSIM_TEST_DATA") or HERE.parents[1] / "shared")
LOGS = ["NASA-iPSC-1993-3.1-cln", "KTH-SP2-1996-2.1-cln", "UniLu-Gaia-2014-1"]
SCHEDULERS = {"fcfs": ["fcfs", ""], "easy": ["easy", ""],
              "easy-shortest": ["easy", '{"backfill_order": "shortest"}']}
SEEDS = ["1", "2", "3"]


def single(options, log, name, seed, folder):
    library, config = SCHEDULERS[name]
    return [options.batsim, "-w", log, "--swf-walltime", "runtime", "--sched-lib", library,
            "--sched-cfg", config, "--seed", seed, "-q", "--log", "error",
            "-e", folder / "single" / name / f"seed-{seed}"]


def comparison(options, log, folder):
    command = [options.batsim, "compare", "-w", log, "--swf-walltime", "runtime", "--seeds", "1-3",
               "--jobs", str(options.jobs), "-q", "--log", "error", "-e", folder / "compared"]
    for name, (library, config) in SCHEDULERS.items():
        command += ["--sched-lib", library, "--sched-cfg", config, "--name", name]
    return command


def seconds(*commands):
    """Wall-clock and CPU time of commands one after the other."""
    before, begin = os.times(), time.monotonic()
    for command in commands:
        subprocess.run(command, check=True)
    wall, after = time.monotonic() - begin, os.times()
    return wall, sum(after[2:4]) - sum(before[2:4])


def pss(pid):
    """KiB; 0 if the process is gone."""
    try:
        text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def children(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []


def peak_memory(command):
    """MiB of the process and its children together, at most, as often as it can be read."""
    process = subprocess.Popen(command)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(pss(pid) for pid in [process.pid, *children(process.pid)]))
    if process.returncode != 0:
        raise SystemExit(f"failed: {command}")
    return peak / 1024


def check_equal(folder):
    """The runs of the comparison have given what simulations by themselves give."""
    for name in SCHEDULERS:
        for seed in SEEDS:
            for file in ("jobs.csv", "schedule.json"):
                alone, compared = (folder / part / name / f"seed-{seed}" / file
                                   for part in ("single", "compared"))
                if alone.read_bytes() != compared.read_bytes():
                    raise SystemExit(f"{compared} differs from {alone}")


def measure(options, name, folder):
    log = DATA / "data" / "traces" / f"{name}.swf.gz"
    if not log.exists():
        print(f"{name}: {log} is not there")
        return
    singles = [single(options, log, scheduler, seed, folder)
               for seed in SEEDS for scheduler in SCHEDULERS]
    compared = comparison(options, log, folder)
    turns = [(seconds(*singles), seconds(compared)) for _ in range(options.runs)]
    check_equal(folder)
    alone, together = ([statistics.median(turn[i][k] for turn in turns) for k in (0, 1)]
                       for i in (0, 1))
    ratio = statistics.median(turn[0][0] / turn[1][0] for turn in turns)
    print(f"{name}: nine simulations {alone[0]:.3f} s wall {alone[1]:.3f} s CPU; "
          f"compare --jobs {options.jobs} {together[0]:.3f} s wall {together[1]:.3f} s CPU; "
          f"{ratio:.2f} times as fast")
    largest = max(peak_memory(command) for _ in range(options.runs) for command in singles[:3])
    all_together = max(peak_memory(compared) for _ in range(options.runs))
    print(f"{'':{len(name)}}  largest simulation {largest:.1f} MiB; all processes of compare "
          f"{all_together:.1f} MiB, {all_together / largest:.2f} times that")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, default=HERE.parent / "build" / "batsim")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    for name in LOGS:
        with tempfile.TemporaryDirectory(prefix="batsim-bench-") as folder:
            measure(options, name, pathlib.Path(folder))


if __name__ == "__main__":
    main()
