# easy.py - EASY backfilling in Python: a later job may start now if it does not delay the first waiting
# job. Decides as the plugin `easy` does.
#
#   batsim -w examples/campus.swf --sched-lib python --sched-cfg '{"script": "examples/easy.py"}'
import bisect
import math

import batsched
from batsched import HostSet, HostState, Job


class Easy(batsched.Scheduler):
    version = "1.0.0"

    def __init__(self, sim, config):
        super().__init__(sim, config)
        order = config.pop("backfill_order", "submission")
        if order not in ("submission", "shortest"):
            raise ValueError(f"'backfill_order' must be 'submission' or 'shortest', is {order!r}")
        if config:
            raise ValueError(f"unknown keys {sorted(config)}; known is 'backfill_order'")
        self.shortest_first = order == "shortest"
        self.usable = sim.hosts  # hosts that are on
        self.free = sim.hosts  # usable and idle
        self.queue: list[Job] = []  # in order of submission, which is that of ids
        self.running: dict[int, tuple[HostSet, float]] = {}  # hosts, expected end
        self.releases: list[tuple[float, int, int]] = []  # expected end, job, hosts; sorted

    def on_job_submitted(self, job):
        if job.requested_hosts > len(self.sim.hosts):
            self.sim.reject_job(job, "larger than the partition")
        else:
            self.queue.append(job)

    def on_job_completed(self, end):
        self.forget_running(end.job)
        self.free |= end.usable_hosts

    def on_decision_dropped(self, dropped):
        """The job waits again, in its old place."""
        if dropped.job is not None:
            self.free |= self.forget_running(dropped.job) & self.usable
            bisect.insort(self.queue, dropped.job, key=lambda job: job.id)

    def on_hosts_state_changed(self, change):
        if change.state == HostState.ON:
            self.usable |= change.hosts & self.sim.hosts
        else:
            self.usable -= change.hosts
        self.free = self.usable
        self.releases = []
        for job, (hosts, end) in self.running.items():
            self.free -= hosts
            self.releases.append((end, job, len(hosts & self.usable)))
        self.releases.sort()

    def on_decide(self):
        started = 0
        while started < len(self.queue) and self.start(self.queue[started]):
            started += 1
        del self.queue[:started]
        if self.queue and self.free:
            self.backfill()

    def backfill(self):
        now, free = self.sim.now, len(self.free)
        reservation, spare = self.reserve(self.queue[0])
        candidates = self.queue
        if self.shortest_first:
            candidates = sorted(self.queue, key=lambda job: (job.walltime, job.id))
        started = set()
        for job in candidates:
            hosts = job.requested_hosts
            if hosts > free:
                continue
            ends_before = now + job.walltime <= reservation
            if (ends_before or hosts <= spare) and self.start(job):
                started.add(job.id)
                free -= hosts
                if not ends_before:
                    spare -= hosts
                if free == 0:
                    break
        if started:
            self.queue = [job for job in self.queue if job.id not in started]

    def reserve(self, first):
        """When the first waiting job can start, and how many hosts will be free beside it then."""
        missing = first.requested_hosts - len(self.free)
        reservation, released = math.inf, 0
        for end, _, hosts in self.releases:
            if end > reservation:
                break
            released += hosts
            if released >= missing:
                reservation = end
        return reservation, max(0, released - missing)

    def start(self, job):
        hosts = self.free.lowest(job.requested_hosts)
        if len(hosts) < job.requested_hosts or not self.sim.execute_job(job, hosts):
            return False
        self.free -= hosts
        end = self.sim.now + job.walltime
        self.running[job.id] = hosts, end
        bisect.insort(self.releases, (end, job.id, len(hosts)))
        return True

    def forget_running(self, job):
        hosts, end = self.running.pop(job.id)
        del self.releases[bisect.bisect_left(self.releases, (end, job.id))]
        return hosts
