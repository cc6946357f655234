// job_record.hpp - a job in the simulation: what was submitted and what has become of it.
#ifndef BATSIM_ENGINE_JOB_RECORD_HPP
#define BATSIM_ENGINE_JOB_RECORD_HPP

#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/page_table.hpp"
#include "engine/execution.hpp"
#include "platform/platform.hpp"
#include "workload/job.hpp"

namespace batsim {

using JobId = std::uint64_t;
using SchedulerIndex = std::uint32_t;

enum class JobState {
    kRegistered, // by a scheduler, to be submitted as soon as the decision takes effect
    kWaiting,    // submitted, for its scheduler to decide about
    kAccepted,   // to be executed or rejected as soon as the decision takes effect
    kRunning,
    kOver,
};

// How a job that was started has ended.
enum class JobEnd {
    kSucceeded,
    kFailed, // the profile's return code is not 0
    kWalltimeReached,
    kKilled,
    kHostFailed, // one of its hosts has
    kRejected,   // never started
};

// A scheduler has handed a waiting job to another one.
struct JobMove {
    double date;
    SchedulerIndex from, to;
};

struct JobRecord {
    JobRecord(JobId job_id, SchedulerIndex scheduler, Job submitted)
        : id(job_id), owner(scheduler), job(std::move(submitted)), walltime(job.walltime) {}

    JobId id;
    SchedulerIndex owner; // the last one, if it was handed on
    std::vector<JobMove> moves;
    std::optional<JobId> parent; // the job that this one resubmits
    JobState state = JobState::kWaiting;
    JobEnd end = JobEnd::kSucceeded; // if it is over or its end is planned
    Job job;
    double walltime;                      // as submitted, or as its scheduler says
    HostSet hosts;                        // allocated; from its acceptance on
    std::unique_ptr<Placement> placement; // if it is not the default
    double start_time = 0;                // if it runs or has run
    double end_time = 0;                  // if it is over
    double energy = NAN;                  // joules, if it is over and energy is simulated
    // While it runs: its entry in the calendar if the end is known, else how far it has come.
    std::uint32_t end_entry = 0;
    std::unique_ptr<Execution> execution;
    // How far it has come if it did not end by itself.
    std::unique_ptr<Progress> progress;
    // Once it is over: whether its owner has heard of it, and others who have not yet.
    bool has_left = false;
    std::vector<SchedulerIndex> listeners;
    std::string metadata; // a JSON object, or empty if nothing was annotated

    double run_time() const { return end_time - start_time; }
    double waiting_time() const { return start_time - job.submit_time; }
    double turnaround_time() const { return end_time - job.submit_time; }
    bool was_started() const { return end != JobEnd::kRejected; }
};

// The jobs that are in the system, by identifier.
using JobTable = PageTable<JobRecord>;

} // namespace batsim

#endif
