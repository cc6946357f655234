#!/usr/bin/env python3
"""Checks that worker processes come and go with the simulator: what they inherit, and how they end."""

import argparse
import os
import pathlib
import signal
import subprocess
import tempfile
import time

WORKLOAD = """{"nb_res": 4, "jobs": [{"id": "a", "subtime": 0, "res": 1, "profile": "p"}],
 "profiles": {"p": {"type": "delay", "delay": 10}}}"""
SCHEDULER_COUNT = 3


def restore_signals():
    """Whoever runs the tests may ignore signals, as nohup does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Simulation:
    """Schedulers that go on for ever, in a process group of their own."""

    def __init__(self, options, folder):
        workload = pathlib.Path(folder, "w.json")
        workload.write_text(WORKLOAD)
        command = [options.batsim, "--isolation", "process", "--hosts", "4", "-q",
                   "-e", pathlib.Path(folder, "out"), "--trace-decisions", pathlib.Path(folder, "trace")]
        for index in range(SCHEDULER_COUNT):
            command += ["-w", workload, "--sched-lib", options.test_plugins / "ender.so",
                        "--sched-cfg", "go-on", "--sched-hosts", str(index)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, start_new_session=True,
                                        preexec_fn=restore_signals)
        self.trace = pathlib.Path(folder, "trace")
        self.workers = self.wait_for_workers()

    def has_trace(self):
        return self.trace.exists() and self.trace.stat().st_size > 0

    def children(self):
        path = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(word) for word in path.read_text().split()]

    def wait_for_workers(self):
        """The trace is written in large pieces: then all schedulers have had many events."""
        while self.process.poll() is None and not self.has_trace():
            time.sleep(0.01)
        workers = self.children()
        assert len(workers) == SCHEDULER_COUNT, workers
        return workers


def is_alive(pid):
    try:
        status = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def wait_until_dead(pids):
    while any(is_alive(pid) for pid in pids):
        time.sleep(0.01)


def check_inheritance(options, folder):
    """A worker has the standard streams, and memory in common with the simulator only."""
    simulation = Simulation(options, folder)
    for worker in simulation.workers:
        files = sorted(os.listdir(f"/proc/{worker}/fd"), key=int)
        assert files == ["0", "1", "2"], files
        maps = pathlib.Path(f"/proc/{worker}/maps").read_text()
        shared = [line for line in maps.splitlines() if " rw-s " in line]
        assert len(shared) == 1, shared
        name = pathlib.Path(f"/proc/{worker}/comm").read_text().strip()
        assert name == "batsim:ender", name
    os.killpg(simulation.process.pid, signal.SIGINT)
    simulation.process.communicate()


def check_interruption(options, folder):
    """SIGINT from a terminal goes to all processes of the group; the simulation ends in order."""
    simulation = Simulation(options, folder)
    os.killpg(simulation.process.pid, signal.SIGINT)
    output, errors = simulation.process.communicate()
    assert simulation.process.returncode == 128 + signal.SIGINT, errors
    assert "interrupted by SIGINT" in errors, errors
    assert output == "finalized\n" * SCHEDULER_COUNT, output
    assert not any(is_alive(worker) for worker in simulation.workers)


def check_death_of_simulator(options, folder):
    simulation = Simulation(options, folder)
    simulation.process.kill()
    simulation.process.communicate()
    wait_until_dead(simulation.workers)


def check_death_of_worker(options, folder):
    """The simulator notices it, says so, and ends the others."""
    simulation = Simulation(options, folder)
    os.kill(simulation.workers[1], signal.SIGKILL)
    output, errors = simulation.process.communicate()
    assert simulation.process.returncode == 5, errors
    assert "scheduler 's1' (ender) at date " in errors, errors
    assert errors.endswith("its process was ended by SIGKILL\n"), errors
    assert output == "finalized\n" * (SCHEDULER_COUNT - 1), output
    assert not any(is_alive(worker) for worker in simulation.workers)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", required=True, type=pathlib.Path)
    parser.add_argument("--test-plugins", required=True, type=pathlib.Path)
    options = parser.parse_args()
    for check in (check_inheritance, check_interruption, check_death_of_simulator,
                  check_death_of_worker):
        with tempfile.TemporaryDirectory(prefix="batsim-processes-") as folder:
            check(options, folder)
        print("pass ", check.__name__)


if __name__ == "__main__":
    main()
