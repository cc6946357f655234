// traced_extensions.cpp - the functions of extensions that decide, with a trace of each call.
#include "plugin/scheduler/traced_extensions.hpp"

#include "plugin/scheduler/extensions.hpp"
#include "plugin/scheduler/trace_rules.hpp"

namespace batsim {

namespace {

// Each function has the name and the arguments of its member of batsched_transfer_t or
// batsched_lending_t.
class TracedExtensions : private TraceRules {
  public:
    static batsched_status_t forward_job(Sim sim, batsched_job_id_t job, std::uint32_t to) {
        return trace(sim, "forward_job", transfer_extension().forward_job(sim, job, to),
                     [&](JsonRow& row, bool) {
                         add_job(row, sim, job);
                         add_receiver(row, sim, to);
                     });
    }
    static batsched_status_t lend_hosts(Sim sim, batsched_host_set_t hosts, std::uint32_t to) {
        return trace(sim, "lend_hosts", lending_extension().lend_hosts(sim, hosts, to),
                     [&](JsonRow& row, bool readable) {
                         if (readable) row.hosts("hosts", hosts);
                         add_receiver(row, sim, to);
                     });
    }
    static batsched_status_t return_hosts(Sim sim, batsched_host_set_t hosts) {
        return trace(sim, "return_hosts", lending_extension().return_hosts(sim, hosts),
                     [&](JsonRow& row, bool readable) {
                         if (readable) row.hosts("hosts", hosts);
                     });
    }
    static batsched_status_t take_hosts(Sim sim, batsched_host_set_t hosts) {
        return trace(sim, "take_hosts", lending_extension().take_hosts(sim, hosts),
                     [&](JsonRow& row, bool readable) {
                         if (readable) row.hosts("hosts", hosts);
                     });
    }
};

batsched_transfer_t traced_transfer() {
    batsched_transfer_t table = transfer_extension();
    table.forward_job = TracedExtensions::forward_job;
    return table;
}

batsched_lending_t traced_lending() {
    batsched_lending_t table = lending_extension();
    table.lend_hosts = TracedExtensions::lend_hosts;
    table.return_hosts = TracedExtensions::return_hosts;
    table.take_hosts = TracedExtensions::take_hosts;
    return table;
}

} // namespace

const void* traced_extension(const char* name) {
    static const batsched_transfer_t transfer = traced_transfer();
    static const batsched_lending_t lending = traced_lending();
    const void* plain = extension(name);
    if (plain == &transfer_extension()) return &transfer;
    return plain == &lending_extension() ? &lending : plain;
}

} // namespace batsim
