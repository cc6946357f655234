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

JobExtra copy_of(const JobExtra& extra) {
    if (const auto* text = std::get_if<std::string>(&extra)) return *text;
    if (const auto* swf = std::get_if<std::unique_ptr<SwfExtra>>(&extra))
        return std::make_unique<SwfExtra>(**swf);
    return {};
}

} // namespace

Job copy_of(const Job& job) {
    Job copy;
    copy.full_name = job.full_name;
    copy.workload = job.workload;
    copy.requested_hosts = job.requested_hosts;
    copy.min_hosts = job.min_hosts;
    copy.max_hosts = job.max_hosts;
    copy.user_id = job.user_id;
    copy.group_id = job.group_id;
    copy.queue_id = job.queue_id;
    copy.executable_id = job.executable_id;
    copy.submit_time = job.submit_time;
    copy.walltime = job.walltime;
    copy.profile = job.profile;
    if (job.rank_mapping)
        copy.rank_mapping = std::make_unique<const std::vector<std::uint32_t>>(*job.rank_mapping);
    copy.extra = copy_of(job.extra);
    return copy;
}

std::string extra_json(const JobExtra& extra) {
    if (const auto* text = std::get_if<std::string>(&extra)) return *text;
    if (const auto* swf = std::get_if<std::unique_ptr<SwfExtra>>(&extra)) return swf_json(**swf);
    return "{}";
}

} // namespace batsim
