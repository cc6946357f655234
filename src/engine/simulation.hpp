// simulation.hpp - the simulation proper: state and main loop.
#ifndef BATSIM_ENGINE_SIMULATION_HPP
#define BATSIM_ENGINE_SIMULATION_HPP

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/audience.hpp"
#include "engine/backend.hpp"
#include "engine/decisions.hpp"
#include "engine/due.hpp"
#include "engine/energy_meter.hpp"
#include "engine/executor.hpp"
#include "engine/host_control.hpp"
#include "engine/host_lending.hpp"
#include "engine/host_states.hpp"
#include "engine/host_use.hpp"
#include "engine/instruments.hpp"
#include "engine/job_record.hpp"
#include "engine/link_energy.hpp"
#include "engine/observer.hpp"
#include "engine/outcome.hpp"
#include "engine/peers.hpp"
#include "engine/registration.hpp"
#include "engine/scheduler_slot.hpp"
#include "engine/watchdog.hpp"
#include "platform/external_events.hpp"
#include "workload/workload.hpp"

namespace batsim {

// A Simulation plays jobs, hosts and schedulers against each other, date by date. At each date it
// collects what has happened, tells each scheduler its part of it as one batch, and lets the
// decisions take effect; decisions that cause events at the same date make a further batch.
class Simulation : public Timeline {
  public:
    struct Setup {
        const Platform& platform;
        std::vector<std::unique_ptr<JobStream>> workloads;
        std::vector<SchedulerRole> schedulers; // each workload has exactly one owner
        std::vector<Observer*> observers;
        Backend& backend;
        std::function<bool()> interrupted; // asked at each date; may be empty
        // Everything that computes or sends goes to the backend, also where nothing is shared.
        bool share_everything = false;
        std::vector<ExternalEvent> external_events{}; // sorted by date
        EnergyMeter* energy = nullptr;                // nullptr: energy is not simulated
        LinkEnergy* link_energy = nullptr;            // nullptr: nor is that of links
        // Where schedulers register profiles: has the workloads in the order above, then one for each
        // scheduler. May be nullptr if no scheduler registers anything.
        WorkloadDirectory* directory = nullptr;
        // What is due at this date still happens, nothing later.
        double stop_at = std::numeric_limits<double>::infinity();
    };
    explicit Simulation(Setup setup);

    // Runs to the end, once. If a scheduler fails, or nothing moves on at one date (see Watchdog), or
    // the backend finds an input wrong, that is the end, with the error in the outcome.
    Outcome run();

    // The backend's view.
    std::optional<double> next_date() const override;
    void advance(double date, const std::vector<TaskId>& ended) override;

  private:
    std::optional<double> next_due() const;
    void take_due();
    void handle(const Due& due);
    void resume_schedulers();
    void take_external_events();
    void happened(const ExternalEvent& event);
    void lose_jobs_on(const HostSet& hosts);
    void submit_jobs();
    bool has_all_jobs(const SchedulerSlot& slot) const;
    void tell_no_more_jobs();
    void end_job(JobRecord& job, JobEnd end);
    // Ends a running job that has not come to its end.
    void stop_job(JobRecord& job, JobEnd end);
    void keep_progress(JobRecord& job);
    void end_part(PartId part);

    void measure();
    void decide_all();
    bool is_ready(const SchedulerSlot& slot) const { return !slot.waits && !slot.events.empty(); }
    void decide(SchedulerSlot& slot);
    void apply(SchedulerSlot& slot);
    void apply(SchedulerSlot& slot, const ExecuteJob& decision);
    void drop_execution(SchedulerSlot& slot, JobRecord& job);
    void apply(SchedulerSlot& slot, const RejectJob& decision);
    void apply(SchedulerSlot& slot, const KillJobs& decision);
    void apply(SchedulerSlot& slot, const SetPstate& decision);
    void apply(SchedulerSlot& slot, const SetHostState& decision);
    void apply(SchedulerSlot& slot, const SubmitJob& decision);
    void apply(SchedulerSlot& slot, const ArmCall& decision);
    void apply(SchedulerSlot& slot, const ArmProbe& decision);
    void apply(SchedulerSlot& slot, const ForwardJob& decision);
    void apply(SchedulerSlot& slot, const LendHosts& decision);
    void apply(SchedulerSlot& slot, const ReturnHosts& decision);
    void apply(SchedulerSlot& slot, const TakeHosts& decision);
    void apply(SchedulerSlot& slot, const StopSimulation& decision);
    // The scheduler has heard of the ends of these jobs.
    void retire(const SchedulerSlot& slot, const std::vector<Event>& delivered);
    void has_heard_of_end(const SchedulerSlot& slot, JobRecord& job);
    void leave(JobRecord& job);
    void erase_if_forgotten(JobRecord& job);

    void check_progress(const SchedulerSlot& slot);
    bool only_calls_remain() const;
    void check_end();
    bool is_finished() const;
    bool is_stalled() const;
    void end(EndReason reason);
    void fail(const Error& error);
    void report_jobs_over();
    void cut_off_jobs();
    void add_up_energy();

    MergedJobs jobs_to_come_;
    std::vector<Observer*> observers_;
    Backend& backend_;
    std::function<bool()> interrupted_;
    double stop_at_;

    double now_ = 0;
    DueCalendar calendar_;
    JobTable jobs_;
    std::size_t running_count_ = 0;
    HostUse hosts_;
    HostStates states_;
    HostSpeeds speeds_;
    Storages storages_;
    Resources resources_;
    EnergyMeter* energy_;
    LinkEnergy* link_energy_;
    Executor executor_;
    Instruments instruments_;
    std::vector<std::pair<SchedulerIndex, ProbeId>> due_probes_; // whose date has come
    std::vector<SchedulerIndex> resuming_; // whose delayed decisions take effect at this date
    std::vector<std::unique_ptr<SchedulerSlot>> slots_;
    Audience audience_;
    std::vector<SchedulerIndex> owner_of_workload_;
    std::vector<ExternalEvent> external_events_;
    std::size_t next_external_event_ = 0;
    HostControl host_control_;
    HostLending host_lending_;
    Peers peers_;
    Registration registration_;

    Watchdog watchdog_;
    bool over_ = false;
    Outcome outcome_;
};

} // namespace batsim

#endif
