import batsched


class Meta(batsched.Scheduler):
    """Hands its jobs to easy, and from the third on to owner."""

    def __init__(self, sim, config):
        super().__init__(sim, config)
        self.owner = sim.find_scheduler("owner")

    def on_job_submitted(self, job):
        self.sim.info(self.sim.scheduler("easy"))
        self.sim.forward_job(job, "easy" if job.id < 2 else self.owner)


class Owner(batsched.Scheduler):
    """Lends a host for some time, and rejects jobs with their history."""

    def on_simulation_begins(self, begin):
        self.sim.info(self.sim.lend_hosts("4", "guest"))

    def on_hosts_state_changed(self, change):
        self.sim.info(f"{change}, {self.sim.scheduler_hosts(self.sim.index)}")

    def on_job_submitted(self, job):
        self.sim.reject_job(job, str(self.sim.job_history(job)))


class Guest(batsched.Scheduler):
    """Gives back at 20 what it was lent, takes other hosts at 30, and others' at 40."""

    def on_simulation_begins(self, begin):
        for date in (20, 30, 40):
            self.sim.call_me_later(date)

    def on_hosts_lent(self, lent):
        self.sim.info(lent)

    def on_requested_call(self, call):
        if self.sim.now == 20:
            self.sim.info(self.sim.return_hosts("4"))
        elif self.sim.now == 30:
            self.sim.info(self.sim.take_hosts("2-3"))
            self.sim.info(f"{self.sim.scheduler('owner').is_takeable} {self.sim.scheduler(1).is_takeable}")
        else:
            self.sim.take_hosts([0])
