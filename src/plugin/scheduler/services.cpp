// services.cpp - the functions of batsched_simulator_t.
#include "plugin/scheduler/services.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "plugin/abi/event_to_c.hpp"
#include "plugin/abi/execution_from_c.hpp"
#include "plugin/abi/growing_struct.hpp"
#include "plugin/abi/new_job_from_c.hpp"
#include "plugin/abi/probe_from_c.hpp"
#include "plugin/abi/service_list.hpp"
#include "plugin/scheduler/extensions.hpp"
#include "plugin/scheduler/plugin_scheduler.hpp"
#include "plugin/scheduler/service_rules.hpp"
#include "plugin/scheduler/traced_extensions.hpp"

namespace batsim {

namespace {

std::optional<LogLevel> level_of(batsched_log_level_t level) {
    switch (level) {
        case BATSCHED_LOG_DEBUG: return LogLevel::kDebug;
        case BATSCHED_LOG_INFO: return LogLevel::kInfo;
        case BATSCHED_LOG_WARNING: return LogLevel::kWarning;
        case BATSCHED_LOG_ERROR: return LogLevel::kError;
        default: return std::nullopt;
    }
}

} // namespace

// Each function has the name and the arguments of its member of batsched_simulator_t.
class Services : private ServiceRules {
  public:
    static batsched_simulator_t table(PluginScheduler& scheduler);

  private:
    static void log(Sim sim, batsched_log_level_t level, const char* message);
    static void report_error(Sim sim, const char* message);
    static const void* get_extension(Sim sim, const char* name);

