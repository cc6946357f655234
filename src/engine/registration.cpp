// registration.cpp - profiles and jobs that schedulers add while the simulation runs.
#include "engine/registration.hpp"

#include <utility>

#include "base/assert.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "workload/json_job.hpp"
#include "workload/limits.hpp"
#include "workload/registered_profile.hpp"

namespace batsim {

namespace {

Verdict invalid(std::string why) { return {Status::kInvalidArgument, std::move(why)}; }
Verdict unknown(std::string why) { return {Status::kUnknownId, std::move(why)}; }

std::string quoted(const char* kind, const std::string& name) {
    return std::string(kind) + " '" + name + "'";
}

// What is wrong with a name that is given to a job or a profile of a workload.
Verdict check_part(const char* kind, std::string_view name) {
    if (!is_utf8(name)) return invalid(std::string("the name of a ") + kind + " must be UTF-8");
    if (!name.empty() && name.find('!') == std::string_view::npos) return {};
    return invalid(std::string("the name of a ") + kind + " must be a text without '!', is '" +
                   std::string(name) + "'");
}

// The readers of workload files throw; schedulers get statuses.
template <class Body>
Verdict answer_of(Body&& body) {
    try {
        return body();
    } catch (const InputError& error) {
        return invalid(error.what());
    }
}

Verdict set_hosts(const NewJob& wanted, Job& job) {
    const std::uint32_t requested = wanted.requested_hosts;
    if (requested < 1 || requested > kMaxHosts)
        return invalid("requested_hosts must be from 1 to " + std::to_string(kMaxHosts) + ", is " +
                       std::to_string(requested));
    job.requested_hosts = requested;
    job.min_hosts = wanted.min_hosts == 0 ? requested : wanted.min_hosts;
    job.max_hosts = wanted.max_hosts == 0 ? requested : wanted.max_hosts;
    if (job.min_hosts <= requested && requested <= job.max_hosts) return {};
    return invalid("must have min_hosts <= requested_hosts <= max_hosts, has " +
                   std::to_string(job.min_hosts) + ", " + std::to_string(requested) + " and " +
                   std::to_string(job.max_hosts));
}

Verdict set_extra(const NewJob& wanted, Job& job) {
    const std::string file = quoted("the extra data of job", job.full_name);
    if (nesting_depth(wanted.extra_json) > kDeepestJson)
        return invalid(file + " are nested too deep");
    return answer_of([&]() -> Verdict {
        const Json extra = parse_json(wanted.extra_json, file);
        if (!extra.is_object())
            return invalid(file + " must be a JSON object, are " + excerpt(extra));
        job.rank_mapping = read_rank_mapping(extra, job.requested_hosts, file, "");
        if (!extra.empty()) job.extra = extra.dump();
        return {};
    });
}

} // namespace

Verdict Registration::check_open(const SchedulerSlot& slot) const {
    if (!slot.role.registers)
        return {Status::kWrongState,
                "this scheduler has not asked for the feature REGISTRATION in sched_init"};
    BATSIM_ASSERT(directory_ != nullptr);
    if (slot.registration_is_open) return {};
    return {Status::kWrongState, "this scheduler has called finish_registration before"};
}

Verdict Registration::finish(SchedulerSlot& slot) const {
    Verdict verdict = check_open(slot);
    if (verdict.status == Status::kOk) slot.registration_is_open = false;
    return verdict;
}

// ---- Profiles ------------------------------------------------------------------------------------

Verdict Registration::check_new_profile(const std::string& name) const {
    const std::size_t separator = name.find('!');
    if (separator == std::string::npos)
        return invalid("the name of a profile must be \"workload!profile\", is '" + name + "'");
    if (!directory_->find(std::string_view(name).substr(0, separator)))
        return unknown("there is no workload '" + name.substr(0, separator) + "'");
    Verdict verdict = check_part("profile", std::string_view(name).substr(separator + 1));
    if (verdict.status == Status::kOk && directory_->find_profile(name))
        return invalid("there is a profile '" + name + "' already");
    return verdict;
}

Verdict Registration::register_profile(const SchedulerSlot& slot, const std::string& name,
                                       std::string_view json) {
    if (Verdict verdict = check_open(slot); verdict.status != Status::kOk) return verdict;
    if (Verdict verdict = check_new_profile(name); verdict.status != Status::kOk) return verdict;
    const std::uint32_t workload = *directory_->find(name.substr(0, name.find('!')));
    return answer_of([&]() -> Verdict {
        directory_->add_profile(read_registered_profile(name, json, workload, *directory_));
        profiles_.emplace(name, slot.index);
        return {};
    });
}

Verdict Registration::release_profile(const SchedulerSlot& slot, const std::string& name) {
    if (Verdict verdict = check_open(slot); verdict.status != Status::kOk) return verdict;
    const auto registered = profiles_.find(name);
    if (registered == profiles_.end()) {
        if (directory_->find_profile(name))
            return invalid("profile '" + name + "' is of a workload file and cannot be released");
        return unknown("there is no profile '" + name + "'");
    }
    if (registered->second != slot.index)
        return {Status::kNotOwner, "profile '" + name + "' was registered by another scheduler"};
    directory_->remove_profile(name);
    profiles_.erase(registered);
    return {};
}

// ---- Jobs ----------------------------------------------------------------------------------------

Verdict Registration::check_new_job(const NewJob& wanted) const {
    if (wanted.workload && !directory_->find(*wanted.workload))
        return unknown("there is no workload '" + *wanted.workload + "'");
    if (wanted.parent && !is_known(*wanted.parent))
        return unknown("there is no job with the id " + std::to_string(*wanted.parent) +
                       " to be the parent");
    return check_part("job", wanted.name);
}

Verdict Registration::make_job(const SchedulerSlot& slot, const NewJob& wanted, Job& job) const {
    job.workload = *directory_->find(wanted.workload.value_or(slot.role.name));
    job.full_name = directory_->name(job.workload) + "!" + wanted.name;
    job.profile = directory_->find_profile(wanted.profile);
    if (!job.profile) return unknown("there is no profile '" + wanted.profile + "'");
    if (!(wanted.walltime > 0))
        return invalid("the walltime must be > 0, is " + number_text(wanted.walltime));
    job.walltime = wanted.walltime;
    job.user_id = wanted.user_id;
    job.group_id = wanted.group_id;
    job.queue_id = wanted.queue_id;
    job.executable_id = wanted.executable_id;
    if (Verdict verdict = set_hosts(wanted, job); verdict.status != Status::kOk) return verdict;
    return set_extra(wanted, job);
}

Verdict Registration::register_job(SchedulerSlot& slot, const NewJob& wanted, JobId& id) {
    if (Verdict verdict = check_open(slot); verdict.status != Status::kOk) return verdict;
    if (Verdict verdict = check_new_job(wanted); verdict.status != Status::kOk) return verdict;
    Job job;
    if (Verdict verdict = make_job(slot, wanted, job); verdict.status != Status::kOk)
        return verdict;
    if (!named_jobs_.try_emplace(job.full_name, &slot.role.name).second)
        return invalid("there is or was another job '" + job.full_name + "'");
    id = next_id_++;
    const SchedulerIndex owner = owners_[job.workload];
    JobRecord& record = jobs_.emplace(id, id, owner, std::move(job));
    record.state = JobState::kRegistered;
    record.parent = wanted.parent;
    slot.decisions.emplace_back(SubmitJob{&record});
    return {};
}

JobId Registration::number_static_job(const Job& job) {
    if (directory_ == nullptr) return next_static_id_++;
    const auto [other, is_new] = named_jobs_.try_emplace(job.full_name, nullptr);
    if (is_new) return next_static_id_++;
    BATSIM_ASSERT(other->second != nullptr); // names in workload files are unique
    throw PluginError("job '" + job.full_name +
                      "' of the workload file cannot be submitted: scheduler '" + *other->second +
                      "' has registered another job '" + job.full_name + "' before");
}

} // namespace batsim
