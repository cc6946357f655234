#!/usr/bin/env python3
"""Compares the start times of a jobs.csv with a reference and counts differences.

The reference is a file of "job start" lines, or an SWF log whose field 3 is the waiting time that
another simulator computed (start = field 2 + field 3).
"""

import argparse
import csv
import gzip
import sys


def read_reference(path):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    rows = [line.split() for line in opened if line.strip() and not line.startswith(";")]
    if all(len(row) == 2 for row in rows):
        return {row[0]: float(row[1]) for row in rows}
    return {row[0]: float(row[1]) + float(row[2]) for row in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference")
    parser.add_argument("jobs_csv")
    parser.add_argument("--allow", type=int, default=0, help="differences that are allowed")
    options = parser.parse_args()
    expected = read_reference(options.reference)
    with open(options.jobs_csv, newline="") as file:
        started = {r["job_id"]: float(r["starting_time"]) for r in csv.DictReader(file)
                   if r["starting_time"]}
    if expected.keys() != started.keys():
        sys.exit(f"other jobs: {sorted(expected.keys() ^ started.keys())[:10]}")
    different = [job for job in expected if expected[job] != started[job]]
    print(f"{len(expected)} jobs, {len(different)} different starts {different[:10]}")
    if len(different) > options.allow:
        sys.exit(1)


if __name__ == "__main__":
    main()
