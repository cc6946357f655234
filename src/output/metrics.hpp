// metrics.hpp - what is usually said of a schedule, from the jobs that are over.
#ifndef BATSIM_OUTPUT_METRICS_HPP
#define BATSIM_OUTPUT_METRICS_HPP

#include <algorithm>
#include <cstdint>
#include <optional>

#include "engine/observer.hpp"

namespace batsim {

// The name of a job's end in output files: "COMPLETED_SUCCESSFULLY", ...
const char* final_state_name(JobEnd end);

// turnaround time / run time; nothing for a run time of 0.
std::optional<double> slowdown_of(const JobRecord& job);

// max(1, turnaround time / max(run time, 10 s)), after Feitelson and Rudolph, "Metrics and
// benchmarking for parallel job scheduling", JSSPP 1998.
double bounded_slowdown_of(const JobRecord& job);

// Sum, mean and maximum of what was added; 0 if nothing was.
class Statistic {
  public:
    void add(double value) {
        sum_ += value;
        maximum_ = count_ == 0 ? value : std::max(maximum_, value);
        ++count_;
    }
    double mean() const { return count_ == 0 ? 0 : sum_ / static_cast<double>(count_); }
    double maximum() const { return maximum_; }

  private:
    double sum_ = 0;
    double maximum_ = 0;
    std::uint64_t count_ = 0;
};

// Collects the metrics of one simulation. All are over the jobs that were started and ended, but
// for the counts.
class Metrics : public Observer {
  public:
    explicit Metrics(std::uint32_t host_count) : host_count_(host_count) {}

    void on_job_over(const JobRecord& job) override;
    void on_job_cut_off(const JobRecord& job, double date) override;
    void on_simulation_over(const Outcome& outcome) override;

    std::uint32_t host_count() const { return host_count_; }
    std::uint64_t job_count() const;
    std::uint64_t count_of(JobEnd end) const { return counts_[static_cast<std::size_t>(end)]; }
    std::uint64_t ended_count() const; // started and ended in whatever way
    std::uint64_t killed_count() const;
    const Statistic& waiting_time() const { return waiting_time_; }
    const Statistic& turnaround_time() const { return turnaround_time_; }
    const Statistic& slowdown() const { return slowdown_; }
    const Statistic& bounded_slowdown() const { return bounded_slowdown_; }
    // Last end - first submission, of jobs that were started and ended, in seconds.
    double makespan() const;
    double last_end() const { return last_end_; } // of jobs that were started; 0 if none was
    // Host-seconds that jobs had, also those that were cut off.
    double computing_time() const { return computing_time_; }
    // Busy host-seconds of ended jobs / (hosts * makespan); 0 for an empty schedule.
    double utilization() const;

  private:
    static constexpr std::size_t kEnds = 6; // of JobEnd

    std::uint32_t host_count_;
    std::uint64_t counts_[kEnds] = {};
    std::uint64_t unfinished_count_ = 0; // waiting or running at the end
    Statistic waiting_time_, turnaround_time_, slowdown_, bounded_slowdown_;
    double first_submit_ = 0, last_end_ = 0;
    double computing_time_ = 0;
    double cut_off_time_ = 0; // the part of it of jobs that were cut off
};

} // namespace batsim

#endif
