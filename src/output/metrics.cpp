// metrics.cpp - what is usually said of a schedule, from the jobs that are over.
#include "output/metrics.hpp"

namespace batsim {

namespace {

constexpr double kBound = 10; // s, of the bounded slowdown

} // namespace

const char* final_state_name(JobEnd end) {
    switch (end) {
        case JobEnd::kSucceeded: return "COMPLETED_SUCCESSFULLY";
        case JobEnd::kFailed: return "COMPLETED_FAILED";
        case JobEnd::kWalltimeReached: return "COMPLETED_WALLTIME_REACHED";
        case JobEnd::kKilled: return "COMPLETED_KILLED";
        case JobEnd::kHostFailed: return "COMPLETED_HOST_FAILED";
        case JobEnd::kRejected: return "REJECTED";
    }
    return "";
}

std::optional<double> slowdown_of(const JobRecord& job) {
    if (!(job.run_time() > 0)) return std::nullopt;
    return job.turnaround_time() / job.run_time();
}

double bounded_slowdown_of(const JobRecord& job) {
    return std::max(1.0, job.turnaround_time() / std::max(job.run_time(), kBound));
}

void Metrics::on_job_over(const JobRecord& job) {
    const bool is_first = ended_count() == 0;
    ++counts_[static_cast<std::size_t>(job.end)];
    if (!job.was_started()) return;
    if (is_first || job.job.submit_time < first_submit_) first_submit_ = job.job.submit_time;
    waiting_time_.add(job.waiting_time());
    turnaround_time_.add(job.turnaround_time());
    if (const auto slowdown = slowdown_of(job)) slowdown_.add(*slowdown);
    bounded_slowdown_.add(bounded_slowdown_of(job));
    last_end_ = std::max(last_end_, job.end_time);
    computing_time_ += job.run_time() * static_cast<double>(job.hosts.size());
}

void Metrics::on_job_cut_off(const JobRecord& job, double date) {
    const double busy = (date - job.start_time) * static_cast<double>(job.hosts.size());
    computing_time_ += busy;
    cut_off_time_ += busy;
}

void Metrics::on_simulation_over(const Outcome& outcome) {
    unfinished_count_ = outcome.waiting_jobs.size() + outcome.running_jobs.size();
}

std::uint64_t Metrics::job_count() const {
    return ended_count() + count_of(JobEnd::kRejected) + unfinished_count_;
}

std::uint64_t Metrics::ended_count() const {
    return count_of(JobEnd::kSucceeded) + count_of(JobEnd::kFailed) + killed_count();
}

std::uint64_t Metrics::killed_count() const {
    return count_of(JobEnd::kWalltimeReached) + count_of(JobEnd::kKilled) +
           count_of(JobEnd::kHostFailed);
}

double Metrics::makespan() const { return ended_count() == 0 ? 0 : last_end_ - first_submit_; }

double Metrics::utilization() const {
    const double available = makespan() * static_cast<double>(host_count_);
    return available > 0 ? (computing_time_ - cut_off_time_) / available : 0;
}

} // namespace batsim
