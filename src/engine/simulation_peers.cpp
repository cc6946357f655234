// simulation_peers.cpp - decisions that are about other schedulers take effect.
#include "engine/simulation.hpp"

namespace batsim {

// The watchdog hears nothing of it: schedulers could hand a job to and fro for ever.
void Simulation::apply(SchedulerSlot& slot, const ForwardJob& decision) {
    JobRecord& job = *decision.job;
    job.state = JobState::kWaiting;
    job.owner = decision.to;
    job.moves.push_back({now_, slot.index, decision.to});
    SchedulerSlot& receiver = *slots_[job.owner];
    // One that observes knows the job already.
    if (!receiver.role.observes) receiver.events.emplace_back(JobSubmitted{&job});
    audience_.tell(JobForwarded{&job, slot.index, job.owner});
}

void Simulation::apply(SchedulerSlot& slot, const LendHosts& decision) {
    host_lending_.apply(slot, decision);
}

void Simulation::apply(SchedulerSlot& slot, const ReturnHosts& decision) {
    host_lending_.apply(slot, decision);
}

void Simulation::apply(SchedulerSlot& slot, const TakeHosts& decision) {
    host_lending_.apply(slot, decision);
}

} // namespace batsim
