# my_scheduler.py - the scheduler my-scheduler. So far: first come, first served.
import bisect

import batsched
from batsched import HostSet, HostState, Job


class MyScheduler(batsched.Scheduler):
    name = "my-scheduler"
    version = "0.1.0"

    def __init__(self, sim, config):
        super().__init__(sim, config)  # sets self.sim and self.config
        if config:
            raise ValueError(f"there is nothing to configure: {sorted(config)}")
        self.usable = sim.hosts  # that are on
        self.busy = HostSet()  # with a job
        self.queue: list[Job] = []  # in order of submission, which is that of ids

    def on_job_submitted(self, job):
        if job.requested_hosts > len(self.sim.hosts):
            self.sim.reject_job(job, "larger than the partition")
        else:
            self.queue.append(job)

    def on_job_completed(self, end):
        self.busy -= end.hosts

    def on_hosts_state_changed(self, change):
        if change.state == HostState.ON:
            self.usable |= change.hosts
        else:
            self.usable -= change.hosts

    def on_decision_dropped(self, dropped):
        """A host failed before the job could start on it: the job waits again."""
        if dropped.job is not None:
            self.busy -= dropped.hosts
            bisect.insort(self.queue, dropped.job, key=lambda job: job.id)

    def on_decide(self):
        """The end of each batch of events. Begin here: which jobs are to start now, and where?"""
        while self.queue and self.start(self.queue[0]):
            self.queue.pop(0)

    def start(self, job):
        """Whether there is room."""
        free = self.usable - self.busy
        if job.requested_hosts > len(free):
            return False
        allocation = free.lowest(job.requested_hosts)
        if not self.sim.execute_job(job, allocation):
            return False  # not possible now
        self.busy |= allocation
        return True
