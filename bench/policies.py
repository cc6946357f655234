#!/usr/bin/env python3
"""Prints how fast the schedulers of plugins/ are: whole simulations of 100,000 jobs on 240 hosts with a
load of 0.7, and of 200,000 for conservative backfilling."""

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
SETTINGS = [
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
    (100_000, "preempting", "{}"),
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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, default=HERE.parent / "build" / "batsim")
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batsim-bench-") as name:
        folder = pathlib.Path(name)
        for jobs in sorted({jobs for jobs, _, _ in SETTINGS}):
            with open(folder / f"{jobs}.swf", "w") as out:
                subprocess.run([sys.executable, HERE / "generate_mix.py", str(jobs)], stdout=out,
                               check=True)
        for jobs, scheduler, configuration in SETTINGS:
            result = measure([options.batsim, "-w", folder / f"{jobs}.swf", "--sched-lib", scheduler,
                              "--sched-cfg", configuration, "-q", "-e", folder / "out"],
                             options.runs)
            print(f"{jobs:,} jobs, {scheduler + ' ' + configuration:60} {result}", flush=True)


if __name__ == "__main__":
    main()
