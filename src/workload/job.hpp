// job.hpp - what a user submits.
#ifndef BATSIM_WORKLOAD_JOB_HPP
#define BATSIM_WORKLOAD_JOB_HPP

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workload/profile.hpp"

namespace batsim {

inline constexpr double kNoWalltime = std::numeric_limits<double>::infinity();

// What a line of an SWF file says beyond what Job has; -1 where the log does not know.
struct SwfExtra {
    double wait_time;
    double allocated_processors, requested_processors;
    double average_cpu_time;
    double used_memory, requested_memory; // KiB for each processor
    double requested_time;
    std::int64_t status, partition;
    std::int64_t preceding_job; // its number
    double think_time;
};

// What the workload file says of a job beyond the members of Job: nothing, a JSON object, or the
// other fields of an SWF line.
using JobExtra = std::variant<std::monostate, std::string, std::unique_ptr<SwfExtra>>;

// Which of the job's hosts, by index, each rank is on; nullptr if that is not given.
using RankMapping = std::unique_ptr<const std::vector<std::uint32_t>>;

// A Job is what a user submits: so many hosts, for at most so long, to run a profile.
struct Job {
    std::string full_name;      // "workload!job", unique in the simulation
    std::uint32_t workload = 0; // index of the workload in the simulation
    std::uint32_t requested_hosts = 1;
    std::uint32_t min_hosts = 1, max_hosts = 1; // both = requested_hosts for a rigid job
    std::int32_t user_id = -1, group_id = -1, queue_id = -1, executable_id = -1; // -1: unknown
    double submit_time = 0;
    double walltime = kNoWalltime; // > 0
    ProfilePtr profile;
    RankMapping rank_mapping; // unless its scheduler says otherwise; as a rule not given
    JobExtra extra;

    std::string_view name() const { // without "workload!"
        return std::string_view(full_name).substr(full_name.find('!') + 1);
    }
};

// Jobs are moved as a rule, so that no copy is made by mistake.
Job copy_of(const Job& job);

// The extra data as a JSON object, "{}" if there is none.
std::string extra_json(const JobExtra& extra);

} // namespace batsim

#endif
