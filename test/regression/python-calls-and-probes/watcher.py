import batsched
from batsched import Aggregation, Metric


class Watcher(batsched.Scheduler):
    """Starts jobs at full hundreds of seconds, kills them 250 s later, and measures its hosts."""

    def on_simulation_begins(self, begin):
        assert begin.hosts == self.sim.hosts and not begin.storage_hosts
        self.queue, self.call, self.kills = [], self.sim.call_me_later(100, 100), {}
        self.sim.cancel_call(self.sim.call_me_later(50))
        self.probe = self.sim.probe_hosts(Metric.LOAD, self.sim.hosts, Aggregation.MEAN, period=50)
        self.once = self.sim.probe_hosts(Metric.LOAD, [1], first_time=120)

    def on_probe_data(self, data):
        self.sim.info(data)
        if data.probe == self.probe and self.sim.now >= 150:
            self.sim.stop_probe(self.probe)

    def on_job_submitted(self, job):
        self.sim.info(f"{job}: {self.sim.profile(job.profile)}, "
                      f"{self.sim.estimate_run_time(job, '0')} s")
        self.queue.append(job)

    def on_requested_call(self, call):
        if call in self.kills:
            self.sim.kill_jobs([self.kills[call]])
        elif self.queue:
            job = self.queue.pop(0)
            self.sim.execute_job(job, [1], walltime=400)
            self.kills[self.sim.call_me_later(self.sim.now + 250)] = job
        else:
            self.sim.cancel_call(self.call)

    def on_jobs_killed(self, jobs):
        self.sim.info(f"killed {jobs}")

    def on_job_completed(self, end):
        self.sim.info(end)

    def on_simulation_ends(self, reason):
        self.sim.warning(reason)
