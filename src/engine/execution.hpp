// execution.hpp - how far a job has come that is walked through part by part.
#ifndef BATSIM_ENGINE_EXECUTION_HPP
#define BATSIM_ENGINE_EXECUTION_HPP

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/branch.hpp"
#include "engine/progress.hpp"
#include "engine/usage_walk.hpp"

namespace batsim {

struct JobRecord;

// Names a part that is under way, in the calendar and as the task of the backend; never reused.
using PartId = std::uint64_t;

// A branch of an execution and the part of it that is under way.
struct RunningBranch {
    RunningBranch(JobRecord& its_job, RunningBranch* forked_from, const Profile& profile,
                  const ExecutionContext& context, double start)
        : job(its_job),
          parent(forked_from),
          walk(profile, context,
               forked_from == nullptr ? context.alone : forked_from->walk.forks_alone(), start) {}

    // A rank of the present part that computes.
    struct RankWork {
        HostId host;
        double flops;
    };

    JobRecord& job;
    RunningBranch* parent; // that forked it; nullptr for the first branch of a job
    Branch walk;
    bool over = false;

    PartId id = 0; // of the present part
    bool is_task = false;
    std::optional<std::uint32_t> entry; // in the calendar
    // The part has a length: it ends at the offset `end`. At the offset `since` the share `done` was
    // done; from then on it goes on evenly.
    std::optional<double> end;
    double since = 0;
    double done = 0;
    double metered = 0;                                 // the share that the meter has been told of
    std::vector<RankWork> work;                         // for the meter
    std::vector<HostWork> program_work;                 // that the meter has been told of
    std::unique_ptr<UsageWalk> usage;                   // of a usage trace
    std::vector<std::unique_ptr<RunningBranch>> forked; // if the part is a fork
};

// An Execution is all branches of a job, and what they need to know.
struct Execution {
    Execution(JobRecord& job, const Profile& profile, ExecutionContext its_context)
        : context(std::move(its_context)), first(job, nullptr, profile, context, 0) {}

    ExecutionContext context;
    RunningBranch first;
    std::optional<std::uint32_t> walltime_entry; // in the calendar
};

// Calls what(branch) for the branch and those that it has forked, these first.
template <class Branch, class What>
void for_each_branch(Branch& branch, What&& what) {
    if (branch.over) return;
    for (const auto& forked : branch.forked) for_each_branch<Branch>(*forked, what);
    what(branch);
}

} // namespace batsim

#endif
