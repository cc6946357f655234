#!/usr/bin/env python3
"""Writes a log in the Standard Workload Format with a mix of jobs like that of a cluster such as HPC2N, or
of a large machine such as Curie, always the same for the same arguments.

On the cluster half of the jobs want one host or two, few more than 32; on the large machine a third want
one, most a power of two, and few of up to 16,384 hosts do most of the work. Run times are log-normal, from
seconds to five days, of one day on the large machine; users ask for much more time than they need, in
whole hours above one; jobs come in bursts of similar ones with one request, and fewer of them at night.
Dates are stretched for the given load: the work of all jobs by what the hosts could do between the first
submission and the last.
"""

import argparse
import math
import random
import sys
import typing

DAY = 86400


class Mix(typing.NamedTuple):
    hosts: int
    widths: dict  # how often each is asked for
    longest: int  # seconds that may be asked for
    burst: float  # Pareto exponent of the number of similar jobs


MIXES = {
    "cluster": Mix(240, {1: 34, 2: 18, 4: 14, 6: 4, 8: 11, 10: 2, 12: 2, 16: 8, 20: 1, 24: 1, 32: 4,
                         48: 0.4, 64: 0.8, 96: 0.2, 128: 0.2}, 5 * DAY, 1.3),
    "large": Mix(80_640, {1: 33, 2: 5, 4: 8, 8: 10, 12: 1, 16: 14, 24: 1, 32: 12, 48: 1, 64: 6, 96: 0.5,
                          128: 4, 192: 0.3, 256: 2, 384: 0.2, 512: 1, 1024: 0.4, 2048: 0.1, 4096: 0.05,
                          8192: 0.01, 16384: 0.004}, DAY, 1.1),
}


def request(rng, typical, longest):
    """Seconds; one in five users knows the run time well."""
    wanted = typical * (rng.uniform(1.05, 1.5) if rng.random() < 0.2 else rng.uniform(2, 12))
    unit = 3600 if wanted > 3600 else 300
    return min(math.ceil(wanted / unit) * unit, longest)


def bursts(rng, count, mix):
    """Gap before it, width, run time and request of each job; gaps within a burst are short."""
    left = 0
    for _ in range(count):
        first = left == 0
        if first:
            left = min(int(rng.paretovariate(mix.burst)), 40)
            width = rng.choices(list(mix.widths), mix.widths.values())[0]
            typical = rng.lognormvariate(math.log(1500), 2)
            limit = request(rng, typical, mix.longest)
        run = int(min(max(typical * rng.lognormvariate(0, 0.5), 1), limit))
        yield rng.expovariate(1 if first else 50), width, run, limit
        left -= 1


def jobs(count, mix, hosts, load, exact):
    rng = random.Random(20261126)
    dates, others, date, work = [], [], 0.0, 0
    for gap, width, run, limit in bursts(rng, count, mix):
        date += gap
        dates.append(date)
        width = min(width, hosts)
        work += width * run
        others.append((width, run, run if exact else limit))
    stretch = work / (hosts * load) / (dates[-1] - dates[0])
    for number, (date, other) in enumerate(zip(dates, others), start=1):
        date *= stretch
        date -= 0.7 * DAY / (2 * math.pi) * math.sin(2 * math.pi * date / DAY)
        yield number, max(date, 0), *other


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jobs", type=int)
    parser.add_argument("--mix", choices=MIXES, default="cluster")
    parser.add_argument("--hosts", type=int, help="default: 240, or 80,640 of a large machine")
    parser.add_argument("--load", type=float, default=0.7)
    parser.add_argument("--exact", action="store_true", help="users ask for the run time")
    options = parser.parse_args()
    mix = MIXES[options.mix]
    hosts = options.hosts or mix.hosts
    print(f"; MaxProcs: {hosts}")
    for number, date, width, run, limit in jobs(options.jobs, mix, hosts, options.load,
                                                options.exact):
        sys.stdout.write(f"{number} {date:.0f} -1 {run} {width} -1 -1 {width} {limit} "
                         f"-1 1 1 1 1 1 1 -1 -1\n")


if __name__ == "__main__":
    main()
