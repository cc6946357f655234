#!/usr/bin/env python3
"""FCFS and EASY backfilling by brute force: the reference for the regression suite.

Independent of batsim and written to be obviously right: at each date first all ends, then all
submissions, then one pass over the whole queue. Reads an SWF log, prints "job start" lines.
Walltimes are field 9 (raised to the run time, field 4), or the run time with --exact.
"""

import argparse
import gzip


def read_log(path, exact):
    jobs = []
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    for line in opened:
        fields = line.split()
        if not fields or fields[0].startswith(";"):
            continue
        number, submit, run = int(fields[0]), float(fields[1]), float(fields[3])
        width = int(fields[7]) if int(fields[7]) > 0 else int(fields[4])
        request = float(fields[8])
        if submit < 0 or run <= 0 or width <= 0:
            continue
        limit = run if exact else (max(request, run) if request > 0 else float("inf"))
        jobs.append((submit, number, width, run, limit))
    return sorted(jobs)


def schedule(jobs, hosts, backfill, shortest_first):
    starts, queue, running = {}, [], []  # running: (end, expected end, width)
    jobs = list(jobs)
    while jobs or running:
        now = min([job[0] for job in jobs[:1]] + [end for end, _, _ in running])
        running = [r for r in running if r[0] > now]
        while jobs and jobs[0][0] == now:
            queue.append(jobs.pop(0))
        queue = [job for job in queue if job[2] <= hosts]

        def start(job):
            starts[job[1]] = now
            running.append((now + job[3], now + job[4], job[2]))
            queue.remove(job)

        def free():
            return hosts - sum(width for _, _, width in running)

        while queue and queue[0][2] <= free():
            start(queue[0])
        if not queue or not backfill:
            continue
        head = queue[0]
        shadow, spare = float("inf"), 0
        for date in sorted({expected for _, expected, _ in running}):
            available = free() + sum(w for _, expected, w in running if expected <= date)
            if available >= head[2]:
                shadow, spare = date, available - head[2]
                break
        candidates = queue[1:]
        if shortest_first:
            candidates.sort(key=lambda job: (job[4], job[0], job[1]))
        for job in candidates:
            if job[2] > free():
                continue
            if now + job[4] <= shadow:
                start(job)
            elif job[2] <= spare:
                spare -= job[2]
                start(job)
    return starts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log")
    parser.add_argument("--hosts", type=int, required=True)
    parser.add_argument("--policy", choices=["fcfs", "easy", "easy-shortest"], default="easy")
    parser.add_argument("--exact", action="store_true", help="walltime = run time")
    options = parser.parse_args()
    starts = schedule(read_log(options.log, options.exact), options.hosts,
                      options.policy != "fcfs", options.policy == "easy-shortest")
    for number in sorted(starts):
        print(number, f"{starts[number]:.17g}")


if __name__ == "__main__":
    main()
