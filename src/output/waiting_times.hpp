// waiting_times.hpp - how long each job has waited, for quantiles.
#ifndef BATSIM_OUTPUT_WAITING_TIMES_HPP
#define BATSIM_OUTPUT_WAITING_TIMES_HPP

#include <algorithm>
#include <vector>

#include "engine/observer.hpp"

namespace batsim {

// WaitingTimes keeps the waiting time of each job that was started and ended: 8 bytes a job.
class WaitingTimes : public Observer {
  public:
    void on_job_over(const JobRecord& job) override {
        if (job.was_started()) seconds_.push_back(job.waiting_time());
    }
    void on_simulation_over(const Outcome&) override {}

    std::vector<double> sorted() const {
        std::vector<double> seconds = seconds_;
        std::sort(seconds.begin(), seconds.end());
        return seconds;
    }

  private:
    std::vector<double> seconds_;
};

} // namespace batsim

#endif
