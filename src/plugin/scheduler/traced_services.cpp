// traced_services.cpp - the functions of batsched_simulator_t that decide, with a trace of each call.
#include "plugin/scheduler/traced_services.hpp"

#include <string>

#include "base/text.hpp"
#include "plugin/scheduler/trace_rules.hpp"

namespace batsim {

// Each function has the name and the arguments of its member of batsched_simulator_t.
class TracedServices : private TraceRules {
  public:
    static batsched_simulator_t table(batsched_simulator_t plain);

  private:
    static void add_execution(JsonRow& row, const batsched_execution_t* how);
    static void add_new_job(JsonRow& row, const batsched_new_job_t& job);
    static void add_probe(JsonRow& row, const batsched_probe_t& probe);

    static batsched_status_t execute_job(Sim sim, batsched_job_id_t job, batsched_host_set_t hosts,
                                         const batsched_execution_t* how);
    static batsched_status_t reject_job(Sim sim, batsched_job_id_t job, CString reason);
    static batsched_status_t kill_jobs(Sim sim, const batsched_job_id_t* jobs, std::size_t count);
    static batsched_status_t annotate_job(Sim sim, batsched_job_id_t job, CString json);
    static batsched_status_t register_profile(Sim sim, CString name, CString json);
    static batsched_status_t release_profile(Sim sim, CString name);
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
    static batsched_status_t stop_simulation(Sim sim, CString reason);
};

// ---- Jobs ----------------------------------------------------------------------------------------

void TracedServices::add_execution(JsonRow& row, const batsched_execution_t* how) {
    if (how == nullptr) return;
    if (how->rank_hosts != nullptr)
        row.array("rank_hosts", how->rank_hosts, how->rank_count,
                  [](std::string& out, std::uint64_t host) { append_number(out, host); });
    if (how->storage_mapping != nullptr) row.json("storage_mapping", how->storage_mapping);
    if (how->walltime != 0) row.number("walltime", how->walltime);
}

batsched_status_t TracedServices::execute_job(Sim sim, batsched_job_id_t job,
                                              batsched_host_set_t hosts,
                                              const batsched_execution_t* how) {
    return trace(sim, "execute_job", plain(sim).execute_job(sim, job, hosts, how),
                 [&](JsonRow& row, bool readable) {
                     add_job(row, sim, job);
                     if (!readable) return;
                     row.hosts("hosts", hosts);
                     add_execution(row, how);
                 });
}

batsched_status_t TracedServices::reject_job(Sim sim, batsched_job_id_t job, CString reason) {
    return trace(sim, "reject_job", plain(sim).reject_job(sim, job, reason),
                 [&](JsonRow& row, bool) {
                     add_job(row, sim, job);
                     row.text("reason", reason == nullptr ? "" : reason);
                 });
}

batsched_status_t TracedServices::kill_jobs(Sim sim, const batsched_job_id_t* jobs,
                                            std::size_t count) {
    return trace(sim, "kill_jobs", plain(sim).kill_jobs(sim, jobs, count),
                 [&](JsonRow& row, bool readable) {
                     if (!readable) return;
                     row.array("jobs", jobs, count, [sim](std::string& out, batsched_job_id_t id) {
                         append_json(out, name_of(sim, id));
                     });
                     row.array("job_ids", jobs, count, [](std::string& out, batsched_job_id_t id) {
                         append_number(out, std::uint64_t{id});
                     });
                 });
}

batsched_status_t TracedServices::annotate_job(Sim sim, batsched_job_id_t job, CString json) {
    return trace(sim, "annotate_job", plain(sim).annotate_job(sim, job, json),
                 [&](JsonRow& row, bool readable) {
                     add_job(row, sim, job);
                     if (readable) row.json("annotation", json);
                 });
}

// ---- Registration --------------------------------------------------------------------------------

batsched_status_t TracedServices::register_profile(Sim sim, CString name, CString json) {
    return trace(sim, "register_profile", plain(sim).register_profile(sim, name, json),
                 [&](JsonRow& row, bool readable) {
                     row.text("profile", name);
                     if (readable) row.json("json", json);
                 });
}

batsched_status_t TracedServices::release_profile(Sim sim, CString name) {
    return trace(sim, "release_profile", plain(sim).release_profile(sim, name),
                 [&](JsonRow& row, bool) { row.text("profile", name); });
}

void TracedServices::add_new_job(JsonRow& row, const batsched_new_job_t& job) {
    row.text("workload", job.workload).text("name", job.name).text("profile", job.profile);
    row.count("requested_hosts", job.requested_hosts);
    if (job.min_hosts != 0) row.count("min_hosts", job.min_hosts);
    if (job.max_hosts != 0) row.count("max_hosts", job.max_hosts);
    row.number("walltime", job.walltime);
    if (job.parent != BATSCHED_NO_JOB) row.count("parent_id", job.parent);
    const auto add_id = [&row](const char* key, std::int32_t id) {
        if (id != -1) row.integer(key, id);
    };
    add_id("user_id", job.user_id);
    add_id("group_id", job.group_id);
    add_id("queue_id", job.queue_id);
    add_id("executable_id", job.executable_id);
    row.json("extra_data", job.extra_data);
}

batsched_status_t TracedServices::register_job(Sim sim, const batsched_new_job_t* job,
                                               batsched_job_id_t* out) {
    batsched_job_id_t id = BATSCHED_NO_JOB;
    const batsched_status_t status = plain(sim).register_job(sim, job, &id);
    if (status == BATSCHED_OK && out != nullptr) *out = id;
    return trace(sim, "register_job", status, [&](JsonRow& row, bool readable) {
        if (!readable || job == nullptr) return;
        add_new_job(row, *job);
        if (status == BATSCHED_OK) row.count("job_id", id);
    });
}

batsched_status_t TracedServices::finish_registration(Sim sim) {
    return trace(sim, "finish_registration", plain(sim).finish_registration(sim),
                 [](JsonRow&, bool) {});
}

// ---- Calls and probes ----------------------------------------------------------------------------

batsched_status_t TracedServices::call_me_later(Sim sim, double time, double period,
                                                batsched_call_id_t* out) {
    batsched_call_id_t id = 0;
    const batsched_status_t status = plain(sim).call_me_later(sim, time, period, &id);
    if (status == BATSCHED_OK && out != nullptr) *out = id;
    return trace(sim, "call_me_later", status, [&](JsonRow& row, bool) {
        row.number("time", time).number("period", period);
        if (status == BATSCHED_OK) row.count("call", id);
    });
}

batsched_status_t TracedServices::cancel_call(Sim sim, batsched_call_id_t call) {
    return trace(sim, "cancel_call", plain(sim).cancel_call(sim, call),
                 [&](JsonRow& row, bool) { row.count("call", call); });
}

// The simulator has accepted the probe.
void TracedServices::add_probe(JsonRow& row, const batsched_probe_t& probe) {
    static constexpr const char* kMetrics[] = {"POWER", "ENERGY", "LOAD"};
    static constexpr const char* kAggregations[] = {"NONE", "SUM", "MEAN", "MIN", "MAX"};
    row.text("metric", kMetrics[probe.metric]);
    row.text("aggregation", kAggregations[probe.aggregation]);
    if (probe.target == BATSCHED_PROBE_HOSTS)
        row.hosts("hosts", probe.hosts);
    else
        row.array("links", probe.links, probe.link_count, append_json);
    row.number("time", probe.first_time).number("period", probe.period);
}

batsched_status_t TracedServices::create_probe(Sim sim, const batsched_probe_t* probe,
                                               batsched_probe_id_t* out) {
    batsched_probe_id_t id = 0;
    const batsched_status_t status = plain(sim).create_probe(sim, probe, &id);
    if (status == BATSCHED_OK && out != nullptr) *out = id;
    return trace(sim, "create_probe", status, [&](JsonRow& row, bool) {
        if (status != BATSCHED_OK) return; // it was not looked at
        add_probe(row, *probe);
        row.count("probe", id);
    });
}

batsched_status_t TracedServices::stop_probe(Sim sim, batsched_probe_id_t probe) {
    return trace(sim, "stop_probe", plain(sim).stop_probe(sim, probe),
                 [&](JsonRow& row, bool) { row.count("probe", probe); });
}

// ---- Hosts and the simulation --------------------------------------------------------------------

batsched_status_t TracedServices::set_pstate(Sim sim, batsched_host_set_t hosts,
                                             std::uint32_t pstate) {
    const batsched_status_t status = plain(sim).set_pstate(sim, hosts, pstate);
    return trace(sim, "set_pstate", status, [&](JsonRow& row, bool) {
        if (status == BATSCHED_OK) row.hosts("hosts", hosts);
        row.count("pstate", pstate);
    });
}

batsched_status_t TracedServices::set_host_state(Sim sim, batsched_host_set_t hosts,
                                                 batsched_host_state_t state) {
    const batsched_status_t status = plain(sim).set_host_state(sim, hosts, state);
    return trace(sim, "set_host_state", status, [&](JsonRow& row, bool) {
        if (status == BATSCHED_OK) row.hosts("hosts", hosts);
        row.text("state", state == BATSCHED_HOST_ON ? "ON" : "OFF");
    });
}

batsched_status_t TracedServices::delay_decisions(Sim sim, double duration) {
    return trace(sim, "delay_decisions", plain(sim).delay_decisions(sim, duration),
                 [&](JsonRow& row, bool) { row.number("duration", duration); });
}

batsched_status_t TracedServices::stop_simulation(Sim sim, CString reason) {
    return trace(sim, "stop_simulation", plain(sim).stop_simulation(sim, reason),
                 [&](JsonRow& row, bool) { row.text("reason", reason == nullptr ? "" : reason); });
}

batsched_simulator_t TracedServices::table(batsched_simulator_t plain) {
    plain.execute_job = execute_job;
    plain.reject_job = reject_job;
    plain.kill_jobs = kill_jobs;
    plain.annotate_job = annotate_job;
    plain.register_profile = register_profile;
    plain.release_profile = release_profile;
    plain.register_job = register_job;
    plain.finish_registration = finish_registration;
    plain.call_me_later = call_me_later;
    plain.cancel_call = cancel_call;
    plain.set_pstate = set_pstate;
    plain.set_host_state = set_host_state;
    plain.create_probe = create_probe;
    plain.stop_probe = stop_probe;
    plain.delay_decisions = delay_decisions;
    plain.stop_simulation = stop_simulation;
    return plain;
}

batsched_simulator_t traced(const batsched_simulator_t& plain) {
    return TracedServices::table(plain);
}

} // namespace batsim
