#!/usr/bin/env python3
"""Writes a workload of many jobs, always the same for the same arguments.

Widths are uniform from 1 to 8 hosts, run times uniform from 10 to 100 s, arrivals Poisson for the
given load (all come at once if it is inf); walltimes are 10 s above the run time.
"""

import argparse
import random
import sys

SHORTEST, LONGEST, WIDEST = 10, 100, 8


def jobs(count, hosts, load):
    rng = random.Random(20261124)
    work = (SHORTEST + LONGEST) / 2 * (1 + WIDEST) / 2
    rate = load * hosts / work
    submit = 0.0
    for number in range(1, count + 1):
        submit += rng.expovariate(rate)
        yield number, submit, rng.randint(1, WIDEST), rng.randint(SHORTEST, LONGEST)


def profile(kind, run):
    if kind == "delay":
        return f'{{"type":"delay","delay":{run}}}'
    return f'{{"type":"parallel_homogeneous","cpu":{run}e9,"com":0}}'  # hosts of 1 Gflop/s


def write_json(out, hosts, all_jobs, kind):
    out.write(f'{{"nb_res":{hosts},"jobs":[\n')
    separator = ""
    for number, submit, width, run in all_jobs:
        out.write(f'{separator}{{"id":{number},"subtime":{submit:.3f},"res":{width},'
                  f'"walltime":{run + 10},"profile":"d{run}"}}')
        separator = ",\n"
    profiles = ",\n".join(f'"d{run}":{profile(kind, run)}' for run in range(SHORTEST, LONGEST + 1))
    out.write(f'],\n"profiles":{{{profiles}}}}}\n')


def write_swf(out, hosts, all_jobs, _):
    out.write(f"; MaxProcs: {hosts}\n")
    for number, submit, width, run in all_jobs:
        out.write(f"{number} {submit:.3f} -1 {run} {width} -1 -1 {width} {run + 10} "
                  f"-1 1 1 1 1 1 1 -1 -1\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", type=int)
    parser.add_argument("--hosts", type=int, default=128)
    parser.add_argument("--load", type=float, default=0.85)
    parser.add_argument("--format", choices=["json", "swf"], default="json")
    parser.add_argument("--profile", choices=["delay", "compute"], default="delay",
                        help="of jobs in JSON")
    options = parser.parse_args()
    write = write_json if options.format == "json" else write_swf
    write(sys.stdout, options.hosts, jobs(options.jobs, options.hosts, options.load),
          options.profile)


if __name__ == "__main__":
    main()
