// decisions.hpp - checks what a scheduler asks for and keeps it until the end of the batch.
#ifndef BATSIM_ENGINE_DECISIONS_HPP
#define BATSIM_ENGINE_DECISIONS_HPP

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/host_states.hpp"
#include "engine/host_use.hpp"
#include "engine/instruments.hpp"
#include "engine/job_record.hpp"
#include "engine/peers.hpp"
#include "engine/registration.hpp"
#include "engine/scheduler_slot.hpp"
#include "engine/status.hpp"
#include "engine/storages.hpp"

namespace batsim {

// What jobs can be executed with, and what can be measured.
struct Resources {
    const HostSpeeds& speeds;
    const HostStates& states;
    const Storages& storages;
    bool has_network; // hosts can send bytes to each other
    bool has_backend; // something can be shared
    const Instruments& instruments;
};

// How a job is to be executed; all at their defaults: as its workload says.
struct HowToExecute {
    Placement placement;
    std::optional<double> walltime; // instead of the submitted one
};

// Decisions is what one scheduler can ask and do while it handles one batch. Every request is
// checked at once; if the status is negative, why() says what was wrong. Decisions take effect in
// the order of the calls after the batch; hosts are taken at once.
class Decisions {
  public:
    Decisions(double now, SchedulerSlot& slot, JobTable& jobs, Registration& registration,
              HostUse& hosts, const Resources& resources, Peers& peers)
        : now_(now),
          slot_(slot),
          jobs_(jobs),
          registration_(registration),
          hosts_(hosts),
          resources_(resources),
          peers_(peers) {}

    // What was wrong with the last request that got a negative status.
    const std::string& why() const { return why_; }

    double now() const { return now_; }
    // A job that is in the system and belongs to this scheduler, or that it observes.
    Status find_job(JobId id, const JobRecord*& job);
    bool is_free(HostId host) const { return hosts_.is_free(host); }
    std::uint32_t job_count(HostId host) const { return hosts_.job_count(host); }
    // As this scheduler sees it: its own hosts are unavailable while others hold them, unless it observes.
    HostState state_of(HostId host) const;
    std::uint32_t pstate_of(HostId host) const { return resources_.states.pstate(host); }
    // Those that it could give to a job if they were free; are_usable: all.
    HostSet usable_among(const HostSet& hosts) const;
    bool are_usable(const HostSet& hosts) const;
    // Seconds on these hosts without contention; kUnsupported if there is no closed form.
    Status estimate_run_time(JobId id, const HostSet& hosts, double& seconds);

    // Starts a job on these hosts; see HowToExecute for the rest.
    Status execute_job(JobId id, HostSet hosts, HowToExecute how = {});
    Status reject_job(JobId id, std::string_view reason);
    // Ends running jobs; those that are over are skipped.
    Status kill_jobs(std::vector<JobId> jobs);
    // Merges a JSON object into the metadata of the job's row; takes effect at once.
    Status annotate_job(JobId id, std::string_view json);
    // Hosts that are on go to a pstate in which they compute.
    Status set_pstate(HostSet hosts, std::uint32_t pstate);
    // Switches idle hosts off, or hosts on that are off; those that are so already are left alone.
    Status set_host_state(const HostSet& hosts, HostState state);
    // See Registration.
    Status register_profile(const std::string& name, std::string_view json);
    Status release_profile(const std::string& name);
    Status register_job(const NewJob& job, JobId& id);
    Status finish_registration();
    Status call_me_later(double time, double period, CallId& call);
    // A cancelled call does not come any more, not even in this batch.
    Status cancel_call(CallId call);
    bool is_pending(CallId call) const { return slot_.calls.is_pending(call); }
    // The id of a link of the platform.
    Status find_link(const std::string& name, LinkId& link);
    bool has_network() const { return resources_.has_network; }
    // kUnsupported if what it is to measure is not simulated.
    Status create_probe(Probe probe, double first_time, double period, ProbeId& id);
    // A stopped probe brings nothing any more, not even in this batch.
    Status stop_probe(ProbeId probe);
    bool is_measuring(ProbeId probe) const { return slot_.probes.is_pending(probe); }
    // Hands a waiting job to another scheduler.
    Status forward_job(JobId id, SchedulerIndex to);
    // Idle hosts of its own are held by another scheduler from now on, until that one returns them.
    Status lend_hosts(HostSet hosts, SchedulerIndex to);
    Status return_hosts(HostSet hosts);
    // Takes idle hosts from schedulers of which it may.
    Status take_hosts(HostSet hosts);
    bool may_take_from(SchedulerIndex owner) const;
    const Peers& peers() const { return peers_; }
    const SchedulerLoad& load_of(SchedulerIndex scheduler) { return peers_.load(scheduler, now_); }
    Status delay(double seconds);
    Status stop(std::string_view reason);

  private:
    Status fail(Status status, std::string why);
    Status answer(Verdict verdict) { return fail(verdict.status, std::move(verdict.why)); }
    Status find(JobId id, JobRecord*& job);
    bool is_in_sight(const JobRecord& job) const;
    Status check_waiting(const JobRecord& job);
    Status check_allocation(const JobRecord& job, const HostSet& hosts, bool any_number);
    Status check_dates(const std::string& what, double time, double period);
    Status check_hosts(const HostSet& hosts);
    Status check_receiver(SchedulerIndex to);
    bool are_idle(const HostSet& hosts) const;
    std::string owned_hosts_text() const;
    Status check_on(const HostSet& hosts);
    Status check_how(const JobRecord& job, const HostSet& hosts, HowToExecute& how);
    Status check_ranks(const JobRecord& job, const HostSet& hosts, const Placement& placement);
    Status check_storages(const JobRecord& job, const Placement& placement);
    Status check_possible(const JobRecord& job, const HostSet& hosts, const Placement& placement);
    std::string busy_text(const JobRecord& job, const HostSet& hosts) const;

    double now_;
    SchedulerSlot& slot_;
    JobTable& jobs_;
    Registration& registration_;
    HostUse& hosts_;
    const Resources& resources_;
    Peers& peers_;
    std::string why_;
};

} // namespace batsim

#endif
