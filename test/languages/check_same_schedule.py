#!/usr/bin/env python3
"""A scheduler in another language decides as the one in C++: jobs.csv is the same, byte for byte.

Simulates the sample log with each --isolation, and the logs of NASA and KTH where the reference data is.
"""

import argparse
import filecmp
import json
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
from measure import measure  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "examples" / "campus.swf"
CONFIGURATIONS = [{}, {"backfill_order": "shortest"}]


def logs():
    """Arguments for each log."""
    data = pathlib.Path(os.environ.get("BATSIM_TEST_DATA") or ROOT.parent / "shared")
    traces = data / "data" / "traces"
    kth = traces / "KTH-SP2-1996-2.1-cln.swf.gz"
    nasa = traces / "NASA-iPSC-1993-3.1-cln.swf.gz"
    known = [["-w", kth], ["-w", kth, "--swf-walltime", "runtime"],
             ["-w", nasa, "--swf-walltime", "runtime"]]
    found = [arguments for arguments in known if arguments[1].exists()]
    if len(found) < len(known):
        print(f"the logs of NASA and KTH are not in {traces}: only the sample log is simulated")
    return found


class Comparison:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder

    def simulate(self, scheduler, configuration, arguments, name):
        command = [self.options.batsim, *arguments, "--sched-lib", scheduler,
                   "--sched-cfg", json.dumps(configuration), "-q", "--log", "error",
                   "-e", self.folder / name]
        return measure(command, runs=self.options.runs)

    def compare(self, configuration, arguments, *more):
        own = {"script": self.options.script} if self.options.script else {}
        expected = self.simulate(self.options.expected, configuration, arguments, "expected")
        actual = self.simulate(self.options.scheduler, {**own, **configuration},
                               [*arguments, *more], "actual")
        files = [self.folder / name / "jobs.csv" for name in ("expected", "actual")]
        what = f"{pathlib.Path(arguments[1]).name} {json.dumps(configuration)} {' '.join(more)}"
        if not filecmp.cmp(*files, shallow=False):
            sys.exit(f"{what}: jobs.csv differs")
        print(f"{what}: the same; {actual.cpu:.2f} s of CPU time, in C++ {expected.cpu:.2f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, required=True)
    parser.add_argument("--expected", default="easy", help="the scheduler in C++")
    parser.add_argument("--scheduler", required=True)
    parser.add_argument("--script", help="of a scheduler in Python")
    parser.add_argument("--runs", type=int, default=1, help="times are medians of so many")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batsim-languages-") as name:
        comparison = Comparison(options, pathlib.Path(name))
        for configuration in CONFIGURATIONS:
            for isolation in ("namespace", "process", "none"):
                comparison.compare(configuration, ["-w", SAMPLE], "--isolation", isolation)
            for arguments in logs():
                comparison.compare(configuration, arguments)


if __name__ == "__main__":
    main()
