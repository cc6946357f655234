// structs_in_messages.hpp - the structs of batsched.h in messages between processes.
#ifndef BATSIM_PLUGIN_STRUCTS_IN_MESSAGES_HPP
#define BATSIM_PLUGIN_STRUCTS_IN_MESSAGES_HPP

#include "batsched.h"
#include "batsched/transfer.h"
#include "plugin/abi/message.hpp"

namespace batsim {

// ---- What the simulator has made -----------------------------------------------------------------

// Each function is the same for writing and for reading: it names the members that point somewhere.
// What a reader makes is valid as long as the message.

template <class Archive, class Set>
void carry_hosts(Archive& archive, Set& set) {
    archive.array(set.intervals, set.count);
}

template <class Archive, class Job>
void carry_job(Archive& archive, Job& job) {
    archive.plain(job);
    archive.text(job.name);
    archive.text(job.workload);
    archive.text(job.profile);
}

template <class Archive, class Profile>
void carry_profile(Archive& archive, Profile& profile) {
    archive.plain(profile);
    archive.text(profile.name);
    archive.text(profile.type);
    archive.text(profile.json);
}

template <class Archive, class Host>
void carry_host(Archive& archive, Host& host) {
    archive.plain(host);
    archive.text(host.name);
    archive.text(host.zone);
    auto pstate_count = host.pstate_count;
    archive.array(host.pstate_speeds, pstate_count);
    archive.array(host.pstate_idle_watts, pstate_count);
    archive.array(host.pstate_busy_watts, pstate_count);
    archive.text(host.properties);
}

// As far as the type of the event goes.
void carry_members(MessageWriter& writer, const batsched_event_t& event);
void carry_members(MessageReader& reader, batsched_event_t& event);

// The event without its job, if it has one.
template <class Archive, class Event>
void carry_event_alone(Archive& archive, Event& event) {
    carry_members(archive, event);
    switch (event.type) {
        case BATSCHED_EVENT_SIMULATION_BEGINS:
            carry_hosts(archive, event.simulation_begins.hosts);
            return carry_hosts(archive, event.simulation_begins.storage_hosts);
        case BATSCHED_EVENT_JOB_COMPLETED:
            archive.text(event.job_completed.progress_json);
            carry_hosts(archive, event.job_completed.hosts);
            return carry_hosts(archive, event.job_completed.usable_hosts);
        case BATSCHED_EVENT_JOB_REJECTED: return archive.text(event.job_rejected.reason);
        case BATSCHED_EVENT_JOB_STARTED: return carry_hosts(archive, event.job_started.hosts);
        case BATSCHED_EVENT_JOBS_KILLED:
            return archive.array(event.jobs_killed.jobs, event.jobs_killed.count);
        case BATSCHED_EVENT_HOSTS_STATE_CHANGED:
            return carry_hosts(archive, event.hosts_state_changed.hosts);
        case BATSCHED_EVENT_HOSTS_LENT: return carry_hosts(archive, event.hosts_lent.hosts);
        case BATSCHED_EVENT_HOSTS_PSTATE_CHANGED:
            return carry_hosts(archive, event.hosts_pstate_changed.hosts);
        case BATSCHED_EVENT_EXTERNAL_EVENT:
            archive.text(event.external_event.type);
            return archive.text(event.external_event.json);
        case BATSCHED_EVENT_PROBE_DATA:
            return archive.array(event.probe_data.values, event.probe_data.count);
        case BATSCHED_EVENT_DECISION_DROPPED:
            carry_hosts(archive, event.decision_dropped.hosts);
            return archive.text(event.decision_dropped.reason);
        default: return; // its members point nowhere
    }
}

// Where an event keeps its job, or nullptr.
template <class Event>
auto job_of(Event& event) -> decltype(&event.job_submitted.job) {
    switch (event.type) {
        case BATSCHED_EVENT_JOB_SUBMITTED: return &event.job_submitted.job;
        case BATSCHED_EVENT_JOB_FORWARDED: return &event.job_forwarded.job;
        case BATSCHED_EVENT_JOB_REJECTED: return &event.job_rejected.job;
        case BATSCHED_EVENT_JOB_STARTED: return &event.job_started.job;
        case BATSCHED_EVENT_JOB_COMPLETED: return &event.job_completed.job;
        case BATSCHED_EVENT_DECISION_DROPPED: return &event.decision_dropped.job;
        default: return nullptr;
    }
}

template <class Archive, class Peer>
void carry_peer(Archive& archive, Peer& peer) {
    archive.plain(peer);
    archive.text(peer.name);
    archive.text(peer.display_name);
}

template <class Archive, class PeerHosts>
void carry_peer_hosts(Archive& archive, PeerHosts& hosts) {
    carry_hosts(archive, hosts.owned);
    carry_hosts(archive, hosts.held);
}

template <class Archive, class Init>
void carry_init(Archive& archive, Init& init) {
    archive.plain(init);
    archive.text(init.name);
    archive.text(init.config);
    archive.text(init.directory);
    carry_hosts(archive, init.hosts);
    std::size_t workload_count = init.workload_count;
    archive.texts(init.workloads, workload_count);
    carry_hosts(archive, init.all_hosts);
}

template <class Archive, class Reply>
void carry_reply(Archive& archive, Reply& reply) {
    archive.plain(reply);
    archive.text(reply.display_name);
    archive.text(reply.display_version);
}

template <class Archive, class Exit>
void carry_exit(Archive& archive, Exit& exit) {
    archive.plain(exit);
    archive.text(exit.message);
}

// ---- What a plugin has made ----------------------------------------------------------------------

// Such structs may be those of another version, and anything may be wrong with them. They get to the
// simulator in such a way that its checks find there what they would have found here, without more
// being read here than they would have read.

// Only as far as the set is sorted: what comes behind is not looked at.
void write_hosts(MessageWriter& writer, batsched_host_set_t set);
void read_hosts(MessageReader& reader, batsched_host_set_t& set);

void write_argument(MessageWriter& writer, const batsched_execution_t* given);
void write_argument(MessageWriter& writer, const batsched_new_job_t* given);
void write_argument(MessageWriter& writer, const batsched_probe_t* given);

void read_argument(MessageReader& reader, const batsched_execution_t*& given);
void read_argument(MessageReader& reader, const batsched_new_job_t*& given);
void read_argument(MessageReader& reader, const batsched_probe_t*& given);

} // namespace batsim

#endif
