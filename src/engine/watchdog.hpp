// watchdog.hpp - notices simulations that go on without getting anywhere.
#ifndef BATSIM_ENGINE_WATCHDOG_HPP
#define BATSIM_ENGINE_WATCHDOG_HPP

#include <cstdint>
#include <utility>

namespace batsim {

// A Watchdog counts batches in which no job and no host has changed its state. Hosts that switch to
// and fro for ever at one date get nowhere either, so that much more of those are too many.
class Watchdog {
  public:
    static constexpr std::uint64_t kMostBatchesWithoutChange = 10'000;
    static constexpr std::uint64_t kMostBatchesWithoutChangeOfJobs = 1'000'000;

    void date_advanced() { batches_here_ = batches_without_jobs_ = 0; }
    void job_changed() {
        changed_ = true;
        batches_without_jobs_ = 0;
    }
    void host_changed() { changed_ = true; }

    enum class Verdict { kFine, kLivelock, kStalled };
    // A batch is over; whether nothing but requested calls can wake a scheduler.
    Verdict batch_over(bool only_calls_remain) {
        if (++batches_without_jobs_ >= kMostBatchesWithoutChangeOfJobs) return Verdict::kLivelock;
        if (std::exchange(changed_, false)) {
            batches_here_ = 0;
            idle_batches_ = 0;
            return Verdict::kFine;
        }
        if (++batches_here_ >= kMostBatchesWithoutChange) return Verdict::kLivelock;
        if (only_calls_remain && ++idle_batches_ >= kMostBatchesWithoutChange)
            return Verdict::kStalled;
        return Verdict::kFine;
    }
    // At this date, until now.
    std::uint64_t batches_without_change() const { return batches_here_; }

  private:
    bool changed_ = false;                   // since the last batch
    std::uint64_t batches_here_ = 0;         // at this date without a change
    std::uint64_t batches_without_jobs_ = 0; // at this date without a change of a job
    std::uint64_t idle_batches_ = 0;         // in a row, while only calls remained
};

} // namespace batsim

#endif
