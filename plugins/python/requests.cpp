// requests.cpp - functions of batsched.Simulator about calls, hosts and probes.
#include <vector>

#include "host_set_type.hpp"
#include "simulator_type.hpp"

namespace python {

namespace {

Ref id_of(std::uint64_t id) { return take(PyLong_FromUnsignedLongLong(id)); }

// ---- Calls ---------------------------------------------------------------------------------------

Ref call_me_later(Call call) {
    double time = 0, period = 0;
    call.parse("d|d:call_me_later", {"time", "period"}, &time, &period);
    batsched_call_id_t id = 0;
    call.session.demand(call.sim()->call_me_later(call.sim(), time, period, &id), "call_me_later");
    return id_of(id);
}

Ref cancel_call(Call call) {
    unsigned long long id = 0;
    call.parse("K:cancel_call", {"call"}, &id);
    return boolean(call.session.check(call.sim()->cancel_call(call.sim(), id), "cancel_call"));
}

// ---- Hosts ---------------------------------------------------------------------------------------

Ref set_pstate(Call call) {
    PyObject* hosts = nullptr;
    unsigned pstate = 0;
    call.parse("OI:set_pstate", {"hosts", "pstate"}, &hosts, &pstate);
    const auto status = call.sim()->set_pstate(call.sim(), to_host_set(hosts).view(), pstate);
    return boolean(call.session.check(status, "set_pstate"));
}

Ref set_host_state(Call call) {
    PyObject* hosts = nullptr;
    int state = 0;
    call.parse("Oi:set_host_state", {"hosts", "state"}, &hosts, &state);
    const auto status = call.sim()->set_host_state(call.sim(), to_host_set(hosts).view(), state);
    return boolean(call.session.check(status, "set_host_state"));
}

// ---- Probes --------------------------------------------------------------------------------------

struct ProbeArguments {
    int metric = 0, aggregation = BATSCHED_AGGREGATE_NONE;
    PyObject *targets = nullptr, *first_time = Py_None;
    double period = 0;

    void parse(const Call& call, const char* format, const char* targets_name) {
        call.parse(format, {"metric", targets_name, "aggregation", "first_time", "period"}, &metric,
                   &targets, &aggregation, &first_time, &period);
    }
    batsched_probe_t probe(const Call& call, batsched_probe_target_t target) const {
        batsched_probe_t probe{};
        probe.struct_size = sizeof probe;
        probe.target = target;
        probe.metric = metric;
        probe.aggregation = aggregation;
        probe.first_time = call.session.now;
        if (first_time != Py_None) probe.first_time = PyFloat_AsDouble(first_time);
        demand(probe.first_time != -1 || PyErr_Occurred() == nullptr);
        probe.period = period;
        return probe;
    }
};

Ref create_probe(const Call& call, const batsched_probe_t& probe, const char* function) {
    batsched_probe_id_t id = 0;
    call.session.demand(call.sim()->create_probe(call.sim(), &probe, &id), function);
    return id_of(id);
}

Ref probe_hosts(Call call) {
    ProbeArguments arguments;
    arguments.parse(call, "iO|i$Od:probe_hosts", "hosts");
    const batsched::HostSet hosts = to_host_set(arguments.targets);
    batsched_probe_t probe = arguments.probe(call, BATSCHED_PROBE_HOSTS);
    probe.hosts = hosts.view();
    return create_probe(call, probe, "probe_hosts");
}

Ref probe_links(Call call) {
    ProbeArguments arguments;
    arguments.parse(call, "iO|i$Od:probe_links", "links");
    const Ref list = take(PySequence_Fast(arguments.targets, "links must be a sequence of names"));
    std::vector<const char*> names;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list.get()); ++i)
        names.push_back(utf8(PySequence_Fast_GET_ITEM(list.get(), i)));
    batsched_probe_t probe = arguments.probe(call, BATSCHED_PROBE_LINKS);
    probe.links = names.data();
    probe.link_count = names.size();
    return create_probe(call, probe, "probe_links");
}

Ref stop_probe(Call call) {
    unsigned long long id = 0;
    call.parse("K:stop_probe", {"probe"}, &id);
    return boolean(call.session.check(call.sim()->stop_probe(call.sim(), id), "stop_probe"));
}

} // namespace

std::vector<PyMethodDef> requests() {
    return {
        function<call_me_later>(
            "call_me_later",
            "call_me_later(time, period=0): asks for on_requested_call at a date; gives an id"),
        function<cancel_call>("cancel_call", "cancel_call(call): False if it is over"),
        function<set_pstate>("set_pstate", "set_pstate(hosts, pstate): an event tells when"),
        function<set_host_state>("set_host_state",
                                 "set_host_state(hosts, state): HostState.ON or OFF, idle hosts"),
        function<probe_hosts>("probe_hosts",
                              "probe_hosts(metric, hosts, aggregation=Aggregation.NONE, *, "
                              "first_time=None, period=0): on_probe_data tells; gives an id"),
        function<probe_links>("probe_links",
                              "probe_links(metric, links, aggregation=Aggregation.NONE, *, "
                              "first_time=None, period=0)"),
        function<stop_probe>("stop_probe", "stop_probe(probe): False if it is over"),
    };
}

} // namespace python
