// peer_decisions.cpp - the part of Decisions that is about other schedulers.
#include <algorithm>

#include "base/text.hpp"
#include "engine/decisions.hpp"

namespace batsim {

Status Decisions::check_receiver(SchedulerIndex to) {
    if (to >= peers_.count())
        return fail(Status::kUnknownId, "there is no scheduler " + std::to_string(to) +
                                            ", only 0 to " + std::to_string(peers_.count() - 1));
    if (to == slot_.index)
        return fail(Status::kInvalidArgument, "the receiver must be another scheduler");
    return Status::kOk;
}

Status Decisions::forward_job(JobId id, SchedulerIndex to) {
    JobRecord* job = nullptr;
    if (const Status status = find(id, job); status != Status::kOk) return status;
    if (const Status status = check_waiting(*job); status != Status::kOk) return status;
    if (const Status status = check_receiver(to); status != Status::kOk) return status;
    job->state = JobState::kAccepted;
    slot_.decisions.emplace_back(ForwardJob{job, to});
    return Status::kOk;
}

// ---- Hosts ---------------------------------------------------------------------------------------

HostState Decisions::state_of(HostId host) const {
    const bool hidden = !slot_.role.observes && slot_.hosts.away().contains(host);
    return hidden ? HostState::kUnavailable : resources_.states.of(host);
}

HostSet Decisions::usable_among(const HostSet& hosts) const {
    return hosts - resources_.states.not_on() - slot_.hosts.away();
}

bool Decisions::are_usable(const HostSet& hosts) const {
    const HostSet& away = slot_.hosts.away();
    return resources_.states.all_on(hosts) && !hosts.intersects(away);
}

// Without a job, and no earlier decision switches them off or moves them.
bool Decisions::are_idle(const HostSet& hosts) const {
    return hosts_.all_free(hosts) && !hosts.intersects(slot_.leaving);
}

Status Decisions::lend_hosts(HostSet hosts, SchedulerIndex to) {
    if (const Status status = check_receiver(to); status != Status::kOk) return status;
    if (hosts.empty()) return fail(Status::kInvalidArgument, "there are no hosts in the set");
    if (const HostSet foreign = hosts - slot_.hosts.owned(); !foreign.empty())
        return fail(Status::kNotOwner, "hosts " + foreign.to_string() +
                                           " cannot be lent: this scheduler owns " +
                                           owned_hosts_text());
    if (!slot_.hosts.contains(hosts) || !are_idle(hosts)) return Status::kRefused;
    slot_.leaving |= hosts;
    slot_.decisions.emplace_back(LendHosts{std::move(hosts), to});
    return Status::kOk;
}

Status Decisions::return_hosts(HostSet hosts) {
    if (hosts.empty()) return fail(Status::kInvalidArgument, "there are no hosts in the set");
    if (const HostSet foreign = hosts - slot_.hosts.borrowed(); !foreign.empty())
        return fail(Status::kNotOwner,
                    "hosts " + foreign.to_string() +
                        " cannot be returned: this scheduler has not borrowed them");
    if (!are_idle(hosts)) return Status::kRefused;
    slot_.leaving |= hosts;
    slot_.decisions.emplace_back(ReturnHosts{std::move(hosts)});
    return Status::kOk;
}

bool Decisions::may_take_from(SchedulerIndex owner) const {
    const auto& allowed = slot_.role.takes_from;
    return std::find(allowed.begin(), allowed.end(), owner) != allowed.end();
}

Status Decisions::take_hosts(HostSet hosts) {
    if (hosts.empty()) return fail(Status::kInvalidArgument, "there are no hosts in the set");
    HostSet foreign = hosts;
    bool refused = !are_idle(hosts);
    for (SchedulerIndex index = 0; index < peers_.count(); ++index) {
        const SchedulerSlot& owner = peers_[index];
        const HostSet part = hosts & owner.hosts.owned();
        if (part.empty() || !may_take_from(index)) continue;
        foreign -= part;
        refused = refused || !owner.hosts.contains(part) || part.intersects(owner.leaving);
    }
    if (!foreign.empty())
        return fail(Status::kNotOwner,
                    "hosts " + foreign.to_string() + " do not belong to a scheduler whose hosts '" +
                        slot_.role.name +
                        "' may take; \"takes_from\" in the file of --schedulers allows it");
    if (refused) return Status::kRefused;
    slot_.leaving |= hosts;
    slot_.decisions.emplace_back(TakeHosts{std::move(hosts)});
    return Status::kOk;
}

} // namespace batsim
