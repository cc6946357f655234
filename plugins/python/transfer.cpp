// transfer.cpp - functions of batsched.Simulator about other schedulers: jobs and hosts that are handed to
// them.
#include <batsched/transfer.h>

#include "host_set_type.hpp"
#include "job_type.hpp"
#include "records.hpp"
#include "simulator_type.hpp"

namespace python {

namespace {

template <class Table>
const Table& table(const Call& call, const char* name) {
    const auto* found = static_cast<const Table*>(call.sim()->get_extension(call.sim(), name));
    if (found == nullptr)
        raise(PyExc_RuntimeError, std::string("the simulator does not have ") + name);
    return *found;
}
const batsched_transfer_t& transfer(const Call& call) {
    return table<batsched_transfer_t>(call, BATSCHED_TRANSFER);
}
const batsched_lending_t& lending(const Call& call) {
    return table<batsched_lending_t>(call, BATSCHED_LENDING);
}

Ref number(std::uint64_t value) { return take(PyLong_FromUnsignedLongLong(value)); }

// ---- Schedulers ----------------------------------------------------------------------------------

std::uint32_t find(const Call& call, const char* name) {
    std::uint32_t index = 0;
    call.session.demand(transfer(call).find_scheduler(call.sim(), name, &index), "find_scheduler");
    return index;
}

// By its name or its index.
std::uint32_t to_scheduler(const Call& call, PyObject* scheduler) {
    if (PyUnicode_Check(scheduler) != 0) return find(call, utf8(scheduler));
    const Ref index = take(PyNumber_Index(scheduler));
    const unsigned long value = PyLong_AsUnsignedLong(index.get());
    demand(value != static_cast<unsigned long>(-1) || PyErr_Occurred() == nullptr);
    if (value > UINT32_MAX) raise(PyExc_ValueError, "there is no scheduler with that index");
    return static_cast<std::uint32_t>(value);
}

Ref find_scheduler(Call call) {
    const char* name = nullptr;
    call.parse("s:find_scheduler", {"name"}, &name);
    return number(find(call, name));
}

Ref scheduler(Call call) {
    PyObject* which = nullptr;
    call.parse("O:scheduler", {"scheduler"}, &which);
    batsched_peer_t peer{};
    peer.struct_size = sizeof peer;
    const std::uint32_t index = to_scheduler(call, which);
    call.session.demand(transfer(call).get_scheduler(call.sim(), index, &peer), "scheduler");
    return make_record(Record::kPeer, number(peer.index), text(peer.name), text(peer.display_name),
                       boolean((peer.flags & BATSCHED_PEER_TAKEABLE) != 0),
                       boolean((peer.flags & BATSCHED_PEER_OBSERVER) != 0),
                       number(peer.owned_hosts), number(peer.held_hosts), number(peer.usable_hosts),
                       number(peer.running_jobs), number(peer.waiting_jobs),
                       number(peer.waiting_hosts), take(PyFloat_FromDouble(peer.work_ahead)));
}

Ref scheduler_hosts(Call call) {
    PyObject* which = nullptr;
    call.parse("O:scheduler_hosts", {"scheduler"}, &which);
    batsched_peer_hosts_t hosts{};
    const std::uint32_t index = to_scheduler(call, which);
    const auto status = transfer(call).get_scheduler_hosts(call.sim(), index, &hosts);
    call.session.demand(status, "scheduler_hosts");
    return make_record(Record::kPeerHosts, make_host_set(batsched::HostSet(hosts.owned)),
                       make_host_set(batsched::HostSet(hosts.held)));
}

// ---- Jobs ----------------------------------------------------------------------------------------

Ref forward_job(Call call) {
    PyObject *job = nullptr, *to = nullptr;
    call.parse("OO:forward_job", {"job", "to"}, &job, &to);
    const batsched_job_id_t id = to_job_id(job);
    const auto status = transfer(call).forward_job(call.sim(), id, to_scheduler(call, to));
    const bool done = call.session.check(status, "forward_job");
    if (done) call.session.forget_after_batch(id);
    return boolean(done);
}

Ref job_history(Call call) {
    PyObject* job = nullptr;
    call.parse("O:job_history", {"job"}, &job);
    batsched_job_history_t history{};
    const auto status = transfer(call).get_job_history(call.sim(), to_job_id(job), &history);
    if (!call.session.check(status, "job_history")) return none();
    Ref moves = take(PyTuple_New(static_cast<Py_ssize_t>(history.count)));
    for (std::size_t i = 0; i < history.count; ++i) {
        const batsched_job_move_t& move = history.moves[i];
        PyTuple_SET_ITEM(
            moves.get(), static_cast<Py_ssize_t>(i),
            take(Py_BuildValue("(dII)", move.time, unsigned{move.from}, unsigned{move.to}))
                .release());
    }
    return moves;
}

// ---- Hosts ---------------------------------------------------------------------------------------

Ref lend_hosts(Call call) {
    PyObject *hosts = nullptr, *to = nullptr;
    call.parse("OO:lend_hosts", {"hosts", "to"}, &hosts, &to);
    const batsched::HostSet set = to_host_set(hosts);
    const auto status = lending(call).lend_hosts(call.sim(), set.view(), to_scheduler(call, to));
    return boolean(call.session.check(status, "lend_hosts"));
}

Ref return_hosts(Call call) {
    PyObject* hosts = nullptr;
    call.parse("O:return_hosts", {"hosts"}, &hosts);
    const auto status = lending(call).return_hosts(call.sim(), to_host_set(hosts).view());
    return boolean(call.session.check(status, "return_hosts"));
}

Ref take_hosts(Call call) {
    PyObject* hosts = nullptr;
    call.parse("O:take_hosts", {"hosts"}, &hosts);
    const auto status = lending(call).take_hosts(call.sim(), to_host_set(hosts).view());
    return boolean(call.session.check(status, "take_hosts"));
}

} // namespace

std::vector<PyMethodDef> transfers() {
    return {
        function<find_scheduler>("find_scheduler",
                                 "find_scheduler(name): its index, also in __init__"),
        function<scheduler>("scheduler", "scheduler(name or index): how much it has to do"),
        function<scheduler_hosts>("scheduler_hosts",
                                  "scheduler_hosts(name or index): the hosts of a scheduler"),
        function<forward_job>("forward_job",
                              "forward_job(job, to): hands a waiting job to another scheduler"),
        function<job_history>("job_history",
                              "job_history(job): (time, from, to) for each time it was forwarded"),
        function<lend_hosts>("lend_hosts",
                             "lend_hosts(hosts, to): lends idle hosts of the partition"),
        function<return_hosts>("return_hosts",
                               "return_hosts(hosts): gives idle hosts back to their owners"),
        function<take_hosts>("take_hosts",
                             "take_hosts(hosts): takes idle hosts, if the user allows it"),
    };
}

} // namespace python
