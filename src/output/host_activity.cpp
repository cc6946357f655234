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

// Adds to each number; gives how many more are positive now.
std::uint32_t add_to_each(std::uint32_t* begin, const std::uint32_t* end, std::uint32_t delta) {
    std::uint32_t more = 0; // modulo 2^32, so that the compiler can do several at once
    for (; begin != end; ++begin) {
        more -= *begin != 0 ? 1U : 0U;
        *begin += delta;
        more += *begin != 0 ? 1U : 0U;
    }
    return more;
}

} // namespace

HostActivity::HostActivity(std::uint32_t host_count)
    : states_(host_count, HostState::kOn), jobs_(host_count) {
    counts_[index(Activity::kIdle)] = host_count;
}

Activity HostActivity::activity_of(HostId host) const {
    switch (states_[host]) {
        case HostState::kOn: return jobs_[host] > 0 ? Activity::kComputing : Activity::kIdle;
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
    if (not_on_count_ == 0)
        return change_jobs_of_hosts_on(hosts, static_cast<std::uint32_t>(delta));
    for_each_host(hosts, [&](HostId host) {
        --counts_[index(activity_of(host))];
        jobs_[host] += static_cast<std::uint32_t>(delta);
        ++counts_[index(activity_of(host))];
    });
}

void HostActivity::change_jobs_of_hosts_on(const HostSet& hosts, std::uint32_t delta) {
    std::uint32_t more = 0;
    for (const auto& interval : hosts.intervals())
        more += add_to_each(&jobs_[interval.first], &jobs_[interval.last] + 1, delta);
    const std::int64_t difference = static_cast<std::int32_t>(more);
    counts_[index(Activity::kComputing)] += static_cast<std::uint64_t>(difference);
    counts_[index(Activity::kIdle)] -= static_cast<std::uint64_t>(difference);
}

void HostActivity::on_job_started(const JobRecord& job) {
    change_jobs(job.hosts, +1, job.start_time);
}

void HostActivity::on_job_ended(const JobRecord& job) { change_jobs(job.hosts, -1, job.end_time); }

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
