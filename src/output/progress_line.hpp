// progress_line.hpp - how far the simulation is, for somebody who watches.
#ifndef BATSIM_OUTPUT_PROGRESS_LINE_HPP
#define BATSIM_OUTPUT_PROGRESS_LINE_HPP

#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>

#include "engine/observer.hpp"

namespace batsim {

// Of a terminal: from the cursor to the end of the line.
inline constexpr const char* kEraseLine = "\033[K";

// A ProgressLine is one line of a terminal that is rewritten several times a second and erased at the
// end, or plain lines now and then and at the end. Between two of its outputs the cursor stands at the
// beginning of the line, so that whoever writes there must erase it first.
class ProgressLine : public Observer {
  public:
    enum class Kind { kRewritten, kPlainLines };

    // `clock` gives wall-clock seconds from any start.
    ProgressLine(std::FILE* stream, Kind kind, std::uint64_t job_count,
                 std::function<double()> clock);
    ~ProgressLine() override { erase(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void on_date(double date) override;
    void on_job_over(const JobRecord&) override { ++over_count_; }
    void on_simulation_over(const Outcome& outcome) override;

  private:
    std::string text(double elapsed) const;
    void show(double now);
    void erase();

    std::FILE* stream_;
    Kind kind_;
    std::uint64_t job_count_;
    std::function<double()> clock_;
    double begin_;
    double next_;
    double date_ = 0;
    std::uint64_t over_count_ = 0;
    bool is_shown_ = false;
};

} // namespace batsim

#endif
