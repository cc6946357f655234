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

HostActivity::HostActivity(const HostSet& hosts)
    : states_(hosts.size(), HostState::kOn), use_(hosts) {
    counts_[index(Activity::kIdle)] = hosts.size();
}

Activity HostActivity::activity_of(HostId host) const {
    switch (states_[host]) {
        case HostState::kOn: return use_.is_free(host) ? Activity::kIdle : Activity::kComputing;
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

template <class Change>
void HostActivity::change_use(const HostSet& hosts, double date, Change&& change) {
    pass_time(date);
    if (not_on_count_ == 0) { // as nearly always
        change();
        counts_[index(Activity::kIdle)] = use_.free_count();
        counts_[index(Activity::kComputing)] = states_.size() - use_.free_count();
        return;
    }
    for_each_host(hosts, [&](HostId host) { --counts_[index(activity_of(host))]; });
    change();
    for_each_host(hosts, [&](HostId host) { ++counts_[index(activity_of(host))]; });
}

void HostActivity::on_job_started(const JobRecord& job) {
    change_use(job.hosts, job.start_time, [&] { use_.take(job.hosts); });
}

void HostActivity::on_job_ended(const JobRecord& job) {
    change_use(job.hosts, job.end_time, [&] { use_.give_back(job.hosts); });
}

void HostActivity::on_host_states_changed(const HostSet& hosts, HostState state, double date) {
    pass_time(date);
    std::uint64_t switched = 0;
    for_each_host(hosts, [&](HostId host) {
        if (begins_switch(states_[host], state)) ++switched;
        if (states_[host] != HostState::kOn) --not_on_count_;
        if (state != HostState::kOn) ++not_on_count_;
        --counts_[index(activity_of(host))];
        states_[host] = state;
        ++counts_[index(activity_of(host))];
    });
    switch_count_ += switched;
    if (switched > 0) ++grouped_switch_count_;
}

void HostActivity::on_simulation_over(const Outcome& outcome) { pass_time(outcome.date); }

} // namespace batsim
