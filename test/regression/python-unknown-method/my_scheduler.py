import batsched


class Mine(batsched.Scheduler):
    def on_job_submited(self, job):
        self.sim.reject_job(job)
