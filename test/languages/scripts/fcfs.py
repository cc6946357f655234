# fcfs.py - first come, first served. Notes what is shared with other schedulers, and computes with numpy if
# its configuration says so.
import sys
from collections import deque
from dataclasses import dataclass

import batsched
import beside

instances = 0  # of this script: each scheduler has its own


@dataclass
class Waiting:
    job: "batsched.Job"
    hosts: "int"


class Fcfs(batsched.Scheduler):
    name = "fcfs in Python"

    def __init__(self, sim, config):
        global instances
        super().__init__(sim, config)
        instances += 1
        assert sys.modules[Fcfs.__module__].instances == instances == 1
        self.free, self.queue = sim.hosts, deque()
        self.draws = [sim.random.random() for _ in range(3)]
        if config.get("numpy"):
            import ctypes
            import threading

            import numpy
            values = []
            thread = threading.Thread(target=lambda: values.append(numpy.arange(100).sum()))
            thread.start()
            thread.join()
            assert values == [4950] and ctypes.sizeof(ctypes.c_int) == 4
            self.free = batsched.HostSet(numpy.array(list(sim.hosts)))

    def on_job_submitted(self, job):
        beside.count_call()
        if job.requested_hosts > len(self.sim.hosts):
            self.sim.reject_job(job, "larger than the partition")
        else:
            self.queue.append(Waiting(job, job.requested_hosts))

    def on_job_completed(self, end):
        self.free |= end.usable_hosts

    def on_decide(self):
        while self.queue and self.queue[0].hosts <= len(self.free):
            hosts = self.free.lowest(self.queue[0].hosts)
            if not self.sim.execute_job(self.queue[0].job, hosts):
                return
            self.free -= hosts
            self.queue.popleft()

    def on_finalize(self, exit):
        order = list({"fixed", "order", "of", "sets", self.sim.name})
        print(f"{self.sim.name} {beside.calls} {self.draws} {order}")
