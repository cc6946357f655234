// probe_from_c.cpp - a probe that a plugin creates, in the form of the engine.
#include "plugin/abi/probe_from_c.hpp"

#include <utility>
#include <vector>

#include "plugin/abi/growing_struct.hpp"
#include "plugin/abi/host_set_from_c.hpp"

namespace batsim {

namespace {

Status invalid(const char* what, std::int32_t value, std::string& why) {
    why = std::string("the ") + what + " of the probe must be one of BATSCHED_" + what +
          "_..., is " + std::to_string(value);
    return Status::kInvalidArgument;
}

Status check_kind(const batsched_probe_t& given, std::string& why) {
    if (given.target != BATSCHED_PROBE_HOSTS && given.target != BATSCHED_PROBE_LINKS)
        return invalid("PROBE", given.target, why);
    if (given.metric < BATSCHED_METRIC_POWER || given.metric > BATSCHED_METRIC_LOAD)
        return invalid("METRIC", given.metric, why);
    if (given.aggregation < BATSCHED_AGGREGATE_NONE || given.aggregation > BATSCHED_AGGREGATE_MAX)
        return invalid("AGGREGATE", given.aggregation, why);
    return Status::kOk;
}

Status read_links(const batsched_probe_t& given, Decisions& decisions, std::vector<LinkId>& links,
                  std::string& why) {
    if (given.links == nullptr && given.link_count > 0) {
        why = "'links' of the probe must not be NULL";
        return Status::kInvalidArgument;
    }
    if (!decisions.has_network()) return Status::kUnsupported;
    for (std::size_t i = 0; i < given.link_count; ++i) {
        if (given.links[i] == nullptr) {
            why = "the name of link " + std::to_string(i) + " of the probe must not be NULL";
            return Status::kInvalidArgument;
        }
        LinkId link = 0;
        const Status status = decisions.find_link(given.links[i], link);
        if (status != Status::kOk) return status;
        links.push_back(link);
    }
    return Status::kOk;
}

} // namespace

Status probe_from_c(const batsched_probe_t& given, std::size_t host_count, Decisions& decisions,
                    ProbeFromC& probe, std::string& why) {
    batsched_probe_t copy{};
    Status status = read_struct(&given, copy, why);
    if (status == Status::kOk) status = check_kind(copy, why);
    if (status != Status::kOk) return status;
    probe.first_time = copy.first_time;
    probe.period = copy.period;
    probe.probe.metric = static_cast<Metric>(copy.metric); // the same orders
    probe.probe.aggregation = static_cast<Aggregation>(copy.aggregation);
    if (copy.target == BATSCHED_PROBE_LINKS)
        return read_links(copy, decisions, probe.probe.targets.emplace<std::vector<LinkId>>(), why);
    CheckedHosts checked = check_hosts(copy.hosts, host_count);
    why = std::move(checked.why);
    probe.probe.targets = std::move(checked.hosts);
    return checked.status;
}

} // namespace batsim
