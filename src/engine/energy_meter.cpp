// energy_meter.cpp - how much energy hosts and jobs have consumed.
#include "engine/energy_meter.hpp"

#include <algorithm>

namespace batsim {

namespace {

struct Watts {
    double base;  // without the load of ranks
    double least; // with a load of nearly 0
};

Watts watts_of(const Host& host, HostState power, std::uint32_t pstate, bool computes) {
    switch (power) {
        case HostState::kOff: return {host.sleeping_watts(), host.sleeping_watts()};
        case HostState::kSwitchingOn: return {host.switching_on_watts(), host.switching_on_watts()};
        case HostState::kSwitchingOff:
            return {host.switching_off_watts(), host.switching_off_watts()};
        default: break;
    }
    const PstatePower& watts = host.power[pstate];
    return {computes ? watts.epsilon : watts.idle, watts.epsilon};
}

} // namespace

EnergyMeter::EnergyMeter(const Platform& platform)
    : platform_(platform), hosts_(platform.compute_host_count) {
    for (const HostEnergy& host : hosts_) {
        base_watts_.add(host.base_watts);
        least_watts_.add(host.least_watts);
    }
}

void EnergyMeter::attach(const HostStates& states, Executor& executor) {
    states_ = &states;
    executor_ = &executor;
    for (HostId host = 0; host < hosts_.size(); ++host) find_watts(host, 0);
}

// ---- Hosts ---------------------------------------------------------------------------------------

void EnergyMeter::update(HostEnergy& host, double now) {
    const double joules = host.base_watts * (now - host.since);
    host.joules += joules;
    if (host.jobs > 0) host.joules_per_job.add(joules / host.jobs);
    host.since = now;
}

// Of all hosts together, so that nobody has to add up the joules of each.
void EnergyMeter::update_total(double now) {
    if (now > since_) joules_.add(base_watts_.sum() * (now - since_));
    since_ = now;
}

void EnergyMeter::find_watts(HostId id, double now) {
    HostEnergy& host = hosts_[id];
    Watts watts{0, 0};
    if (states_->of(id) != HostState::kFailed)
        watts =
            watts_of(platform_.hosts[id], states_->power(id), states_->pstate(id), host.ranks > 0);
    update_total(now);
    base_watts_.replace(host.base_watts, watts.base);
    least_watts_.replace(host.least_watts, watts.least);
    host.base_watts = watts.base;
    host.least_watts = watts.least;
}

void EnergyMeter::hosts_changed(const HostSet& hosts, double now) {
    for_each_host(hosts, [&](HostId host) {
        update(hosts_[host], now);
        find_watts(host, now);
    });
}

void EnergyMeter::ranks_changed(HostId id, JobId, int delta, double now) {
    HostEnergy& host = hosts_[id];
    const bool computed = host.ranks > 0;
    host.ranks = static_cast<std::uint32_t>(static_cast<int>(host.ranks) + delta);
    if (computed == (host.ranks > 0)) return;
    update(host, now);
    find_watts(id, now);
}

// If other ranks compute there, their host draws epsilon already.
void EnergyMeter::computed(HostId id, JobId job, double seconds) {
    if (hosts_[id].ranks > 0) return;
    const PstatePower& watts = platform_.hosts[id].power[states_->pstate(id)];
    const double joules = (watts.epsilon - watts.idle) * seconds;
    hosts_[id].joules += joules;
    joules_.add(joules);
    jobs_.at(job).add(joules);
}

void EnergyMeter::worked(HostId id, JobId job, double core_seconds, double) {
    const Host& host = platform_.hosts[id];
    const PstatePower& watts = host.power[states_->pstate(id)];
    const double joules = (watts.full - watts.epsilon) * core_seconds / host.core_count;
    hosts_[id].joules += joules;
    joules_.add(joules);
    jobs_.at(job).add(joules);
}

// ---- Jobs ----------------------------------------------------------------------------------------

// Of the hosts' consumption beside the load, to a job that was there from the start. Then as many
// more jobs are on them.
CompensatedSum EnergyMeter::billed_to_each_job(const HostSet& hosts, double now, int joining) {
    CompensatedSum joules;
    for_each_host(hosts, [&](HostId id) {
        HostEnergy& host = hosts_[id];
        update(host, now);
        joules.add(host.joules_per_job);
        host.jobs = static_cast<std::uint32_t>(static_cast<int>(host.jobs) + joining);
        if (host.jobs == 0) host.joules_per_job = {};
    });
    return joules;
}

void EnergyMeter::job_started(const JobRecord& job, double now) {
    jobs_[job.id].subtract(billed_to_each_job(job.hosts, now, +1));
}

double EnergyMeter::job_ended(const JobRecord& job, double now) {
    CompensatedSum joules = jobs_.at(job.id);
    jobs_.erase(job.id);
    joules.add(billed_to_each_job(job.hosts, now, -1));
    return joules.value();
}

// ---- Sums ----------------------------------------------------------------------------------------

std::vector<double> EnergyMeter::of_hosts(const HostSet& hosts, double now) {
    executor_->settle(now);
    std::vector<double> joules;
    for_each_host(hosts, [&](HostId id) {
        update(hosts_[id], now);
        joules.push_back(hosts_[id].joules);
    });
    return joules;
}

double EnergyMeter::watts(HostId id, double load) const {
    const PstatePower& watts = platform_.hosts[id].power[states_->pstate(id)];
    const bool is_program = load > 0 && hosts_[id].ranks == 0; // see computed()
    const double base = is_program ? watts.epsilon : hosts_[id].base_watts;
    return base + load * (watts.full - watts.epsilon);
}

double EnergyMeter::total(double now) {
    executor_->settle(now);
    update_total(now);
    return joules_.value();
}

} // namespace batsim
