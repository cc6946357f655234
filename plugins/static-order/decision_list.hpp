// decision_list.hpp - decisions with dates, read from a configuration, a trace of decisions or a jobs.csv.
#ifndef BATSIM_PLUGINS_STATIC_ORDER_DECISION_LIST_HPP
#define BATSIM_PLUGINS_STATIC_ORDER_DECISION_LIST_HPP

#include <batsched.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace static_order {

// Jobs are given by name, "workload!job".
struct Execute {
    std::string job;
    batsched::HostSet hosts;
    std::vector<batsched_host_id_t> rank_hosts; // empty: the default
    std::string storage_mapping;                // JSON; "": none
    double walltime;                            // 0: as submitted
};
struct Reject {
    std::string job, reason;
};
struct Kill {
    std::vector<std::string> jobs;
};
struct Annotate {
    std::string job, annotation; // JSON
};
struct Delay {
    double seconds;
};
struct Stop {
    std::string reason;
};
struct SetPstate {
    batsched::HostSet hosts;
    std::uint32_t pstate;
};
struct SetHostState {
    batsched::HostSet hosts;
    batsched_host_state_t state;
};
struct RegisterProfile {
    std::string profile, json;
};
struct ReleaseProfile {
    std::string profile;
};
struct RegisterJob {
    std::optional<std::string> workload; // none: the one named like the scheduler
    std::string name, profile, extra_data;
    std::uint32_t requested_hosts, min_hosts, max_hosts; // the last two: 0 as the first
    batsched_job_id_t parent;
    double walltime;
    std::int32_t user_id, group_id, queue_id, executable_id;
};
struct FinishRegistration {};
struct Forward {
    std::string job, to; // the name of a scheduler
};
struct Lend {
    batsched::HostSet hosts;
    std::string to;
};
struct Return {
    batsched::HostSet hosts;
};
struct Take {
    batsched::HostSet hosts;
};

struct Decision {
    double date;
    std::string place; // in the list, for messages
    std::variant<Execute, Reject, Kill, Annotate, Delay, Stop, SetPstate, SetHostState,
                 RegisterProfile, ReleaseProfile, RegisterJob, FinishRegistration, Forward, Lend,
                 Return, Take>
        what;
};

struct DecisionList {
    // Of one scheduler in the order of their dates; those of one date stay in the order of the text.
    std::vector<Decision> decisions;
    // Those that any scheduler registers, or hands to this one.
    std::set<std::string> later_jobs;
    batsched::HostSet borrowed; // hosts that it takes, or that others lend to it
    bool shared_hosts = false;  // several jobs may be on a host at once
};

// Reads {"decisions": [...]}, one JSON object a line, or a jobs.csv; README.md has the format. Throws
// std::invalid_argument.
DecisionList read_decisions(const std::string& text, const std::string& scheduler);

// The jobs that a decision is about, which must have been submitted before.
std::vector<std::string> jobs_of(const Decision& decision);

// The hosts that a decision is about.
batsched::HostSet hosts_of(const Decision& decision);

// Whether the decision needs the feature REGISTRATION.
bool registers(const Decision& decision);

} // namespace static_order

#endif
