#!/usr/bin/env python3
"""Prints how fast EASY backfilling is in C++, Rust and Python: whole simulations, one thread."""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from measure import measure

HERE = pathlib.Path(__file__).resolve().parent
SCRIPT = HERE.parent / "examples" / "easy.py"
JOBS = 100_000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, default=HERE.parent / "build" / "batsim")
    parser.add_argument("--load", default="0.85", help="above 1 queues grow all the time")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    schedulers = {"easy": "", "easy-rust": "", "python": json.dumps({"script": str(SCRIPT)})}
    with tempfile.TemporaryDirectory(prefix="batsim-bench-") as name:
        workload = pathlib.Path(name, "w.json")
        with open(workload, "w") as out:
            subprocess.run([sys.executable, HERE / "generate.py", str(JOBS), "--load", options.load],
                           stdout=out, check=True)
        in_cpp = None
        for scheduler, configuration in schedulers.items():
            if not (options.batsim.parent / "plugins" / f"{scheduler}.so").exists():
                print(f"{scheduler} was not built")
                continue
            result = measure([options.batsim, "-w", workload, "--sched-lib", scheduler,
                              "--sched-cfg", configuration, "-q", "-e", f"{name}/out"],
                             options.runs)
            in_cpp = in_cpp or result.cpu
            print(f"{JOBS:,} jobs, {scheduler:10} {result} {JOBS / result.cpu:9,.0f} jobs/s of "
                  f"CPU time, {result.cpu / in_cpp:.2f} x C++")


if __name__ == "__main__":
    main()
