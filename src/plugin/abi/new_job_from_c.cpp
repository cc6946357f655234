// new_job_from_c.cpp - a job that a plugin registers, in the form of the engine.
#include "plugin/abi/new_job_from_c.hpp"

#include "plugin/abi/growing_struct.hpp"

namespace batsim {

namespace {

// The name of a text that is NULL but must not be, or nullptr.
const char* missing_text(const batsched_new_job_t& given) {
    if (given.name == nullptr) return "name";
    if (given.profile == nullptr) return "profile";
    return given.extra_data == nullptr ? "extra_data" : nullptr;
}

} // namespace

Status new_job_from_c(const batsched_new_job_t& given, NewJob& job, std::string& why) {
    batsched_new_job_t copy{};
    if (const Status status = read_struct(&given, copy, why); status != Status::kOk) return status;
    if (const char* member = missing_text(copy)) {
        why = std::string("'") + member + "' of the job must not be NULL";
        return Status::kInvalidArgument;
    }
    job.name = copy.name;
    if (copy.workload != nullptr) job.workload = copy.workload;
    job.profile = copy.profile;
    job.extra_json = copy.extra_data;
    job.requested_hosts = copy.requested_hosts;
    job.min_hosts = copy.min_hosts;
    job.max_hosts = copy.max_hosts;
    if (copy.parent != BATSCHED_NO_JOB) job.parent = copy.parent;
    job.walltime = copy.walltime;
    job.user_id = copy.user_id;
    job.group_id = copy.group_id;
    job.queue_id = copy.queue_id;
    job.executable_id = copy.executable_id;
    return Status::kOk;
}

} // namespace batsim
