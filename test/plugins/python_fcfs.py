# python_fcfs.py - first come, first served; python_fcfs.c calls it and is the module `simulator`.
import bisect
import ctypes  # an extension module: it needs the functions of the interpreter
import json

import simulator


class Scheduler:
    def __init__(self, handle, config, hosts):
        if config.strip() not in ("", "{}"):
            raise ValueError(f"there is nothing to configure, not {json.loads(config)}")
        self.handle = handle
        self.partition = hosts
        self.usable = set(hosts)
        self.busy = set()
        self.waiting = []  # (id, requested hosts), in order of submission, which is that of ids
        assert ctypes.sizeof(ctypes.c_int) == 4

    def on_job_submitted(self, job, requested_hosts):
        if requested_hosts > len(self.partition):
            simulator.reject_job(self.handle, job, "larger than the partition")
        else:
            bisect.insort(self.waiting, (job, requested_hosts))

    def on_job_completed(self, hosts):
        self.busy.difference_update(hosts)

    def on_decision_dropped(self, job, requested_hosts, hosts):
        self.busy.difference_update(hosts)
        bisect.insort(self.waiting, (job, requested_hosts))

    def on_hosts_state_changed(self, are_on, hosts):
        if are_on:
            self.usable.update(hosts)
        else:
            self.usable.difference_update(hosts)

    def on_decide(self):
        while self.waiting:
            job, count = self.waiting[0]
            hosts = sorted(self.usable - self.busy)[:count]
            if len(hosts) < count or not simulator.execute_job(self.handle, job, hosts):
                return
            self.busy.update(hosts)
            del self.waiting[0]
