// shared_jobs.cpp - jobs in memory that several processes share.
#include "workload/shared_jobs.hpp"

#include <memory>
#include <utility>

namespace batsim {

void share_among_processes(Workload& workload) {
    if (workload.is_log) return;
    std::vector<Job> jobs;
    jobs.reserve(workload.job_count);
    while (auto job = workload.jobs->next()) jobs.push_back(std::move(*job));
    workload.jobs = std::make_unique<SharedJobs>(std::move(jobs));
}

} // namespace batsim
