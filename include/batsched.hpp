// batsched.hpp - write a scheduler plugin in C++17. Header only, on top of batsched.h.
// SPDX-License-Identifier: MIT
//
//   #include <batsched.hpp>
//
//   class Fcfs : public batsched::Scheduler {
//     using Scheduler::Scheduler;
//     void on_job_submitted(const batsched_job_t& job) override { ... }
//     void on_job_completed(const batsched_job_completed_t& end) override { ... }
//     void on_decide() override { ... simulator().execute_job(id, hosts); ... }
//   };
//   BATSCHED_PLUGIN(Fcfs, "fcfs", "1.0.0", "First come, first served");
//
// Errors are exceptions: a simulator function that returns a negative status throws
// batsched::Error, and whatever leaves an on_ method is caught at the boundary, reported to the
// simulator and ends the simulation with the message. A negative status means that the contract was
// broken: the simulation ends with it even if the exception is caught. A positive status is an
// answer, see Simulator.

#ifndef BATSCHED_HPP
#define BATSCHED_HPP

#include <cstdint>
#include <exception>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "batsched.h"
#include "batsched/host_set.hpp"

namespace batsched {

inline constexpr double kNoWalltime = std::numeric_limits<double>::infinity();

inline const char* to_string(batsched_status_t status) {
    switch (status) {
        case BATSCHED_OK: return "ok";
        case BATSCHED_REFUSED: return "refused";
        case BATSCHED_ALREADY_GONE: return "already gone";
        case BATSCHED_UNSUPPORTED: return "unsupported";
        case BATSCHED_FAILED: return "failed";
        case BATSCHED_INVALID_ARGUMENT: return "invalid argument";
        case BATSCHED_UNKNOWN_ID: return "unknown id";
        case BATSCHED_NOT_OWNER: return "not owner";
        case BATSCHED_WRONG_STATE: return "wrong state";
        case BATSCHED_HOSTS_BUSY: return "hosts busy";
    }
    return "unknown status";
}

// A simulator function that did not do what was asked.
class Error : public std::runtime_error {
  public:
    Error(batsched_status_t status, const char* function)
        : std::runtime_error(std::string(function) + ": " + to_string(status)), status_(status) {}
    batsched_status_t status() const { return status_; }

  private:
    batsched_status_t status_;
};

// The simulator, with exceptions for errors. With BATSCHED_REFUSED and BATSCHED_ALREADY_GONE functions
// that return a bool return false, those that return a pointer nullptr; the others have no answer
// then and throw too. BATSCHED_UNSUPPORTED throws, but for estimate_run_time.
class Simulator {
  public:
    explicit Simulator(const batsched_simulator_t* sim) : sim_(sim) {}
    const batsched_simulator_t* c_api() const { return sim_; }

    void log(batsched_log_level_t level, const std::string& message) const {
        sim_->log(sim_, level, message.c_str());
    }
    void debug(const std::string& message) const { log(BATSCHED_LOG_DEBUG, message); }
    void info(const std::string& message) const { log(BATSCHED_LOG_INFO, message); }
    void warning(const std::string& message) const { log(BATSCHED_LOG_WARNING, message); }
    void error(const std::string& message) const { log(BATSCHED_LOG_ERROR, message); }

    // The optional interface `name`, or nullptr: get_extension<my_interface_t>("my.interface/1").
    template <class Interface>
    const Interface* get_extension(const char* name) const {
        return static_cast<const Interface*>(sim_->get_extension(sim_, name));
    }

    // nullptr if the job is over.
    const batsched_job_t* job(batsched_job_id_t id) const {
        const batsched_job_t* job = nullptr;
        check(sim_->get_job(sim_, id, &job), "get_job");
        return job;
    }
    // JSON; nullptr if the job is over.
    const char* job_extra(batsched_job_id_t id) const {
        const char* json = nullptr;
        check(sim_->get_job_extra(sim_, id, &json), "get_job_extra");
        return json;
    }
    const batsched_profile_t& profile(const char* name) const {
        const batsched_profile_t* profile = nullptr;
        demand(sim_->get_profile(sim_, name, &profile), "get_profile");
        return *profile;
    }
    const batsched_host_t& host(batsched_host_id_t id) const {
        const batsched_host_t* host = nullptr;
        demand(sim_->get_host(sim_, id, &host), "get_host");
        return *host;
    }
    batsched_host_status_t host_status(batsched_host_id_t id) const {
        batsched_host_status_t status{};
        status.struct_size = sizeof status;
        demand(sim_->get_host_status(sim_, id, &status), "get_host_status");
        return status;
    }
    // Seconds; NaN if the profile has no closed form.
    double estimate_run_time(batsched_job_id_t job, const HostSet& hosts) const {
        double seconds = std::numeric_limits<double>::quiet_NaN();
        const auto status = sim_->estimate_run_time(sim_, job, hosts.view(), &seconds);
        if (status != BATSCHED_UNSUPPORTED) check(status, "estimate_run_time");
        return seconds;
    }

