import batsched


class Mine(batsched.Scheduler):
    def on_job_submitted(self, job):
        try:
            self.sim.execute_job(job, "5")
        except batsched.Error as error:
            assert error.status == batsched.Status.UNKNOWN_ID
            self.sim.warning("caught, in vain")
