// jobs_csv.cpp - jobs.csv: one row for each job that has ended or was rejected.
#include "output/jobs_csv.hpp"

#include <cmath>

#include "base/text.hpp"
#include "output/host_text.hpp"
#include "output/metrics.hpp"

namespace batsim {

namespace {

constexpr const char* kHeader =
    "job_id,workload_name,profile,submission_time,requested_number_of_resources,requested_time,"
    "success,final_state,starting_time,execution_time,finish_time,waiting_time,turnaround_time,"
    "stretch,allocated_resources,consumed_energy,metadata";

} // namespace

JobsCsv::JobsCsv(const std::string& path, std::vector<std::string> workloads,
                 std::vector<std::string> schedulers, Metadata metadata)
    : workloads_(std::move(workloads)),
      schedulers_(std::move(schedulers)),
      metadata_(metadata),
      file_(path) {
    file_.write(std::string(kHeader) + (schedulers_.size() > 1 ? ",scheduler\n" : "\n"));
}

void JobsCsv::on_job_over(const JobRecord& job) {
    row_.clear();
    append_csv(row_, job.job.name());
    row_ += ',';
    append_csv(row_, workloads_[job.job.workload]);
    row_ += ',';
    append_csv(row_, job.job.profile->name());
    row_ += ',';
    append_number(row_, job.job.submit_time);
    row_ += ',';
    append_number(row_, std::uint64_t{job.job.requested_hosts});
    row_ += ',';
    append_number(row_, job.job.walltime == kNoWalltime ? -1 : job.job.walltime);
    row_ += job.end == JobEnd::kSucceeded ? ",1," : ",0,";
    row_ += final_state_name(job.end);
    if (job.was_started())
        append_times(job);
    else
        row_ += ",,,,,,,,,";
    if (!job.metadata.empty())
        append_csv(row_, job.metadata);
    else if (metadata_ == Metadata::kAlwaysQuoted)
        row_ += "\"\"";
    if (schedulers_.size() > 1) {
        row_ += ',';
        append_csv(row_, schedulers_[job.owner]);
    }
    row_ += '\n';
    file_.write(row_);
}

void JobsCsv::append_times(const JobRecord& job) {
    for (const double value : {job.start_time, job.run_time(), job.end_time, job.waiting_time(),
                               job.turnaround_time()}) {
        row_ += ',';
        append_number(row_, value);
    }
    row_ += ',';
    if (const auto slowdown = slowdown_of(job)) append_number(row_, *slowdown);
    row_ += ',';
    append_hosts(row_, job.hosts);
    row_ += ',';
    append_number(row_, std::isnan(job.energy) ? -1 : job.energy);
    row_ += ',';
}

} // namespace batsim
