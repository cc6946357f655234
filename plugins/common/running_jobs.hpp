// running_jobs.hpp - the jobs that a scheduler has started, and on which hosts.
#ifndef BATSIM_PLUGINS_RUNNING_JOBS_HPP
#define BATSIM_PLUGINS_RUNNING_JOBS_HPP

#include <batsched.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

#include "job_order.hpp"

namespace batsched {

struct RunningJob {
    WaitingJob job;
    HostSet hosts;
    double expected_end; // if it lasts as long as its walltime
};

// RunningJobs are looked up by identifier; what is made of all of them must not depend on their order.
class RunningJobs {
  public:
    void add(RunningJob running) {
        const batsched_job_id_t id = running.job.id;
        if (spare_.empty()) {
            running_.emplace(id, std::move(running));
            return;
        }
        spare_.back().key() = id;
        spare_.back().mapped() = std::move(running);
        running_.insert(std::move(spare_.back()));
        spare_.pop_back();
    }
    RunningJob remove(batsched_job_id_t id) {
        spare_.push_back(running_.extract(id));
        return std::move(spare_.back().mapped());
    }
    const RunningJob& at(batsched_job_id_t id) const { return running_.at(id); }
    // Those of `hosts` on which no job runs.
    HostSet idle_among(HostSet hosts) const {
        for (const auto& [id, running] : running_) hosts -= running.hosts;
        return hosts;
    }
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const auto& [id, running] : running_) visit(running);
    }

  private:
    using Table = std::unordered_map<batsched_job_id_t, RunningJob>;
    Table running_;
    std::vector<Table::node_type> spare_; // their memory is used again
};

} // namespace batsched

#endif
