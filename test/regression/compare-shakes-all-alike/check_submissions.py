"""Both schedulers get the same submit times, each later than in the log by 0 to 100 s; two workloads are
not shaken alike."""

import csv
import sys


def submissions(scheduler):
    with open(f"out/{scheduler}/seed-7/jobs.csv", newline="") as file:
        return {(row["workload_name"], row["job_id"]): float(row["submission_time"])
                for row in csv.DictReader(file)}


with open(sys.argv[1]) as log:
    fields = [line.split() for line in log if line.strip() and not line.startswith(";")]
original = {line[0]: float(line[1]) for line in fields}
shaken = submissions("fcfs")
assert shaken == submissions("easy")
for (workload, job), time in shaken.items():
    assert 0 <= time - original[job] < 100, (job, time)
assert all(shaken["w0", job] != shaken["w1", job] for _, job in shaken)