    static batsched_status_t get_job(Sim sim, batsched_job_id_t job, const batsched_job_t** out);
    static batsched_status_t get_job_extra(Sim sim, batsched_job_id_t job, const char** json);
    static batsched_status_t get_profile(Sim sim, const char* name, const batsched_profile_t** out);
    static batsched_status_t get_host(Sim sim, batsched_host_id_t host,
                                      const batsched_host_t** out);
    static batsched_status_t get_host_status(Sim sim, batsched_host_id_t host,
                                             batsched_host_status_t* status);
    static batsched_status_t estimate_run_time(Sim sim, batsched_job_id_t job,
                                               batsched_host_set_t hosts, double* seconds);
    static batsched_status_t execute_job(Sim sim, batsched_job_id_t job, batsched_host_set_t hosts,
                                         const batsched_execution_t* how);
    static batsched_status_t reject_job(Sim sim, batsched_job_id_t job, const char* reason);
    static batsched_status_t kill_jobs(Sim sim, const batsched_job_id_t* jobs, std::size_t count);
    static batsched_status_t annotate_job(Sim sim, batsched_job_id_t job, const char* json);
    static batsched_status_t register_profile(Sim sim, const char* name, const char* json);
    static batsched_status_t release_profile(Sim sim, const char* name);
    static batsched_status_t register_job(Sim sim, const batsched_new_job_t* job,
                                          batsched_job_id_t* out);
    static batsched_status_t finish_registration(Sim sim);
    static batsched_status_t call_me_later(Sim sim, double time, double period,
                                           batsched_call_id_t* out);
    static batsched_status_t cancel_call(Sim sim, batsched_call_id_t call);
    static batsched_status_t set_pstate(Sim sim, batsched_host_set_t hosts, std::uint32_t pstate);
    static batsched_status_t set_host_state(Sim sim, batsched_host_set_t hosts,
                                            batsched_host_state_t state);
    static batsched_status_t create_probe(Sim sim, const batsched_probe_t* probe,
                                          batsched_probe_id_t* out);
    static batsched_status_t stop_probe(Sim sim, batsched_probe_id_t probe);
    static batsched_status_t delay_decisions(Sim sim, double duration);
    static batsched_status_t stop_simulation(Sim sim, const char* reason);
};

void Services::log(Sim sim, batsched_log_level_t level, const char* message) {
    in_phase(sim, "log", wrong_for_any, [&](PluginScheduler& self, std::string& why) {
        if (message == nullptr) return null("message", why);
        const auto known = level_of(level);
        if (!known) return invalid("the level must be a BATSCHED_LOG_ constant", level, why);
        self.log_.write(*known, self.origin(), message);
        return Status::kOk;
    });
}

void Services::report_error(Sim sim, const char* message) {
    in_phase(sim, "report_error", wrong_for_any, [&](PluginScheduler& self, std::string& why) {
        if (message == nullptr) return null("message", why);
        self.reported_error_ = message;
        return Status::kOk;
    });
}

const void* Services::get_extension(Sim sim, const char* name) {
    const void* found = nullptr;
    in_phase(sim, "get_extension", wrong_for_any, [&](PluginScheduler& self, std::string& why) {
        if (name == nullptr) return null("name", why);
        found = self.trace_ ? traced_extension(name) : extension(name);
        return Status::kOk;
    });
    return found;
}

batsched_status_t Services::get_job(Sim sim, batsched_job_id_t job, const batsched_job_t** out) {
    return in_event(sim, "get_job", [&](auto& self, Decisions& decisions, std::string& why) {
        if (out == nullptr) return null("out", why);
        const JobRecord* record = nullptr;
        const Status status = decisions.find_job(job, record);
        if (status == Status::kOk) *out = &self.view_of(*record);
        return status;
    });
}

batsched_status_t Services::get_job_extra(Sim sim, batsched_job_id_t job, const char** json) {
    return in_event(sim, "get_job_extra", [&](auto& self, Decisions& decisions, std::string& why) {
        if (json == nullptr) return null("json", why);
        const JobRecord* record = nullptr;
        const Status status = decisions.find_job(job, record);
        if (status == Status::kOk) *json = self.scratch_.keep(extra_json(record->job.extra));
        return status;
    });
}

batsched_status_t Services::get_profile(Sim sim, const char* name, const batsched_profile_t** out) {
    return in_event(sim, "get_profile", [&](auto& self, Decisions&, std::string& why) {
        if (name == nullptr) return null("name", why);
        if (out == nullptr) return null("out", why);
        const ProfilePtr profile = self.workloads_.find_profile(name);
        if (!profile) {
            why = "there is no profile '" + std::string(name) + "'";
            return Status::kUnknownId;
        }
        Scratch& scratch = self.scratch_;
        *out = &scratch.keep(
            batsched_profile_t{sizeof(batsched_profile_t), scratch.keep(profile->full_name),
                               scratch.keep(profile->type), scratch.keep(profile_json(*profile))});
        return Status::kOk;
    });
}

batsched_status_t Services::get_host(Sim sim, batsched_host_id_t host,
                                     const batsched_host_t** out) {
    return in_phase(sim, "get_host", wrong_for_init_and_event,
                    [&](PluginScheduler& self, std::string& why) {
                        if (host >= self.hosts_.count()) return no_host(host, why);
                        if (out == nullptr) return null("out", why);
                        *out = &self.hosts_.view(host);
                        return Status::kOk;
                    });
}

batsched_status_t Services::get_host_status(Sim sim, batsched_host_id_t host,
                                            batsched_host_status_t* status) {
    return in_event(sim, "get_host_status",
                    [&](auto& self, Decisions& decisions, std::string& why) {
                        if (status == nullptr) return null("status", why);
                        if (host >= self.hosts_.count()) return no_host(host, why);
                        batsched_host_status_t now{};
                        now.state = state_to_c(decisions.state_of(host));
                        now.pstate = decisions.pstate_of(host);
                        now.running_jobs = decisions.job_count(host);
                        return write_struct(now, status, why);
                    });
}

batsched_status_t Services::estimate_run_time(Sim sim, batsched_job_id_t job,
                                              batsched_host_set_t hosts, double* seconds) {
    return with_hosts(sim, "estimate_run_time", hosts,
                      [&](Decisions& decisions, const HostSet& set, std::string& why) {
                          if (seconds == nullptr) return null("seconds", why);
                          return decisions.estimate_run_time(job, set, *seconds);
                      });
}

batsched_status_t Services::execute_job(Sim sim, batsched_job_id_t job, batsched_host_set_t hosts,
                                        const batsched_execution_t* how) {
    return with_hosts(sim, "execute_job", hosts,
                      [&](Decisions& decisions, HostSet set, std::string& why) {
                          HowToExecute details;
                          const Status status = execution_from_c(how, details, why);
                          if (status != Status::kOk) return status;
                          return decisions.execute_job(job, std::move(set), std::move(details));
                      });
}

batsched_status_t Services::reject_job(Sim sim, batsched_job_id_t job, const char* reason) {
    return in_event(sim, "reject_job", [&](auto& self, Decisions& decisions, std::string&) {
        const Status status = decisions.reject_job(job, reason == nullptr ? "" : reason);
        // An observer hears of it later.
        if (status == Status::kOk && !self.observes()) self.given_up_.push_back(job);
        return status;
    });
}

batsched_status_t Services::kill_jobs(Sim sim, const batsched_job_id_t* jobs, std::size_t count) {
    return in_event(sim, "kill_jobs", [&](auto&, Decisions& decisions, std::string& why) {
        if (jobs == nullptr && count > 0) return null("jobs", why);
        if (count > kMostJobs) {
            why = "'count' is " + std::to_string(count) + ", more than there can be jobs";
            return Status::kInvalidArgument;
        }
        return decisions.kill_jobs(std::vector<JobId>(jobs, jobs + count));
    });
}

batsched_status_t Services::annotate_job(Sim sim, batsched_job_id_t job, const char* json) {
    return in_event(sim, "annotate_job", [&](auto&, Decisions& decisions, std::string& why) {
        return json == nullptr ? null("json", why) : decisions.annotate_job(job, json);
    });
}

batsched_status_t Services::register_profile(Sim sim, const char* name, const char* json) {
    return in_event(sim, "register_profile", [&](auto&, Decisions& decisions, std::string& why) {
        if (name == nullptr) return null("name", why);
        return json == nullptr ? null("json", why) : decisions.register_profile(name, json);
    });
}

batsched_status_t Services::release_profile(Sim sim, const char* name) {
    return in_event(sim, "release_profile", [&](auto&, Decisions& decisions, std::string& why) {
        return name == nullptr ? null("name", why) : decisions.release_profile(name);
    });
}

batsched_status_t Services::register_job(Sim sim, const batsched_new_job_t* job,
                                         batsched_job_id_t* out) {
    return in_event(sim, "register_job", [&](auto&, Decisions& decisions, std::string& why) {
        if (job == nullptr) return null("job", why);
        NewJob wanted;
        Status status = new_job_from_c(*job, wanted, why);
        JobId id = 0;
        if (status == Status::kOk) status = decisions.register_job(wanted, id);
        if (status == Status::kOk && out != nullptr) *out = id;
        return status;
    });
}

batsched_status_t Services::finish_registration(Sim sim) {
    return in_event(sim, "finish_registration", [](auto&, Decisions& decisions, std::string&) {
        return decisions.finish_registration();
    });
}

batsched_status_t Services::call_me_later(Sim sim, double time, double period,
                                          batsched_call_id_t* out) {
    return in_event(sim, "call_me_later", [&](auto&, Decisions& decisions, std::string&) {
        CallId call = 0;
        const Status status = decisions.call_me_later(time, period, call);
        if (status == Status::kOk && out != nullptr) *out = call;
        return status;
    });
}

batsched_status_t Services::cancel_call(Sim sim, batsched_call_id_t call) {
    return in_event(sim, "cancel_call", [&](auto&, Decisions& decisions, std::string&) {
        return decisions.cancel_call(call);
    });
}

batsched_status_t Services::set_pstate(Sim sim, batsched_host_set_t hosts, std::uint32_t pstate) {
    return with_hosts(sim, "set_pstate", hosts,
                      [&](Decisions& decisions, HostSet set, std::string&) {
                          return decisions.set_pstate(std::move(set), pstate);
                      });
}

batsched_status_t Services::set_host_state(Sim sim, batsched_host_set_t hosts,
                                           batsched_host_state_t state) {
    return with_hosts(sim, "set_host_state", hosts,
                      [&](Decisions& decisions, const HostSet& set, std::string& why) {
                          if (state == BATSCHED_HOST_ON || state == BATSCHED_HOST_OFF)
                              return decisions.set_host_state(set, static_cast<HostState>(state));
                          return invalid("the state must be ON or OFF", state, why);
                      });
}

batsched_status_t Services::create_probe(Sim sim, const batsched_probe_t* probe,
                                         batsched_probe_id_t* out) {
    return in_event(sim, "create_probe", [&](auto& self, Decisions& decisions, std::string& why) {
        if (probe == nullptr) return null("probe", why);
        ProbeFromC wanted;
        Status status = probe_from_c(*probe, self.hosts_.count(), decisions, wanted, why);
        ProbeId id = 0;
        if (status == Status::kOk)
            status = decisions.create_probe(std::move(wanted.probe), wanted.first_time,
                                            wanted.period, id);
        if (status == Status::kOk && out != nullptr) *out = id;
        return status;
    });
}

batsched_status_t Services::stop_probe(Sim sim, batsched_probe_id_t probe) {
    return in_event(sim, "stop_probe", [&](auto&, Decisions& decisions, std::string&) {
        return decisions.stop_probe(probe);
    });
}

batsched_status_t Services::delay_decisions(Sim sim, double duration) {
    return in_event(sim, "delay_decisions", [&](auto&, Decisions& decisions, std::string&) {
        return decisions.delay(duration);
    });
}

batsched_status_t Services::stop_simulation(Sim sim, const char* reason) {
    return in_event(sim, "stop_simulation", [&](auto&, Decisions& decisions, std::string&) {
        return decisions.stop(reason == nullptr ? "" : reason);
    });
}

batsched_simulator_t Services::table(PluginScheduler& scheduler) {
    batsched_simulator_t table{};
    table.struct_size = sizeof table;
    table.abi_version = BATSCHED_ABI_VERSION;
    table.data = &scheduler;
    table.log = log;
    table.report_error = report_error;
    table.get_extension = get_extension;
    table.get_job = get_job;
    table.get_job_extra = get_job_extra;
    table.get_profile = get_profile;
    table.get_host = get_host;
    table.get_host_status = get_host_status;
    table.estimate_run_time = estimate_run_time;
    table.execute_job = execute_job;
    table.reject_job = reject_job;
    table.kill_jobs = kill_jobs;
    table.annotate_job = annotate_job;
    table.register_profile = register_profile;
    table.release_profile = release_profile;
    table.register_job = register_job;
    table.finish_registration = finish_registration;
    table.call_me_later = call_me_later;
    table.cancel_call = cancel_call;
    table.set_pstate = set_pstate;
    table.set_host_state = set_host_state;
    table.create_probe = create_probe;
    table.stop_probe = stop_probe;
    table.delay_decisions = delay_decisions;
    table.stop_simulation = stop_simulation;
    return table;
}

batsched_simulator_t make_services(PluginScheduler& scheduler) {
    return Services::table(scheduler);
}

} // namespace batsim
