#!/usr/bin/env python3
"""Simulates the workloads and platforms that were published with Batsim, as pairs.txt pairs them: each
job must be executed once, or the error must be the one that is expected. They are not part of this
project: without the folder BATSIM_TEST_DATA (see ../regression/README.md) the test is skipped."""

import argparse
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def pairs():
    for line in (HERE / "pairs.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            workload, platform, scheduler, *error = line.split(maxsplit=3)
            yield workload, platform, scheduler, "".join(error)


def simulate(batsim, workload, platform, scheduler, folder):
    return subprocess.run([batsim, "-w", workload, "-p", platform, "--sched-lib", scheduler, "-q"],
                          cwd=folder, capture_output=True, text=True, timeout=120)


def check_error(result, expected):
    """What is wrong with a simulation that must fail; "" if nothing is."""
    if result.returncode == 3 and re.search(expected, result.stderr):
        return ""
    return f"exit code {result.returncode}, expected 3 and '{expected}': {result.stderr.strip()}"


def check_rows(result, workload, jobs_csv):
    """What is wrong with a simulation that must succeed; "" if nothing is."""
    if result.returncode != 0 or result.stderr:
        return f"exit code {result.returncode}: {result.stderr.strip()}"
    jobs = sorted(str(job["id"]) for job in json.loads(workload.read_text())["jobs"])
    with open(jobs_csv, newline="") as file:
        rows = list(csv.DictReader(file))
    if sorted(row["job_id"] for row in rows) != jobs:
        return f"{len(rows)} rows for {len(jobs)} jobs"
    rejected = [row["job_id"] for row in rows if row["final_state"] == "REJECTED"]
    return f"rejected: {' '.join(rejected)}" if rejected else ""


def check(batsim, data, workload, platform, scheduler, error):
    with tempfile.TemporaryDirectory(prefix="batsim-published-") as name:
        folder = pathlib.Path(name)
        result = simulate(batsim, data / workload, data / "platforms" / platform, scheduler, folder)
        if error:
            return check_error(result, error)
        return check_rows(result, data / workload, folder / "out" / "jobs.csv")


def unpaired(data):
    """Published workloads and platforms that pairs.txt does not mention."""
    known = {name for workload, platform, *_ in pairs()
             for name in (workload, f"platforms/{platform}")}
    files = [*data.glob("v*/workloads/**/*.json"), *data.glob("platforms/*.xml")]
    return sorted({str(file.relative_to(data)) for file in files} - known)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", default=HERE.parents[1] / "build" / "batsim",
                        type=pathlib.Path)
    batsim = parser.parse_args().batsim.resolve()
    data = os.environ.get("BATSIM_TEST_DATA") or HERE.parents[2] / "shared"
    data = pathlib.Path(data).resolve() / "data" / "batsim"
    if not data.is_dir():
        print(f"{data} is not there: set BATSIM_TEST_DATA")
        sys.exit(SKIPPED)
    failed = [f"{name}: is not in pairs.txt" for name in unpaired(data)]
    for pair in pairs():
        if wrong := check(batsim, data, *pair):
            failed.append(f"{pair[0]} on {pair[1]}: {wrong}")
    print("\n".join(failed) or "all published workloads and platforms do as expected")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
