"""Lends its hosts, which fail and are repaired afterwards."""
import batsched


class Lender(batsched.Scheduler):
    def on_simulation_begins(self, begin):
        self.sim.lend_hosts(self.sim.hosts, "fcfs")

    def on_decide(self):
        pass
