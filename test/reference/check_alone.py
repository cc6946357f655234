#!/usr/bin/env python3
"""check_alone.py K ARGUMENTS...: the jobs of workload K in out/jobs.csv have, byte for byte, the rows that a
simulation with these arguments gives, which has that workload and its scheduler alone."""

import os
import subprocess
import sys


def rows(folder, workload, is_federation):
    """The rows of a workload's jobs, without its name and that of the scheduler."""
    chosen = []
    with open(f"{folder}/jobs.csv") as file:
        for line in list(file)[1:]:
            job, name, rest = line.rstrip("\n").split(",", 2)
            if name == workload:
                chosen.append((job, rest.rsplit(",", 1)[0] if is_federation else rest))
    return chosen


def main():
    index, *arguments = sys.argv[1:]
    folder = f"alone{index}"
    subprocess.run([os.environ["BATSIM"], *arguments, "-q", "--log", "error", "-e", folder,
                    *os.environ["MORE_ARGUMENTS"].split()], check=True)
    alone, together = rows(folder, "w0", False), rows("out", f"w{index}", True)
    if not alone or len(alone) != len(together):
        sys.exit(f"w{index} has {len(together)} rows, alone {len(alone)}")
    for ours, theirs in zip(together, alone):
        if ours != theirs:
            sys.exit(f"w{index}: {ours} in the federation, {theirs} alone")


if __name__ == "__main__":
    main()