    [[nodiscard]] bool execute_job(batsched_job_id_t job, const HostSet& hosts) const {
        return check(sim_->execute_job(sim_, job, hosts.view(), nullptr), "execute_job");
    }
    [[nodiscard]] bool execute_job(batsched_job_id_t job, const HostSet& hosts,
                                   batsched_execution_t how) const {
        how.struct_size = sizeof how;
        return check(sim_->execute_job(sim_, job, hosts.view(), &how), "execute_job");
    }
    bool reject_job(batsched_job_id_t job, const std::string& reason) const {
        return check(sim_->reject_job(sim_, job, reason.c_str()), "reject_job");
    }
    bool kill_jobs(const std::vector<batsched_job_id_t>& jobs) const {
        return check(sim_->kill_jobs(sim_, jobs.data(), jobs.size()), "kill_jobs");
    }
    bool annotate_job(batsched_job_id_t job, const std::string& json) const {
        return check(sim_->annotate_job(sim_, job, json.c_str()), "annotate_job");
    }

    void register_profile(const std::string& name, const std::string& json) const {
        demand(sim_->register_profile(sim_, name.c_str(), json.c_str()), "register_profile");
    }
    void release_profile(const std::string& name) const {
        demand(sim_->release_profile(sim_, name.c_str()), "release_profile");
    }
    // Begin with `batsched_new_job_t job = BATSCHED_NEW_JOB_INIT;`.
    batsched_job_id_t register_job(batsched_new_job_t job) const {
        job.struct_size = sizeof job;
        batsched_job_id_t id = BATSCHED_NO_JOB;
        demand(sim_->register_job(sim_, &job, &id), "register_job");
        return id;
    }
    void finish_registration() const {
        demand(sim_->finish_registration(sim_), "finish_registration");
    }

    batsched_call_id_t call_me_later(double time, double period = 0) const {
        batsched_call_id_t id = 0;
        demand(sim_->call_me_later(sim_, time, period, &id), "call_me_later");
        return id;
    }
    bool cancel_call(batsched_call_id_t call) const {
        return check(sim_->cancel_call(sim_, call), "cancel_call");
    }

    bool set_pstate(const HostSet& hosts, std::uint32_t pstate) const {
        return check(sim_->set_pstate(sim_, hosts.view(), pstate), "set_pstate");
    }
    bool set_host_state(const HostSet& hosts, batsched_host_state_t state) const {
        return check(sim_->set_host_state(sim_, hosts.view(), state), "set_host_state");
    }
    // Measures hosts or links at `first_time`, then every `period` if it is not 0; on_probe_data tells.
    batsched_probe_id_t probe_hosts(batsched_metric_t metric, const HostSet& hosts,
                                    batsched_aggregation_t aggregation, double first_time,
                                    double period = 0) const {
        batsched_probe_t probe{};
        probe.target = BATSCHED_PROBE_HOSTS;
        probe.metric = metric;
        probe.aggregation = aggregation;
        probe.hosts = hosts.view();
        probe.first_time = first_time;
        probe.period = period;
        return create_probe(probe);
    }
    batsched_probe_id_t probe_links(batsched_metric_t metric, const std::vector<std::string>& links,
                                    batsched_aggregation_t aggregation, double first_time,
                                    double period = 0) const {
        std::vector<const char*> names;
        names.reserve(links.size());
        for (const std::string& link : links) names.push_back(link.c_str());
        batsched_probe_t probe{};
        probe.target = BATSCHED_PROBE_LINKS;
        probe.metric = metric;
        probe.aggregation = aggregation;
        probe.links = names.data();
        probe.link_count = names.size();
        probe.first_time = first_time;
        probe.period = period;
        return create_probe(probe);
    }
    batsched_probe_id_t create_probe(batsched_probe_t probe) const {
        probe.struct_size = sizeof probe;
        batsched_probe_id_t id = 0;
        demand(sim_->create_probe(sim_, &probe, &id), "create_probe");
        return id;
    }
    bool stop_probe(batsched_probe_id_t probe) const {
        return check(sim_->stop_probe(sim_, probe), "stop_probe");
    }
    void delay_decisions(double duration) const {
        demand(sim_->delay_decisions(sim_, duration), "delay_decisions");
    }
    void stop_simulation(const std::string& reason) const {
        demand(sim_->stop_simulation(sim_, reason.c_str()), "stop_simulation");
    }

