"""Runs commands and gives medians of wall-clock time, CPU time and peak memory."""

import os
import statistics
import subprocess
import time


class Result:
    def __init__(self, walls, cpus, peaks):
        self.wall = statistics.median(walls)
        self.cpu = statistics.median(cpus)
        self.memory = max(peaks) / 1024  # MiB

    def __str__(self):
        return f"{self.wall:8.3f} s wall {self.cpu:8.3f} s CPU {self.memory:7.0f} MiB"


def measure(command, runs=5):
    """The command as a list of words; its standard output is thrown away."""
    walls, cpus, peaks = [], [], []
    for _ in range(runs):
        begin = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        walls.append(time.monotonic() - begin)
        if os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit(f"failed: {command}")
        cpus.append(usage.ru_utime + usage.ru_stime)
        peaks.append(usage.ru_maxrss)
    return Result(walls, cpus, peaks)
