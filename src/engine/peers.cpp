// peers.cpp - the schedulers of a simulation, as they see each other.
#include "engine/peers.hpp"

#include <algorithm>

namespace batsim {

namespace {

void add_waiting(const JobRecord& job, SchedulerLoad& load) {
    ++load.waiting_jobs;
    load.waiting_hosts += job.job.requested_hosts;
    load.work_ahead += job.job.requested_hosts * job.walltime;
}

void add_running(const JobRecord& job, double now, SchedulerLoad& load) {
    ++load.running_jobs;
    const double seconds_left = std::max(0.0, job.start_time + job.walltime - now);
    load.work_ahead += static_cast<double>(job.hosts.size()) * seconds_left;
}

} // namespace

const SchedulerLoad& Peers::load(SchedulerIndex index, double now) {
    if (loads_.empty()) add_up(now);
    return loads_[index];
}

void Peers::add_up(double now) {
    loads_.resize(slots_.size());
    for (const auto& slot : slots_) {
        const HostSet on = slot->hosts.all() - states_.not_on();
        loads_[slot->index].usable_hosts = on.size() - use_.busy_among(on).size();
    }
    jobs_.for_each([&](JobId, const JobRecord& job) {
        SchedulerLoad& load = loads_[job.owner];
        if (job.state == JobState::kWaiting || job.state == JobState::kAccepted)
            add_waiting(job, load);
        if (job.state == JobState::kRunning) add_running(job, now, load);
    });
}

} // namespace batsim
