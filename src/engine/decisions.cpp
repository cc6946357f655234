// decisions.cpp - checks what a scheduler asks for and keeps it until the end of the batch.
#include "engine/decisions.hpp"

#include <algorithm>
#include <utility>

#include "base/json.hpp"
#include "base/text.hpp"
#include "engine/closed_form.hpp"
#include "engine/limits.hpp"

namespace batsim {

namespace {

std::string quoted(const JobRecord& job) { return "job '" + job.job.full_name + "'"; }

const char* state_text(JobState state) {
    switch (state) {
        case JobState::kRegistered: return "has not been submitted yet";
        case JobState::kWaiting: return "is waiting";
        case JobState::kAccepted: return "has been executed or rejected already";
        case JobState::kRunning: return "is running";
        case JobState::kOver: return "is over";
    }
    return "";
}

// Keys that were given before are replaced.
void annotate(JobRecord& job, const Json& object) {
    Json metadata = job.metadata.empty() ? Json::object() : Json::parse(job.metadata);
    metadata.update(object);
    job.metadata = metadata.dump();
}

std::string hosts_text(const JobRecord& job) {
    if (job.job.min_hosts == job.job.max_hosts) return std::to_string(job.job.requested_hosts);
    return std::to_string(job.job.min_hosts) + " to " + std::to_string(job.job.max_hosts);
}

// The host of each rank as the job itself says; empty if it does not.
std::vector<HostId> own_mapping(const JobRecord& job, const HostSet& hosts) {
    std::vector<HostId> ranks;
    if (!job.job.rank_mapping) return ranks;
    const std::vector<HostId> all = RankHosts(hosts, nullptr).all();
    for (const std::uint32_t index : *job.job.rank_mapping)
        ranks.push_back(all[index % all.size()]);
    return ranks;
}

} // namespace

Status Decisions::fail(Status status, std::string why) {
    why_ = std::move(why);
    return status;
}

Status Decisions::find(JobId id, JobRecord*& job) {
    if (!registration_.is_known(id))
        return fail(Status::kUnknownId, "there is no job with the id " + std::to_string(id));
    job = jobs_.find(id);
    if (job == nullptr || job->has_left) return Status::kAlreadyGone;
    if (job->owner != slot_.index)
        return fail(Status::kNotOwner, quoted(*job) + " belongs to another scheduler");
    if (job->state == JobState::kRegistered)
        return fail(Status::kWrongState, quoted(*job) + " " + state_text(job->state));
    return Status::kOk;
}

// Of a scheduler that observes: any job until it has heard of the end.
bool Decisions::is_in_sight(const JobRecord& job) const {
    if (!slot_.role.observes || job.state == JobState::kRegistered) return false;
    const auto& listeners = job.listeners;
    return !job.has_left ||
           std::find(listeners.begin(), listeners.end(), slot_.index) != listeners.end();
}

Status Decisions::find_job(JobId id, const JobRecord*& job) {
    if (const JobRecord* record = jobs_.find(id); record != nullptr && is_in_sight(*record)) {
        job = record;
        return Status::kOk;
    }
    JobRecord* found = nullptr;
    const Status status = find(id, found);
    if (status == Status::kOk) job = found;
    return status;
}

Status Decisions::check_waiting(const JobRecord& job) {
    if (job.state == JobState::kWaiting) return Status::kOk;
    return fail(Status::kWrongState, quoted(job) + " " + state_text(job.state));
}

Status Decisions::check_allocation(const JobRecord& job, const HostSet& hosts, bool any_number) {
    if (hosts.empty()) return fail(Status::kInvalidArgument, quoted(job) + " was given no hosts");
    const bool fits = hosts.size() >= job.job.min_hosts && hosts.size() <= job.job.max_hosts;
    if (!fits && !any_number)
        return fail(Status::kInvalidArgument, quoted(job) + " needs " + hosts_text(job) +
                                                  " hosts, was given " +
                                                  std::to_string(hosts.size()));
    if (!slot_.hosts.contains(hosts)) {
        const HostSet foreign = hosts - slot_.hosts.all() - slot_.hosts.away();
        if (foreign.empty()) return Status::kRefused; // lent
        return fail(Status::kNotOwner, quoted(job) + " cannot run on hosts " + foreign.to_string() +
                                           ": this scheduler owns " + owned_hosts_text());
    }
    if (!slot_.role.shares_hosts && !hosts_.all_free(hosts))
        return fail(Status::kHostsBusy, busy_text(job, hosts));
    return check_on(hosts);
}

// On, and not about to be switched off.
Status Decisions::check_on(const HostSet& hosts) {
    const bool on = resources_.states.all_on(hosts) && !hosts.intersects(slot_.leaving);
    return on ? Status::kOk : Status::kRefused;
}

std::string Decisions::busy_text(const JobRecord& job, const HostSet& hosts) const {
    const HostSet busy = hosts_.busy_among(hosts);
    std::string text = quoted(job) + " cannot run on hosts " + busy.to_string() + ":";
    jobs_.for_each([&](JobId, const JobRecord& other) {
        if (other.state == JobState::kOver) return;
        if (const HostSet common = other.hosts & busy; !common.empty())
            text += " " + quoted(other) + " has " + common.to_string();
    });
    return text;
}

Status Decisions::check_ranks(const JobRecord& job, const HostSet& hosts,
                              const Placement& placement) {
    for (const HostId host : placement.rank_hosts)
        if (!hosts.contains(host))
            return fail(Status::kInvalidArgument,
                        quoted(job) + " has a rank on host " + std::to_string(host) +
                            ", which is not among its hosts " + hosts.to_string());
    const RankHosts ranks(hosts, &placement);
    const std::size_t count = ranks.size();
    if (const auto needed =
            needed_instead_of(count, ranks.may_share_hosts(), job.job.profile->traits))
        return fail(Status::kInvalidArgument, quoted(job) + " has a profile for " +
                                                  std::to_string(*needed) + " ranks, was given " +
                                                  std::to_string(count));
    return Status::kOk;
}

Status Decisions::check_storages(const JobRecord& job, const Placement& placement) {
    for (const auto& [label, host] : placement.storages)
        if (!resources_.storages.is_storage(host))
            return fail(Status::kInvalidArgument, "storage '" + label + "' of " + quoted(job) +
                                                      " is mapped to host " + std::to_string(host) +
                                                      ", which is no storage host");
    for (const std::string& label : storage_labels(*job.job.profile))
        if (!resources_.storages.find(label, &placement))
            return fail(Status::kInvalidArgument,
                        quoted(job) + " uses storage '" + label +
                            "', which is not mapped; the storage hosts are: " +
                            resources_.storages.names());
    return Status::kOk;
}

// Whether anything here can execute such a profile.
Status Decisions::check_possible(const JobRecord& job, const HostSet& hosts,
                                 const Placement& placement) {
    const Profile& profile = *job.job.profile;
    const ProfileTraits& traits = profile.traits;
    if (!traits.unknown_type.empty())
        return fail(Status::kUnsupported, quoted(job) + " has a profile of the unknown type '" +
                                              traits.unknown_type + "'");
    const RankHosts ranks(hosts, &placement);
    const bool sends = traits.uses_storage || (traits.communicates && ranks.size() > 1);
    if (sends && !resources_.has_network)
        return fail(Status::kUnsupported, quoted(job) + " sends bytes, but there is no network");
    if (!resources_.has_backend && !has_closed_form(profile, ranks, !slot_.role.shares_hosts))
        return fail(Status::kUnsupported,
                    quoted(job) + " has a profile that needs --execution-model simgrid");
    return Status::kOk;
}

// Completes `how` with what the workload says.
Status Decisions::check_how(const JobRecord& job, const HostSet& hosts, HowToExecute& how) {
    if (how.walltime && !(*how.walltime > 0))
        return fail(Status::kInvalidArgument,
                    "the walltime must be > 0, is " + number_text(*how.walltime));
    if (how.placement.rank_hosts.empty()) how.placement.rank_hosts = own_mapping(job, hosts);
    if (const Status status = check_ranks(job, hosts, how.placement); status != Status::kOk)
        return status;
    if (const Status status = check_possible(job, hosts, how.placement); status != Status::kOk)
        return status;
    return check_storages(job, how.placement);
}

Status Decisions::execute_job(JobId id, HostSet hosts, HowToExecute how) {
    JobRecord* job = nullptr;
    if (const Status status = find(id, job); status != Status::kOk) return status;
    if (const Status status = check_waiting(*job); status != Status::kOk) return status;
    const bool any_number = !how.placement.rank_hosts.empty();
    if (const Status status = check_allocation(*job, hosts, any_number); status != Status::kOk)
        return status;
    if (const Status status = check_how(*job, hosts, how); status != Status::kOk) return status;
    hosts_.take(hosts);
    job->hosts = std::move(hosts);
    if (how.walltime) job->walltime = *how.walltime;
    if (!how.placement.rank_hosts.empty() || !how.placement.storages.empty())
        job->placement = std::make_unique<Placement>(std::move(how.placement));
    job->state = JobState::kAccepted;
    slot_.decisions.emplace_back(ExecuteJob{job});
    return Status::kOk;
}

Status Decisions::reject_job(JobId id, std::string_view reason) {
    JobRecord* job = nullptr;
    if (const Status status = find(id, job); status != Status::kOk) return status;
    if (const Status status = check_waiting(*job); status != Status::kOk) return status;
    if (!is_utf8(reason)) return fail(Status::kInvalidArgument, "the reason must be UTF-8");
    if (!reason.empty()) annotate(*job, {{"reject_reason", reason}});
    job->state = JobState::kAccepted;
    slot_.decisions.emplace_back(RejectJob{job, std::string(reason)});
    return Status::kOk;
}

Status Decisions::kill_jobs(std::vector<JobId> jobs) {
    bool any = false;
    for (const JobId id : jobs) {
        JobRecord* job = nullptr;
        const Status status = find(id, job);
        if (status == Status::kAlreadyGone) continue;
        if (status != Status::kOk) return status;
        if (job->state == JobState::kWaiting || job->state == JobState::kAccepted)
            return fail(Status::kWrongState,
                        quoted(*job) + " " + state_text(job->state) + " and cannot be killed");
        any = any || job->state == JobState::kRunning;
    }
    if (!any) return Status::kAlreadyGone;
    slot_.decisions.emplace_back(KillJobs{std::move(jobs)});
    return Status::kOk;
}

Status Decisions::annotate_job(JobId id, std::string_view json) {
    JobRecord* job = nullptr;
    if (const Status status = find(id, job); status != Status::kOk) return status;
    if (nesting_depth(json) > kDeepestJson)
        return fail(Status::kInvalidArgument, "the annotation is nested too deep");
    const Json object = Json::parse(json, nullptr, /* allow_exceptions */ false);
    if (!object.is_object())
        return fail(Status::kInvalidArgument, "the annotation must be a JSON object, is '" +
                                                  std::string(json.substr(0, 60)) + "'");
    annotate(*job, object);
    return Status::kOk;
}

Status Decisions::estimate_run_time(JobId id, const HostSet& hosts, double& seconds) {
    const JobRecord* job = nullptr;
    if (const Status status = find_job(id, job); status != Status::kOk) return status;
    Placement placement;
    if (!hosts.empty()) placement.rank_hosts = own_mapping(*job, hosts);
    const RankHosts rank_hosts(hosts, &placement);
    const auto& ranks = job->job.profile->traits.rank_count;
    if (hosts.empty() || (ranks && *ranks != rank_hosts.size()))
        return fail(Status::kInvalidArgument,
                    quoted(*job) + " cannot run on " + std::to_string(hosts.size()) + " hosts");
    const auto run_time = closed_form_run_time(*job->job.profile, rank_hosts, resources_.speeds);
    if (!run_time) return Status::kUnsupported;
    seconds = *run_time;
    return Status::kOk;
}

Status Decisions::register_profile(const std::string& name, std::string_view json) {
    return answer(registration_.register_profile(slot_, name, json));
}

Status Decisions::release_profile(const std::string& name) {
    return answer(registration_.release_profile(slot_, name));
}

Status Decisions::register_job(const NewJob& job, JobId& id) {
    return answer(registration_.register_job(slot_, job, id));
}

Status Decisions::finish_registration() { return answer(registration_.finish(slot_)); }

Status Decisions::delay(double seconds) {
    if (!(seconds >= 0 && now_ + slot_.delay + seconds <= kLatestDate))
        return fail(Status::kInvalidArgument, "the delay must be >= 0 seconds and end before " +
                                                  number_text(kLatestDate) + ", is " +
                                                  number_text(seconds));
    slot_.delay += seconds;
    return Status::kOk;
}

Status Decisions::stop(std::string_view reason) {
    if (!is_utf8(reason)) return fail(Status::kInvalidArgument, "the reason must be UTF-8");
    slot_.decisions.emplace_back(StopSimulation{std::string(reason)});
    return Status::kOk;
}

} // namespace batsim