  private:
    static void demand(batsched_status_t status, const char* function) {
        if (status != BATSCHED_OK) throw Error(status, function);
    }
    static bool check(batsched_status_t status, const char* function) {
        if (status < 0 || status == BATSCHED_UNSUPPORTED) throw Error(status, function);
        return status == BATSCHED_OK;
    }

    const batsched_simulator_t* sim_;
};

// What the constructor of a scheduler gets.
struct Context {
    Simulator simulator;
    const batsched_init_t& init; // valid during the constructor only
    batsched_reply_t& reply;     // set BATSCHED_FEATURE_ bits and display names here
};

// Base class of schedulers. The constructor runs in sched_init, the destructor in sched_finalize.
class Scheduler {
  public:
    explicit Scheduler(const Context& context)
        : simulator_(context.simulator), name_(context.init.name), hosts_(context.init.hosts) {
        if (BATSCHED_HAS(&context.init, all_hosts)) all_hosts_ = HostSet(context.init.all_hosts);
    }
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;
    virtual ~Scheduler() = default;

    // Called for each event, calls on_event.
    void handle(const batsched_event_t& event) {
        event_ = &event;
        now_ = event.time;
        on_event(event);
    }
    // Calls the on_ method of the event. Override only to see every event.
    virtual void on_event(const batsched_event_t& event) {
        switch (event.type) {
            case BATSCHED_EVENT_SIMULATION_BEGINS:
                return on_simulation_begins(event.simulation_begins);
            case BATSCHED_EVENT_JOB_COMPLETED: return on_job_completed(event.job_completed);
            case BATSCHED_EVENT_JOBS_KILLED: return on_jobs_killed(event.jobs_killed);
            case BATSCHED_EVENT_HOSTS_STATE_CHANGED:
                return on_hosts_state_changed(event.hosts_state_changed);
            case BATSCHED_EVENT_HOSTS_LENT: return on_hosts_lent(event.hosts_lent);
            case BATSCHED_EVENT_HOSTS_PSTATE_CHANGED:
                return on_hosts_pstate_changed(event.hosts_pstate_changed);
            case BATSCHED_EVENT_EXTERNAL_EVENT: return on_external_event(event.external_event);
            case BATSCHED_EVENT_JOB_SUBMITTED: return on_job_submitted(*event.job_submitted.job);
            case BATSCHED_EVENT_JOB_FORWARDED: return on_job_forwarded(event.job_forwarded);
            case BATSCHED_EVENT_JOB_REJECTED: return on_job_rejected(event.job_rejected);
            case BATSCHED_EVENT_JOB_STARTED: return on_job_started(event.job_started);
            case BATSCHED_EVENT_NO_MORE_STATIC_JOBS: return on_no_more_static_jobs();
            case BATSCHED_EVENT_NO_MORE_EXTERNAL_EVENTS: return on_no_more_external_events();
            case BATSCHED_EVENT_REQUESTED_CALL: return on_requested_call(event.requested_call.call);
            case BATSCHED_EVENT_PROBE_DATA: return on_probe_data(event.probe_data);
            case BATSCHED_EVENT_DECISION_DROPPED:
                return on_decision_dropped(event.decision_dropped);
            case BATSCHED_EVENT_DECIDE: return on_decide();
            case BATSCHED_EVENT_SIMULATION_ENDS:
                return on_simulation_ends(event.simulation_ends.reason);
            default: return; // from a newer simulator
        }
    }
    // Called last, also after an error. No decisions here.
    virtual void on_finalize(const batsched_exit_t&) {}

