#!/usr/bin/env python3
"""Checks that start times differ between two jobs.csv for exactly the given jobs."""

import argparse
import csv
import sys


def starts(path):
    with open(path, newline="") as file:
        return {row["job_id"]: float(row["starting_time"]) for row in csv.DictReader(file)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--tolerance", type=float, required=True)
    parser.add_argument("--jobs", nargs="*", default=[])
    options = parser.parse_args()
    first, second = starts(options.first), starts(options.second)
    different = sorted(job for job in first
                       if abs(first[job] - second[job]) > options.tolerance)
    if different != sorted(options.jobs):
        sys.exit(f"starts differ for {different}, expected {sorted(options.jobs)}")


if __name__ == "__main__":
    main()
