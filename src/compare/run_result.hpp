// run_result.hpp - what one simulation of a comparison has given.
#ifndef BATSIM_COMPARE_RUN_RESULT_HPP
#define BATSIM_COMPARE_RUN_RESULT_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace batsim {

// In the order of tables.
enum class RunMetric {
    kMakespan,
    kMeanWaitingTime,
    kMedianWaitingTime,
    kWaitingTime95,
    kMaxWaitingTime,
    kMeanTurnaroundTime,
    kMeanBoundedSlowdown,
    kUtilization,
    kEnergy,
    kSucceeded, // numbers of jobs
    kFailed,
    kWalltimeReached,
    kKilled,
    kHostFailed,
    kRejected,
    kUnfinished,
    kDecisionTime, // the last one
};
inline constexpr std::size_t kMetricCount = static_cast<std::size_t>(RunMetric::kDecisionTime) + 1;

// How a metric is called and shown.
struct MetricText {
    const char* key;   // in files
    const char* label; // in tables for people, with the unit
    double scale;      // from the SI unit to that of the label
    int digits;        // after the point
    bool is_job_count = false;
    bool is_real_time = false; // differs from run to run
};
const MetricText& text_of(RunMetric metric);

// One value for each metric, SI units; nothing where it was not simulated.
template <class Value>
class ByMetric {
  public:
    Value& operator[](RunMetric metric) { return values_[static_cast<std::size_t>(metric)]; }
    const Value& operator[](RunMetric metric) const {
        return values_[static_cast<std::size_t>(metric)];
    }

  private:
    std::array<Value, kMetricCount> values_{};
};

// Calls `use` with each metric, in order.
template <class Use>
void for_each_metric(const Use& use) {
    for (std::size_t i = 0; i < kMetricCount; ++i) use(static_cast<RunMetric>(i));
}

struct RunResult {
    enum class State { kCompleted, kFailed, kInterrupted };

    State state = State::kInterrupted; // also if it was not begun
    std::optional<int> exit_code; // that a simulation of its own would have had; none if not begun
    std::string message;          // why it has failed
    ByMetric<std::optional<double>> values; // only of completed runs
    std::string
        schedule; // of a completed run: stands for all rows of jobs.csv: equal schedules have equal texts
    std::uint64_t batch_count = 0;
    double scheduler_seconds = 0, wall_seconds = 0; // real time
};

const char* state_name(RunResult::State state);

// As one process tells it to another.
std::string to_text(const RunResult& result);
// Nothing if the text is damaged.
std::optional<RunResult> read_run_result(const std::string& text);

} // namespace batsim

#endif