  protected:
    virtual void on_simulation_begins(const batsched_simulation_begins_t&) {}
    virtual void on_job_submitted(const batsched_job_t&) {}
    virtual void on_job_completed(const batsched_job_completed_t&) {}
    virtual void on_jobs_killed(const batsched_jobs_killed_t&) {}
    virtual void on_hosts_state_changed(const batsched_hosts_state_changed_t&) {}
    virtual void on_hosts_lent(const batsched_hosts_lent_t&) {}
    virtual void on_hosts_pstate_changed(const batsched_hosts_pstate_changed_t&) {}
    virtual void on_external_event(const batsched_external_event_t&) {}
    // Only for those that ask for BATSCHED_FEATURE_OBSERVER.
    virtual void on_job_forwarded(const batsched_job_forwarded_t&) {}
    virtual void on_job_rejected(const batsched_job_rejected_t&) {}
    virtual void on_job_started(const batsched_job_started_t&) {}
    virtual void on_no_more_static_jobs() {}
    virtual void on_no_more_external_events() {}
    virtual void on_requested_call(batsched_call_id_t) {}
    virtual void on_probe_data(const batsched_probe_data_t&) {}
    virtual void on_decision_dropped(const batsched_decision_dropped_t&) {}
    virtual void on_decide() = 0;
    virtual void on_simulation_ends(batsched_exit_reason_t) {}

    const Simulator& simulator() const { return simulator_; }
    double now() const { return now_; }
    // The event being handled; in on_ methods only. BATSCHED_HAS(&event(), job_completed.energy)
    // tells if an older simulator gave that member.
    const batsched_event_t& event() const { return *event_; }
    const std::string& name() const { return name_; }
    const HostSet& hosts() const { return hosts_; } // the partition
    // Of the platform; empty with a simulator older than 0.2.
    const HostSet& all_hosts() const { return all_hosts_; }

  private:
    Simulator simulator_;
    std::string name_;
    HostSet hosts_, all_hosts_;
    const batsched_event_t* event_ = nullptr;
    double now_ = 0;
};

namespace detail {

// Runs `body`; turns everything that it throws into a reported status.
template <class Body>
batsched_status_t guard(const batsched_simulator_t* sim, Body&& body) noexcept {
    try {
        body();
        return BATSCHED_OK;
    } catch (const Error& error) {
        if (error.status() < 0) return error.status(); // the simulator knows what was wrong
        sim->report_error(sim, error.what());
    } catch (const std::exception& error) {
        sim->report_error(sim, error.what());
    } catch (...) {
        sim->report_error(sim, "exception that is not a std::exception");
    }
    return BATSCHED_FAILED;
}

// The C functions of the scheduler class T.
template <class T>
struct Plugin {
    struct Instance {
        const batsched_simulator_t* sim;
        T scheduler;
    };
    static Instance* of(batsched_instance_t* instance) {
        return reinterpret_cast<Instance*>(instance);
    }

    static batsched_status_t sched_init(const batsched_simulator_t* sim,
                                        const batsched_init_t* init, batsched_instance_t** instance,
                                        batsched_reply_t* reply) noexcept {
        return guard(sim, [&] {
            auto* created = new Instance{sim, T(Context{Simulator(sim), *init, *reply})};
            *instance = reinterpret_cast<batsched_instance_t*>(created);
        });
    }
    static batsched_status_t sched_on_event(batsched_instance_t* instance,
                                            const batsched_event_t* event) noexcept {
        return guard(of(instance)->sim,
                     [&] { static_cast<Scheduler&>(of(instance)->scheduler).handle(*event); });
    }
    static void sched_finalize(batsched_instance_t* instance,
                               const batsched_exit_t* exit) noexcept {
        guard(of(instance)->sim,
              [&] { static_cast<Scheduler&>(of(instance)->scheduler).on_finalize(*exit); });
        delete of(instance);
    }
};

} // namespace detail
} // namespace batsched

// Makes the plugin's one exported symbol. Use once, in one source file.
#define BATSCHED_PLUGIN(Type, name, version, description)                                          \
    extern "C" {                                                                                   \
    extern BATSCHED_EXPORT const batsched_vtable_t batsched_vtable;                                \
    const batsched_vtable_t batsched_vtable = {sizeof(batsched_vtable_t),                          \
                                               BATSCHED_ABI_VERSION,                               \
                                               name,                                               \
                                               version,                                            \
                                               description,                                        \
                                               &::batsched::detail::Plugin<Type>::sched_init,      \
                                               &::batsched::detail::Plugin<Type>::sched_on_event,  \
                                               &::batsched::detail::Plugin<Type>::sched_finalize}; \
    }                                                                                              \
    static_assert(true, "takes the semicolon behind the macro")

#endif
