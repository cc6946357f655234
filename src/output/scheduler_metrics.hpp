// scheduler_metrics.hpp - the metrics of each of several schedulers.
#ifndef BATSIM_OUTPUT_SCHEDULER_METRICS_HPP
#define BATSIM_OUTPUT_SCHEDULER_METRICS_HPP

#include <string>
#include <utility>
#include <vector>

#include "output/metrics.hpp"
#include "platform/platform.hpp"

namespace batsim {

// What a scheduler is called and the hosts that it owns.
struct OwnedHosts {
    std::string scheduler;
    HostSet hosts;
};

// Collects, for each scheduler by index, the metrics of the jobs that it owned and the use of the hosts
// that it owns, whoever used them.
class SchedulerMetrics : public Observer {
  public:
    explicit SchedulerMetrics(std::vector<OwnedHosts> schedulers);

    void on_job_over(const JobRecord& job) override;
    void on_job_cut_off(const JobRecord& job, double date) override;
    void on_job_left_waiting(const JobRecord& job) override;
    void on_simulation_over(const Outcome&) override {}

    struct Row {
        std::string name;
        Metrics metrics; // of its jobs; its utilization has no meaning
        std::uint64_t cut_off = 0, left_waiting = 0;
        HostSet hosts;
        double busy_time = 0; // host-seconds of ended jobs on its hosts

        std::uint64_t job_count() const { return metrics.job_count() + cut_off + left_waiting; }
        // Of its hosts while the whole simulation's jobs lasted.
        double utilization(double makespan) const;
    };
    const std::vector<Row>& rows() const { return rows_; }

  private:
    std::vector<Row> rows_;
};

} // namespace batsim

#endif
