// decisions.hpp - checks what a scheduler asks for and keeps it until the end of the batch.
#ifndef BATSIM_ENGINE_DECISIONS_HPP
#define BATSIM_ENGINE_DECISIONS_HPP

#include <optional>
#include <string>
#include <string_view>

#include "engine/host_use.hpp"
#include "engine/job_record.hpp"
#include "engine/scheduler_slot.hpp"
#include "engine/status.hpp"

namespace batsim {

// Decisions is what one scheduler can ask and do while it handles one batch. Every request is
// checked at once; if the status is negative, why() says what was wrong. Decisions take effect in
// the order of the calls after the batch; hosts are taken at once.
class Decisions {
  public:
    // `job_count` is the number of jobs that have been submitted so far: their ids are below it.
    Decisions(double now, SchedulerSlot& slot, JobTable& jobs, JobId job_count, HostUse& hosts,
              const HostSpeeds& speeds)
        : now_(now),
          slot_(slot),
          jobs_(jobs),
          job_count_(job_count),
          hosts_(hosts),
          speeds_(speeds) {}

    // What was wrong with the last request that got a negative status.
    const std::string& why() const { return why_; }

    double now() const { return now_; }
    // A job that is in the system and belongs to this scheduler.
    Status find_job(JobId id, const JobRecord*& job);
    bool is_free(HostId host) const { return hosts_.is_free(host); }
    // Seconds on these hosts without contention; kUnsupported if there is no closed form.
    Status estimate_run_time(JobId id, const HostSet& hosts, double& seconds);

    Status execute_job(JobId id, HostSet hosts);
    Status reject_job(JobId id, std::string_view reason);
    // Merges a JSON object into the metadata of the job's row; takes effect at once.
    Status annotate_job(JobId id, std::string_view json);
    Status call_me_later(double time, double period, CallId& call);
    // A cancelled call does not come any more, not even in this batch.
    Status cancel_call(CallId call);
    bool is_pending(CallId call) const { return slot_.calls.is_pending(call); }
    Status delay(double seconds);
    Status stop(std::string_view reason);

  private:
    Status fail(Status status, std::string why);
    Status find(JobId id, JobRecord*& job);
    Status check_waiting(const JobRecord& job);
    Status check_allocation(const JobRecord& job, const HostSet& hosts);
    std::string busy_text(const JobRecord& job, const HostSet& hosts) const;

    double now_;
    SchedulerSlot& slot_;
    JobTable& jobs_;
    JobId job_count_;
    HostUse& hosts_;
    const HostSpeeds& speeds_;
    std::string why_;
};

} // namespace batsim

#endif
