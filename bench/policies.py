#!/usr/bin/env python3
"""Prints how fast the schedulers of plugins/ are: whole simulations of 100,000 jobs on 240 hosts with a
load of 0.7, and of 200,000 for conservative backfilling; moldable also with moldable jobs, preempting with
jobs of different priorities, and both with a load of 1.1, under which queues grow."""

import argparse
import pathlib
import subprocess
import sys
import tempfile

from measure import measure

HERE = pathlib.Path(__file__).resolve().parent
# A day each fortnight on a quarter of the hosts, two hours each week on any ten of the others.
WINDOWS = ('[{"start": 1e5, "duration": 86400, "hosts": "0-59", "period": 1209600, "count": 200}, '
           '{"start": 3e5, "duration": 7200, "hosts": 10, "period": 604800, "count": 400}]')
SETTINGS = [  # jobs, scheduler, its configuration, arguments of generate_mix.py
    (100_000, "fcfs", ""),
    (100_000, "easy", "{}"),
    (100_000, "easy", '{"backfill_order": "shortest"}'),
    (100_000, "easy", '{"reservations": 10}'),
    (100_000, "easy", '{"queue_order": "f1", "backfill_order": "f1"}'),
    (100_000, "easy", '{"queue_order": "wfp3"}'),
    (100_000, "easy", '{"allocation": "contiguous"}'),
    (100_000, "easy", '{"allocation": "best-fit-contiguous"}'),
    (100_000, "easy", '{"allocation": "few-switches"}'),
    (100_000, "easy", '{"allocation": "spread"}'),
    (100_000, "moldable", "{}"),
    (100_000, "moldable", "{}", "--json", "moldable"),
    (10_000, "moldable", "{}", "--json", "moldable", "--load", "1.1"),
    (20_000, "moldable", "{}", "--json", "moldable", "--load", "1.1"),
    (100_000, "preempting", "{}"),
    (100_000, "preempting", "{}", "--json", "priorities"),
    (100_000, "preempting", "{}", "--json", "priorities", "--load", "1.1"),
    (100_000, "energy-saver", "{}"),
    (100_000, "multifactor", '{"PriorityWeightAge": 1000, "PriorityWeightFairshare": 1000}'),
    (100_000, "filler", "{}"),
    (100_000, "random", "{}"),
    (100_000, "conservative", "{}"),
    (100_000, "reservations", f'{{"windows": {WINDOWS}}}'),
    (100_000, "reservations", f'{{"backfilling": "conservative", "windows": {WINDOWS}}}'),
    (100_000, "power-cap", '{"cap": 64000, "idle_watts": 100, "busy_watts": 300}'),
    (200_000, "conservative", "{}"),
    (200_000, "conservative", '{"compression": false}'),
]


def workload(folder, jobs, arguments):
    """Its path; it is made at its first use."""
    suffix = ".json" if "--json" in arguments else ".swf"
    path = folder / ("-".join([str(jobs), *arguments]) + suffix)
    if not path.exists():
        with open(path, "w") as out:
            subprocess.run([sys.executable, HERE / "generate_mix.py", str(jobs), *arguments], stdout=out,
                           check=True)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, default=HERE.parent / "build" / "batsim")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--scheduler", help="only this one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batsim-bench-") as name:
        folder = pathlib.Path(name)
        for jobs, scheduler, configuration, *arguments in SETTINGS:
            if options.scheduler not in (None, scheduler):
                continue
            result = measure([options.batsim, "-w", workload(folder, jobs, arguments), "--sched-lib",
                              scheduler, "--sched-cfg", configuration, "-q", "-e", folder / "out"],
                             options.runs)
            what = " ".join([scheduler, configuration, *arguments])
            print(f"{jobs:,} jobs, {what:60} {result}", flush=True)


if __name__ == "__main__":
    main()
