// extensions.cpp - the functions of batsched/transfer.h.
#include "plugin/scheduler/extensions.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "plugin/abi/growing_struct.hpp"
#include "plugin/scheduler/plugin_scheduler.hpp"
#include "plugin/scheduler/service_rules.hpp"

namespace batsim {

// Each function has the name and the arguments of its member of batsched_transfer_t or
// batsched_lending_t.
class Extensions : private ServiceRules {
  public:
    static batsched_status_t find_scheduler(Sim sim, const char* name, std::uint32_t* index);
    static batsched_status_t get_scheduler(Sim sim, std::uint32_t index, batsched_peer_t* out);
    static batsched_status_t get_scheduler_hosts(Sim sim, std::uint32_t index,
                                                 batsched_peer_hosts_t* out);
    static batsched_status_t get_job_history(Sim sim, batsched_job_id_t job,
                                             batsched_job_history_t* out);
    static batsched_status_t forward_job(Sim sim, batsched_job_id_t job, std::uint32_t to);

    static batsched_status_t lend_hosts(Sim sim, batsched_host_set_t hosts, std::uint32_t to);
    static batsched_status_t return_hosts(Sim sim, batsched_host_set_t hosts);
    static batsched_status_t take_hosts(Sim sim, batsched_host_set_t hosts);

  private:
    static batsched_peer_t describe(PluginScheduler& self, Decisions& decisions,
                                    std::uint32_t index);
    static Status no_scheduler(std::uint32_t index, const PluginScheduler& self, std::string& why) {
        why = "there is no scheduler " + std::to_string(index) + ", only 0 to " +
              std::to_string(self.schedulers_.size() - 1);
        return Status::kUnknownId;
    }
};

// ---- Transfer ------------------------------------------------------------------------------------

batsched_status_t Extensions::find_scheduler(Sim sim, const char* name, std::uint32_t* index) {
    return in_phase(sim, "find_scheduler", wrong_for_init_and_event,
                    [&](PluginScheduler& self, std::string& why) {
                        if (name == nullptr) return null("name", why);
                        if (index == nullptr) return null("index", why);
                        const auto& all = self.schedulers_;
                        const auto found = std::find(all.begin(), all.end(), name);
                        if (found == all.end()) {
                            why = "there is no scheduler '" + std::string(name) + "', only";
                            for (const std::string& known : all) why += " '" + known + "'";
                            return Status::kUnknownId;
                        }
                        *index = static_cast<std::uint32_t>(found - all.begin());
                        return Status::kOk;
                    });
}

batsched_peer_t Extensions::describe(PluginScheduler& self, Decisions& decisions,
                                     std::uint32_t index) {
    const SchedulerSlot& slot = decisions.peers()[index];
    const SchedulerLoad& load = decisions.load_of(index);
    batsched_peer_t peer{};
    peer.index = index;
    if (decisions.may_take_from(index)) peer.flags |= BATSCHED_PEER_TAKEABLE;
    if (slot.role.observes) peer.flags |= BATSCHED_PEER_OBSERVER;
    peer.owned_hosts = static_cast<std::uint32_t>(slot.hosts.owned().size());
    peer.held_hosts = static_cast<std::uint32_t>(slot.hosts.all().size());
    peer.usable_hosts = static_cast<std::uint32_t>(load.usable_hosts);
    peer.running_jobs = load.running_jobs;
    peer.waiting_jobs = load.waiting_jobs;
    peer.waiting_hosts = load.waiting_hosts;
    peer.work_ahead = load.work_ahead;
    peer.name = self.scratch_.keep(slot.role.name);
    peer.display_name = self.scratch_.keep(slot.role.display_name);
    return peer;
}

batsched_status_t Extensions::get_scheduler(Sim sim, std::uint32_t index, batsched_peer_t* out) {
    return in_event(sim, "get_scheduler", [&](auto& self, Decisions& decisions, std::string& why) {
        if (out == nullptr) return null("out", why);
        if (index >= decisions.peers().count()) return no_scheduler(index, self, why);
        return write_struct(describe(self, decisions, index), out, why);
    });
}

// The sets change only when decisions take effect.
batsched_status_t Extensions::get_scheduler_hosts(Sim sim, std::uint32_t index,
                                                  batsched_peer_hosts_t* out) {
    return in_event(sim, "get_scheduler_hosts",
                    [&](auto& self, Decisions& decisions, std::string& why) {
                        if (out == nullptr) return null("out", why);
                        if (index >= decisions.peers().count())
                            return no_scheduler(index, self, why);
                        const HeldHosts& hosts = decisions.peers()[index].hosts;
                        *out = {hosts.owned().view(), hosts.all().view()};
                        return Status::kOk;
                    });
}

batsched_status_t Extensions::get_job_history(Sim sim, batsched_job_id_t job,
                                              batsched_job_history_t* out) {
    return in_event(sim, "get_job_history",
                    [&](auto& self, Decisions& decisions, std::string& why) {
                        if (out == nullptr) return null("out", why);
                        const JobRecord* record = nullptr;
                        const Status status = decisions.find_job(job, record);
                        if (status != Status::kOk) return status;
                        std::vector<batsched_job_move_t> moves;
                        for (const JobMove& move : record->moves)
                            moves.push_back({move.date, move.from, move.to});
                        *out = self.scratch_.keep(std::move(moves));
                        return Status::kOk;
                    });
}

batsched_status_t Extensions::forward_job(Sim sim, batsched_job_id_t job, std::uint32_t to) {
    return in_event(sim, "forward_job", [&](auto& self, Decisions& decisions, std::string&) {
        const Status status = decisions.forward_job(job, to);
        // An observer still sees the job.
        if (status == Status::kOk && !self.observes()) self.given_up_.push_back(job);
        return status;
    });
}

const batsched_transfer_t& transfer_extension() {
    static constexpr batsched_transfer_t kTable{
        sizeof(batsched_transfer_t),     Extensions::find_scheduler,  Extensions::get_scheduler,
        Extensions::get_scheduler_hosts, Extensions::get_job_history, Extensions::forward_job};
    return kTable;
}

// ---- Lending -------------------------------------------------------------------------------------

batsched_status_t Extensions::lend_hosts(Sim sim, batsched_host_set_t hosts, std::uint32_t to) {
    return with_hosts(sim, "lend_hosts", hosts,
                      [&](Decisions& decisions, HostSet set, std::string&) {
                          return decisions.lend_hosts(std::move(set), to);
                      });
}

batsched_status_t Extensions::return_hosts(Sim sim, batsched_host_set_t hosts) {
    return with_hosts(sim, "return_hosts", hosts,
                      [&](Decisions& decisions, HostSet set, std::string&) {
                          return decisions.return_hosts(std::move(set));
                      });
}

batsched_status_t Extensions::take_hosts(Sim sim, batsched_host_set_t hosts) {
    return with_hosts(sim, "take_hosts", hosts,
                      [&](Decisions& decisions, HostSet set, std::string&) {
                          return decisions.take_hosts(std::move(set));
                      });
}

const batsched_lending_t& lending_extension() {
    static constexpr batsched_lending_t kTable{sizeof(batsched_lending_t), Extensions::lend_hosts,
                                               Extensions::return_hosts, Extensions::take_hosts};
    return kTable;
}

const void* extension(const char* name) {
    if (std::strcmp(name, BATSCHED_TRANSFER) == 0) return &transfer_extension();
    return std::strcmp(name, BATSCHED_LENDING) == 0 ? &lending_extension() : nullptr;
}

} // namespace batsim
