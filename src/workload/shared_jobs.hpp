// shared_jobs.hpp - jobs in memory that several processes share.
#ifndef BATSIM_WORKLOAD_SHARED_JOBS_HPP
#define BATSIM_WORKLOAD_SHARED_JOBS_HPP

#include <cstddef>
#include <optional>
#include <vector>

#include "workload/workload.hpp"

namespace batsim {

// A JobStream of jobs that stay where they are: it gives copies. Memory that a process was forked off
// with is common to both as long as neither writes to it, and to move a job away is to write.
class SharedJobs : public JobStream {
  public:
    explicit SharedJobs(std::vector<Job> jobs) : jobs_(std::move(jobs)) {}
    std::optional<Job> next() override {
        if (position_ == jobs_.size()) return std::nullopt;
        return copy_of(jobs_[position_++]);
    }

  private:
    std::vector<Job> jobs_;
    std::size_t position_ = 0;
};

// Makes the jobs of a workload ready for processes that are forked off. Those of a log are ready as
// they are: its lines are never written to, or read when they are needed.
void share_among_processes(Workload& workload);

} // namespace batsim

#endif
