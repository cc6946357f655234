// runs_progress.hpp - how far a comparison is, for somebody who watches.
#ifndef BATSIM_COMPARE_RUNS_PROGRESS_HPP
#define BATSIM_COMPARE_RUNS_PROGRESS_HPP

#include <cstddef>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>

namespace batsim {

// A RunsProgress is one line of a terminal that is rewritten a few times a second and erased at the end.
// In between, the cursor stands at its beginning.
class RunsProgress {
  public:
    // `clock` gives wall-clock seconds from any start.
    RunsProgress(std::FILE* stream, std::size_t run_count, std::function<double()> clock)
        : stream_(stream), run_count_(run_count), clock_(std::move(clock)), begin_(clock_()) {}
    ~RunsProgress() { erase(); }
    RunsProgress(const RunsProgress&) = delete;
    RunsProgress& operator=(const RunsProgress&) = delete;

    void on_end(bool has_failed);
    void show(std::size_t running);
    void erase();

  private:
    std::string text(std::size_t running, double elapsed) const;

    std::FILE* stream_;
    std::size_t run_count_;
    std::function<double()> clock_;
    double begin_;
    double shown_at_ = 0;
    std::size_t ended_count_ = 0, failed_count_ = 0;
    bool is_shown_ = false;
};

} // namespace batsim

#endif
