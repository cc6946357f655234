#!/usr/bin/env python3
"""Prints how fast whole simulations are: start-up, parsing and output included, one thread."""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

from measure import measure

HERE = pathlib.Path(__file__).resolve().parent
DATA = pathlib.Path(os.environ.get("BATSIM_TEST_DATA") or HERE.parents[1] / "shared")


def generate(folder, jobs, kind):
    path = folder / f"{jobs}.{kind}"
    with open(path, "w") as out:
        subprocess.run([sys.executable, HERE / "generate.py", str(jobs), "--format", kind],
                       stdout=out, check=True)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, default=HERE.parent / "build" / "batsim")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batsim-bench-") as name:
        folder = pathlib.Path(name)

        def simulate(label, *arguments):
            result = measure([options.batsim, *arguments, "-q", "-e", folder / "out"],
                             options.runs)
            print(f"{label:44} {result}")
            return result

        print(f"{'batsim --version':44} {measure([options.batsim, '--version'], options.runs)}")
        log = DATA / "data" / "traces" / "KTH-SP2.easy-clairvoyant.swf.gz"
        if log.exists():
            simulate("KTH-SP2, 28,481 jobs, easy", "-w", log, "--swf-walltime", "runtime",
                     "--sched-lib", "easy")
        else:
            print(f"KTH-SP2: {log} is not there")
        for kind in ("json", "swf"):
            results = {}
            for jobs in (100_000, 200_000):
                path = generate(folder, jobs, kind)
                results[jobs] = simulate(f"{jobs:,} delay jobs ({kind}), fcfs", "-w", path,
                                         "--sched-lib", "fcfs")
            small, large = results[100_000], results[200_000]
            print(f"  {100_000 / small.wall:,.0f} jobs/s; twice the jobs cost "
                  f"{large.cpu / small.cpu:.2f} times the CPU time")


if __name__ == "__main__":
    main()
