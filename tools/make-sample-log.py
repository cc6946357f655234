#!/usr/bin/env python3
"""Makes examples/campus.swf: a small log with what real logs have, by a fixed seed."""

import math
import random

HOSTS, JOBS, DAY = 32, 400, 86400

HEADER = """\
; Version: 2.2
; Computer: a made-up campus cluster
; Note: written by tools/make-sample-log.py; no real users
; MaxJobs: {jobs}
; UnixStartTime: 0
; MaxNodes: {hosts}
; MaxProcs: {hosts}
"""


def main():
    rng = random.Random(2026)
    submit, lines = 0.0, []
    for number in range(1, JOBS + 1):
        daylight = 1 + 0.9 * math.sin(2 * math.pi * (submit % DAY) / DAY)
        submit += rng.expovariate(daylight / 1500)
        width = min(HOSTS, 2 ** int(rng.triangular(0, 5.9, 1.5)))
        if rng.random() < 0.25:
            width = rng.randint(1, HOSTS)
        run = max(1, int(rng.lognormvariate(7.6, 1.5)))
        request = int(math.ceil(run * rng.choice([1, 1.2, 2, 5, 10]) / 900) * 900)
        if rng.random() < 0.04:
            request = max(60, run // 2)  # ran longer than asked for
        status = 1 if rng.random() < 0.9 else 0
        if rng.random() < 0.02:
            run, status = rng.choice([0, -1]), 5  # cancelled
        allocated, requested = (width, width) if rng.random() < 0.9 else (width, -1)
        user = rng.randint(1, 12)
        lines.append((number, int(submit), -1, run, allocated, -1, -1, requested, request, -1,
                      status, user, user % 4 + 1, rng.randint(1, 20), rng.randint(1, 2), 1, -1, -1))
    print(HEADER.format(jobs=JOBS, hosts=HOSTS), end="")
    for fields in lines:
        print(" ".join(str(field) for field in fields))


if __name__ == "__main__":
    main()
