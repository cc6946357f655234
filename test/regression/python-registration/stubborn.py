import batsched
from batsched import JobState


class Stubborn(batsched.Scheduler):
    """One job at a time. What reaches its walltime is submitted again with twice as much."""

    name = "stubborn"
    version = "0.1.0"
    registers_jobs = True

    def __init__(self, sim, config):
        super().__init__(sim, config)
        self.queue, self.running, self.left, self.again, self.no_more = [], False, 0, 0, False

    def on_job_submitted(self, job):
        self.queue.append(job)
        if job.parent is None:
            self.left += 1
        else:
            parent = self.sim.job(job.parent)
            assert job.parent == 0 or parent is None, parent

    def on_job_completed(self, end):
        self.running = False
        assert end.job is self.sim.job(end.job.id)
        if end.state == JobState.WALLTIME_REACHED:
            self.submit_again(end.job)
        else:
            self.left -= 1

    def submit_again(self, killed):
        self.again += 1
        self.sim.register_profile(f"s0!p{self.again}", {"type": "delay", "delay": 25})
        self.sim.register_job(f"again-{self.again}", f"s0!p{self.again}", walltime=2 * killed.walltime,
                              workload=killed.workload, parent=killed,
                              extra_data={"attempt": self.again})
        self.sim.release_profile(f"s0!p{self.again}")

    def on_no_more_static_jobs(self):
        self.no_more = True

    def on_decide(self):
        if self.no_more and self.left == 0:
            self.sim.finish_registration()
        if self.running or not self.queue:
            return
        job = self.queue.pop(0)
        self.running = self.sim.execute_job(job, self.sim.hosts.lowest(job.requested_hosts))
        self.sim.annotate_job(job, {"extra": self.sim.job_extra(job), "date": self.sim.now})
