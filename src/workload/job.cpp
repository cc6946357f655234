// job.cpp - what a user submits.
#include "workload/job.hpp"

#include "base/json.hpp"

namespace batsim {

namespace {

std::string swf_json(const SwfExtra& extra) {
    const Json json = {{"wait_time", extra.wait_time},
                       {"allocated_processors", extra.allocated_processors},
                       {"requested_processors", extra.requested_processors},
                       {"average_cpu_time", extra.average_cpu_time},
                       {"used_memory", extra.used_memory},
                       {"requested_memory", extra.requested_memory},
                       {"requested_time", extra.requested_time},
                       {"status", extra.status},
                       {"partition", extra.partition},
                       {"preceding_job", extra.preceding_job},
                       {"think_time", extra.think_time}};
    return json.dump();
}

} // namespace

std::string extra_json(const JobExtra& extra) {
    if (const auto* text = std::get_if<std::string>(&extra)) return *text;
    if (const auto* swf = std::get_if<std::unique_ptr<SwfExtra>>(&extra)) return swf_json(**swf);
    return "{}";
}

} // namespace batsim
