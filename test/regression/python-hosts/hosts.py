import batsched
from batsched import HostState


class Hosts(batsched.Scheduler):
    """Switches hosts."""

    def __init__(self, sim, config):
        super().__init__(sim, config)
        sim.info(f"{config} on {sim.hosts} of {sim.workloads}, energy: {sim.has_energy}")
        sim.info(sim.host(1))

    def on_simulation_begins(self, begin):
        self.sim.set_pstate("0-1", 1)
        self.sim.set_host_state([2, 3], HostState.OFF)

    def on_hosts_pstate_changed(self, change):
        self.sim.info(change)
        self.sim.info(self.sim.host_status(1))

    def on_hosts_state_changed(self, change):
        self.sim.info(change)

    def on_external_event(self, event):
        self.sim.info(event)

    def on_no_more_external_events(self):
        self.sim.info("no more external events")

    def on_job_submitted(self, job):
        self.sim.info(self.sim.execute_job(job, [2]))
        self.sim.info(self.sim.execute_job(job, [1], rank_hosts=[1, 1]))
        self.sim.delay_decisions(2.5)

    def on_job_completed(self, end):
        self.sim.stop_simulation("that will do")

    def on_finalize(self, exit):
        self.sim.info(exit)
