#!/usr/bin/env python3
"""Checks mean waiting time and mean bounded slowdown (10 s) of a jobs.csv to the digits given."""

import csv
import sys


def rounded_equal(value, text):
    digits = len(text.partition(".")[2])
    return f"{value:.{digits}f}" == text


def main():
    path, wait, slowdown = sys.argv[1:]
    with open(path, newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["starting_time"]]
    waits = [float(row["waiting_time"]) for row in rows]
    slowdowns = [max(1, float(row["turnaround_time"]) / max(float(row["execution_time"]), 10))
                 for row in rows]
    means = sum(waits) / len(rows), sum(slowdowns) / len(rows)
    print(f"{len(rows)} jobs, mean waiting time {means[0]}, mean bounded slowdown {means[1]}")
    if not (rounded_equal(means[0], wait) and rounded_equal(means[1], slowdown)):
        sys.exit(f"expected {wait} and {slowdown}")


if __name__ == "__main__":
    main()
