// progress_line.cpp - how far the simulation is, for somebody who watches.
#include "output/progress_line.hpp"

#include <algorithm>
#include <utility>

#include "output/numbers.hpp"

namespace batsim {

namespace {

// Seconds of wall-clock time between two outputs. Nothing is rewritten in short simulations.
constexpr double kRewritingPeriod = 0.2;
constexpr double kFirstRewriting = 0.5;
constexpr double kPlainPeriod = 10;

} // namespace

ProgressLine::ProgressLine(std::FILE* stream, Kind kind, std::uint64_t job_count,
                           std::function<double()> clock)
    : stream_(stream),
      kind_(kind),
      job_count_(job_count),
      clock_(std::move(clock)),
      begin_(clock_()),
      next_(begin_ + (kind == Kind::kRewritten ? kFirstRewriting : kPlainPeriod)) {}

void ProgressLine::on_date(double date) {
    date_ = date;
    const double now = clock_();
    if (now < next_) return;
    show(now);
    next_ = now + (kind_ == Kind::kRewritten ? kRewritingPeriod : kPlainPeriod);
}

void ProgressLine::on_simulation_over(const Outcome& outcome) {
    date_ = outcome.date;
    if (kind_ == Kind::kPlainLines)
        show(clock_());
    else
        erase();
}

std::string ProgressLine::text(double elapsed) const {
    const std::uint64_t all = std::max(job_count_, over_count_); // jobs may be made on the way
    const double rate = elapsed > 0 ? static_cast<double>(over_count_) / elapsed : 0;
    std::string text = "batsim: " + grouped(over_count_) + " of " + grouped(all) + " jobs, date " +
                       fixed(date_, 0) + " s, " + grouped(static_cast<std::uint64_t>(rate)) +
                       " jobs/s";
    if (rate > 0 && all > over_count_)
        text += ", " + duration_text(static_cast<double>(all - over_count_) / rate) + " left";
    return text;
}

void ProgressLine::show(double now) {
    const std::string line = text(now - begin_);
    if (kind_ == Kind::kPlainLines)
        std::fprintf(stream_, "%s\n", line.c_str());
    else
        std::fprintf(stream_, "%s%s\r", kEraseLine, line.c_str());
    std::fflush(stream_);
    is_shown_ = kind_ == Kind::kRewritten;
}

void ProgressLine::erase() {
    if (!std::exchange(is_shown_, false)) return;
    std::fputs(kEraseLine, stream_);
    std::fflush(stream_);
}

} // namespace batsim
