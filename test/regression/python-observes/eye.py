import batsched


class Eye(batsched.Scheduler):
    """Says what it sees of others."""

    observes = True

    def __init__(self, sim, config):
        super().__init__(sim, config)
        sim.info(f"own hosts '{sim.hosts}', all hosts '{sim.all_hosts}'")
        self.jobs = {}

    def on_job_submitted(self, job):
        self.jobs[job.id] = job

    def on_job_forwarded(self, forwarded):
        self.sim.info(forwarded)

    def on_job_rejected(self, rejected):
        assert self.jobs.pop(rejected.job.id) is rejected.job
        self.sim.info(rejected)

    def on_job_started(self, started):
        assert self.jobs[started.job.id] is started.job
        self.sim.info(started)

    def on_job_completed(self, end):
        del self.jobs[end.job.id]

    def on_hosts_lent(self, lent):
        self.sim.info(lent)

    def on_finalize(self, exit):
        self.sim.info(f"left are {self.jobs}")
