// jobs_csv.cpp - jobs.csv: one row for each job that has ended or was rejected.
#include "output/jobs_csv.hpp"

#include <cmath>

#include "output/metrics.hpp"

namespace batsim {

namespace {

constexpr const char* kHeader =
    "job_id,workload_name,profile,submission_time,requested_number_of_resources,requested_time,"
    "success,final_state,starting_time,execution_time,finish_time,waiting_time,turnaround_time,"
    "stretch,allocated_resources,consumed_energy,metadata";
constexpr std::size_t kColumnsOfStartedJobs = 8; // from starting_time to consumed_energy

} // namespace

JobsCsv::JobsCsv(const std::string& path, std::vector<std::string> workloads,
                 std::vector<std::string> schedulers, Metadata metadata)
    : workloads_(std::move(workloads)),
      schedulers_(std::move(schedulers)),
      metadata_(metadata),
      file_(path) {
    file_.write(std::string(kHeader) + (schedulers_.size() > 1 ? ",scheduler\n" : "\n"));
}

void JobsCsv::on_job_over(const JobRecord& record) {
    const Job& job = record.job;
    row_.text(job.name()).text(workloads_[job.workload]).text(job.profile->name());
    row_.number(job.submit_time).count(job.requested_hosts);
    row_.number(job.walltime == kNoWalltime ? -1 : job.walltime);
    row_.count(record.end == JobEnd::kSucceeded ? 1 : 0).text(final_state_name(record.end));
    if (record.was_started())
        add_times(record);
    else
        for (std::size_t i = 0; i < kColumnsOfStartedJobs; ++i) row_.text("");
    if (record.metadata.empty() && metadata_ == Metadata::kAlwaysQuoted)
        row_.quoted("");
    else
        row_.text(record.metadata);
    if (schedulers_.size() > 1) row_.text(schedulers_[record.owner]);
    file_.write(row_.end());
}

void JobsCsv::add_times(const JobRecord& record) {
    row_.number(record.start_time).number(record.run_time()).number(record.end_time);
    row_.number(record.waiting_time()).number(record.turnaround_time());
    row_.number(slowdown_of(record)).hosts(record.hosts);
    row_.number(std::isnan(record.energy) ? -1 : record.energy);
}

} // namespace batsim
