// registration.hpp - profiles and jobs that schedulers add while the simulation runs.
#ifndef BATSIM_ENGINE_REGISTRATION_HPP
#define BATSIM_ENGINE_REGISTRATION_HPP

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/job_record.hpp"
#include "engine/scheduler_slot.hpp"
#include "engine/status.hpp"
#include "workload/workload_directory.hpp"

namespace batsim {

// The ids of registered jobs begin here; those of the others are their ranks in order of submission.
inline constexpr JobId kFirstRegisteredJob = JobTable::kSecondRun;

// A job as a scheduler describes it.
struct NewJob {
    std::string name;                    // without "workload!"
    std::optional<std::string> workload; // nothing: the one named like the scheduler's instance
    std::string profile;                 // "workload!profile"
    std::string extra_json = "{}";
    std::uint32_t requested_hosts = 1;
    std::uint32_t min_hosts = 0, max_hosts = 0; // 0: as requested_hosts
    std::optional<JobId> parent;
    double walltime = kNoWalltime;
    std::int32_t user_id = -1, group_id = -1, queue_id = -1, executable_id = -1;
};

// The answer to a request, and why if the status is negative.
struct Verdict {
    Status status = Status::kOk;
    std::string why;
};

// A Registration checks what schedulers add, numbers all jobs and keeps their names unique. Profiles
// are there at once; a job is submitted when the decision takes effect, but has its id and its name
// at once.
class Registration {
  public:
    // `directory` has, behind the workloads with a file, one workload for each scheduler; nullptr if
    // no scheduler registers anything. `owners` are the schedulers of all these workloads. All that is
    // referred to must outlive the registration.
    Registration(WorkloadDirectory* directory, JobTable& jobs,
                 const std::vector<SchedulerIndex>& owners)
        : directory_(directory), jobs_(jobs), owners_(owners) {}

    Verdict register_profile(const SchedulerSlot& slot, const std::string& name,
                             std::string_view json);
    Verdict release_profile(const SchedulerSlot& slot, const std::string& name);
    Verdict register_job(SchedulerSlot& slot, const NewJob& wanted, JobId& id);
    Verdict finish(SchedulerSlot& slot) const;

    // The id of the next job that a workload file submits. Throws PluginError if a registered job has
    // its name.
    JobId number_static_job(const Job& job);
    // Whether a job has ever had this id.
    bool is_known(JobId id) const {
        return id < next_static_id_ || (id >= kFirstRegisteredJob && id < next_id_);
    }

  private:
    Verdict check_open(const SchedulerSlot& slot) const;
    Verdict check_new_profile(const std::string& name) const;
    Verdict check_new_job(const NewJob& wanted) const;
    Verdict make_job(const SchedulerSlot& slot, const NewJob& wanted, Job& job) const;

    WorkloadDirectory* directory_;
    JobTable& jobs_;
    const std::vector<SchedulerIndex>& owners_;
    JobId next_static_id_ = 0;
    JobId next_id_ = kFirstRegisteredJob;            // of a registered job
    std::map<std::string, SchedulerIndex> profiles_; // registered and not released, by full name
    // All jobs that ever were, by full name, and the name of the scheduler that has registered it, or
    // nullptr. Empty if no scheduler registers anything; never iterated.
    std::unordered_map<std::string, const std::string*> named_jobs_;
};

} // namespace batsim

#endif
