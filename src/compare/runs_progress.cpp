// runs_progress.cpp - how far a comparison is, for somebody who watches.
#include "compare/runs_progress.hpp"

#include "output/numbers.hpp"
#include "output/progress_line.hpp"

namespace batsim {

namespace {

// Seconds of wall-clock time. Nothing is rewritten in short comparisons.
constexpr double kFirst = 0.5;
constexpr double kPeriod = 0.2;

} // namespace

void RunsProgress::on_end(bool has_failed) {
    ++ended_count_;
    if (has_failed) ++failed_count_;
}

std::string RunsProgress::text(std::size_t running, double elapsed) const {
    std::string text = "batsim: " + grouped(ended_count_) + " of " + grouped(run_count_) +
                       " runs, " + grouped(running) + " running";
    if (failed_count_ > 0) text += ", " + grouped(failed_count_) + " failed";
    if (ended_count_ > 0) {
        const double for_each = elapsed / static_cast<double>(ended_count_);
        const auto left = static_cast<double>(run_count_ - ended_count_);
        text += ", " + duration_text(for_each * left) + " left";
    }
    return text;
}

void RunsProgress::show(std::size_t running) {
    const double now = clock_();
    if (now < begin_ + kFirst || now < shown_at_ + kPeriod) return;
    std::fprintf(stream_, "%s%s\r", kEraseLine, text(running, now - begin_).c_str());
    std::fflush(stream_);
    shown_at_ = now;
    is_shown_ = true;
}

void RunsProgress::erase() {
    if (!std::exchange(is_shown_, false)) return;
    std::fputs(kEraseLine, stream_);
    std::fflush(stream_);
}

} // namespace batsim
