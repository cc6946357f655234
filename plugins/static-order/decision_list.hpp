// decision_list.hpp - decisions with dates, read from a configuration or a trace of decisions.
#ifndef BATSIM_PLUGINS_STATIC_ORDER_DECISION_LIST_HPP
#define BATSIM_PLUGINS_STATIC_ORDER_DECISION_LIST_HPP

#include <batsched.hpp>
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

struct Decision {
    double date;
    std::string place; // in the list, for messages
    std::variant<Execute, Reject, Kill, Annotate, Delay, Stop> what;
};

// Reads {"decisions": [...]} or one JSON object a line; README.md has the format. Gives the decisions
// of this scheduler in the order of their dates; those of one date stay in the order of the text.
// Throws std::invalid_argument.
std::vector<Decision> read_decisions(const std::string& text, const std::string& scheduler);

// The jobs that a decision is about.
std::vector<std::string> jobs_of(const Decision& decision);

} // namespace static_order

#endif
