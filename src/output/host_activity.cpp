// host_activity.cpp - how many hosts do what, and for how long they did.
#include "output/host_activity.hpp"

namespace batsim {

namespace {

bool begins_switch(HostState before, HostState after) {
    switch (after) {
        case HostState::kSwitchingOn:
        case HostState::kSwitchingOff: return true;
        case HostState::kOff: return before == HostState::kOn;
        case HostState::kOn: return before == HostState::kOff;
        default: return false;
    }
}

} // namespace

HostActivity::HostActivity(std::uint32_t host_count) : hosts_(host_count) {
    counts_[index(Activity::kIdle)] = host_count;
}

Activity HostActivity::activity_of(const Entry& entry) {
    switch (entry.state) {
        case HostState::kOn: return entry.jobs > 0 ? Activity::kComputing : Activity::kIdle;
        case HostState::kOff: return Activity::kSleeping;
        case HostState::kSwitchingOn: return Activity::kSwitchingOn;
        case HostState::kSwitchingOff: return Activity::kSwitchingOff;
        case HostState::kFailed:
        case HostState::kUnavailable: break;
    }
    return Activity::kUnavailable;
}

void HostActivity::pass_time(double date) {
    const double seconds = date - since_;
    if (!(seconds > 0)) return;
    for (std::size_t i = 0; i < kActivities; ++i)
        times_[i] += static_cast<double>(counts_[i]) * seconds;
    since_ = date;
}

void HostActivity::change_jobs(const HostSet& hosts, int delta, double date) {
    pass_time(date);
    for_each_host(hosts, [&](HostId host) {
        Entry& entry = hosts_[host];
        --counts_[index(activity_of(entry))];
        entry.jobs = static_cast<std::uint32_t>(static_cast<int>(entry.jobs) + delta);
        ++counts_[index(activity_of(entry))];
    });
}

void HostActivity::on_job_started(const JobRecord& job) {
    change_jobs(job.hosts, +1, job.start_time);
}

void HostActivity::on_job_ended(const JobRecord& job) { change_jobs(job.hosts, -1, job.end_time); }

void HostActivity::on_host_states_changed(const HostSet& hosts, HostState state, double date) {
    pass_time(date);
    std::uint64_t switched = 0;
    for_each_host(hosts, [&](HostId host) {
        Entry& entry = hosts_[host];
        if (begins_switch(entry.state, state)) ++switched;
        --counts_[index(activity_of(entry))];
        entry.state = state;
        ++counts_[index(activity_of(entry))];
    });
    switch_count_ += switched;
    if (switched > 0) ++grouped_switch_count_;
}

void HostActivity::on_simulation_over(const Outcome& outcome) { pass_time(outcome.date); }

} // namespace batsim
