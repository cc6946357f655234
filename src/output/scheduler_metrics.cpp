// scheduler_metrics.cpp - the metrics of each of several schedulers.
#include "output/scheduler_metrics.hpp"

namespace batsim {

SchedulerMetrics::SchedulerMetrics(std::vector<OwnedHosts> schedulers) {
    for (OwnedHosts& scheduler : schedulers) {
        const auto host_count = static_cast<std::uint32_t>(scheduler.hosts.size());
        rows_.push_back({std::move(scheduler.scheduler), Metrics(host_count), 0, 0,
                         std::move(scheduler.hosts)});
    }
}

void SchedulerMetrics::on_job_over(const JobRecord& job) {
    rows_[job.owner].metrics.on_job_over(job);
    if (!job.was_started()) return;
    for (Row& row : rows_)
        row.busy_time += job.run_time() * static_cast<double>((job.hosts & row.hosts).size());
}

void SchedulerMetrics::on_job_cut_off(const JobRecord& job, double) { ++rows_[job.owner].cut_off; }

void SchedulerMetrics::on_job_left_waiting(const JobRecord& job) {
    ++rows_[job.owner].left_waiting;
}

double SchedulerMetrics::Row::utilization(double makespan) const {
    const double available = makespan * static_cast<double>(hosts.size());
    return available > 0 ? busy_time / available : 0;
}

} // namespace batsim
