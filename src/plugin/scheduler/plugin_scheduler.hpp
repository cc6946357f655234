// plugin_scheduler.hpp - a scheduler instance of a plugin, driven through its vtable.
#ifndef BATSIM_PLUGIN_PLUGIN_SCHEDULER_HPP
#define BATSIM_PLUGIN_PLUGIN_SCHEDULER_HPP

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "base/page_table.hpp"
#include "batsched.h"
#include "engine/decisions.hpp"
#include "engine/scheduler.hpp"
#include "plugin/abi/host_views.hpp"
#include "plugin/abi/scratch.hpp"
#include "plugin/loading/plugin.hpp"
#include "plugin/scheduler/scheduler_trace.hpp"
#include "plugin/trap/trap.hpp"
#include "workload/workload_directory.hpp"

namespace batsim {

// What sched_init tells the instance; everything but the library's part of it.
struct InstanceRole {
    std::string name;   // of the instance
    std::string config; // as the user gave it
    std::uint32_t index, count;
    std::uint64_t seed;
    std::uint64_t capabilities; // BATSCHED_CAPABILITY_ bits
    HostSet hosts;
    std::vector<std::string> workloads;  // names
    std::vector<std::string> schedulers; // names of all
};

// A PluginScheduler is one instance of a plugin. It keeps to the life cycle of batsched.h, turns
// broken contracts, negative statuses, crashes and exits into PluginErrors that name scheduler,
// event and date, and does not call a plugin again that ended abnormally.
class PluginScheduler : public Scheduler {
  public:
    // All references must outlive the scheduler.
    PluginScheduler(std::unique_ptr<Plugin> plugin, HostViews& hosts,
                    const WorkloadDirectory& workloads, const Log& log);
    ~PluginScheduler() override = default;
    PluginScheduler(const PluginScheduler&) = delete;
    PluginScheduler& operator=(const PluginScheduler&) = delete;

    // Writes down what this scheduler, of that name, is told and asks for. Call before init.
    void trace_to(TraceSink sink, const std::string& name);
    // sched_init. Throws PluginError if the plugin refuses or fails.
    void init(const InstanceRole& role);
    // sched_finalize, if the instance exists and can still be trusted. Gives what went wrong in it.
    std::optional<std::string> finalize(batsched_exit_reason_t reason, const std::string& message);
    // What has been done with the instance's simulator after it was finalized.
    std::optional<std::string> late_problem();

    void decide(const Batch& batch, Decisions& decisions) override;
    void simulation_ends(double date, EndReason reason) override;

    const std::string& name() const { return name_; }
    // What the instance has asked for: BATSCHED_FEATURE_ bits. Known after init.
    std::uint64_t features() const { return features_; }
    bool observes() const { return (features_ & BATSCHED_FEATURE_OBSERVER) != 0; }
    std::string display_name() const { return display_name_; }
    std::string display_version() const { return display_version_; }
    // Whether the plugin function that was called last has ended as it should if the plugin cannot do what
    // it is asked for: with a negative status and a message.
    bool has_refused() const { return has_refused_; }
    const Plugin& plugin() const { return *plugin_; }
    // Wall-clock time spent in the plugin since its initialisation.
    std::chrono::nanoseconds time_spent() const { return time_spent_; }
    std::uint64_t batch_count() const { return batch_count_; }

  protected:
    // Calls sched_on_event. Virtual for the conformance tool, which gives plugins more than the
    // simulation does.
    virtual batsched_status_t send(const batsched_event_t& event) noexcept;

  private:
    friend class Services; // the functions of batsched_simulator_t
    friend class Extensions;
    friend class ServiceRules;
    friend class TraceRules;

    enum class Phase { kLoaded, kInit, kEvent, kBetween, kEnding, kFinalizing, kGone };

    void deliver(const Batch& batch);
    bool deliver(const batsched_event_t& event); // false: stop
    bool is_cancelled(const Event& event) const;
    batsched_event_t to_c(const Event& event);
    const char* progress_of(const JobRecord& job);
    const HostSet& usable_hosts(const JobRecord& job);
    // Begins a call of one of the plugin's functions.
    void begin_call(Phase phase, const char* function);
    const char* who() const { return who_.back().c_str(); }
    void set_who();
    // Ends it: what the plugin printed appears, and what went wrong is given, if anything.
    std::optional<std::string> end_call(const std::optional<AbnormalEnd>& end);
    // What it holds back is written, which may call code of the plugin.
    std::optional<AbnormalEnd> flush(bool everything);
    std::optional<std::string> problem(const std::optional<AbnormalEnd>& end);
    void check(const std::optional<std::string>& problem);
    [[noreturn]] void fail(const std::string& cause);
    std::string origin() const; // of its messages: who it is, and the simulated date
    void check_reply(const batsched_reply_t& reply);
    void set_display_names(const batsched_reply_t& reply);

    // A view of a job of a batch; see batsched_job_t for how long it is valid.
    const batsched_job_t& view_of(const JobRecord& record);
    void forget_jobs(const Batch& batch);
    batsched_status_t answer(Status status, const char* function, const std::string& why);
    // A function of the simulator is called by another thread or from a signal handler.
    batsched_status_t refuse(const char* function);
    // The contract was broken in this or an earlier call.
    bool has_broken_contract();

    std::unique_ptr<Plugin> plugin_;
    HostViews& hosts_;
    const WorkloadDirectory& workloads_;
    const Log& log_;
    batsched_simulator_t simulator_;
    std::unique_ptr<SchedulerTrace> trace_;          // if wanted, and then
    std::unique_ptr<batsched_simulator_t> untraced_; // the functions without it

    std::string name_, display_name_, display_version_;
    std::vector<std::string> schedulers_; // names of all in the simulation
    // "scheduler 's0' (easy)"; the last one counts, CallWatch may still read the one before.
    std::deque<std::string> who_;
    HostSet partition_, storage_hosts_;
    HostSet usable_hosts_; // of the job of the event that is being handled
    batsched_instance_t* instance_ = nullptr;
    Phase phase_ = Phase::kLoaded;
    bool trusted_ = false;      // there is an instance, and it has not crashed or exited
    ForeignCall call_;          // what the plugin is being asked to do
    ForeignCall flush_{"", ""}; // when its output is flushed

    Decisions* decisions_ = nullptr; // of the batch that is being handled
    std::uint64_t event_count_ = 0;
    double date_ = 0;
    batsched_status_t returned_ = BATSCHED_OK; // by the plugin function
    batsched_status_t sticky_ = BATSCHED_OK;   // the first negative answer
    std::string sticky_why_;
    bool has_failed_ = false; // and that has been reported
    bool has_refused_ = false;
    // A function that another thread of the plugin, or its handler of a signal, has called.
    std::atomic<const char*> called_wrongly_{nullptr};
    std::string reported_error_;
    std::uint64_t features_ = 0;

    PageTable<batsched_job_t> jobs_;
    std::vector<JobId> given_up_; // rejected in this batch, or handed to another scheduler
    Scratch scratch_;
    std::chrono::nanoseconds time_spent_{0};
    std::uint64_t batch_count_ = 0;
};

} // namespace batsim

#endif
