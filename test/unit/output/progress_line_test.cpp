#include "output/progress_line.hpp"

#include <gtest/gtest.h>

#include "output/numbers.hpp"

namespace batsim {
namespace {

// A ProgressLine with a clock of our own.
class Watched {
  public:
    Watched(ProgressLine::Kind kind, std::uint64_t job_count)
        : line(file_, kind, job_count, [this] { return clock; }) {}
    ~Watched() { std::fclose(file_); }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

    void jobs_over(int count) {
        for (int i = 0; i < count; ++i) line.on_job_over(JobRecord(0, 0, Job()));
    }
    void date(double seconds_of_clock, double date) {
        clock = seconds_of_clock;
        line.on_date(date);
    }
    std::string shown() {
        std::string text(4096, ' ');
        std::rewind(file_);
        text.resize(std::fread(text.data(), 1, text.size(), file_));
        return text;
    }

  private:
    std::FILE* file_ = std::tmpfile();

  public:
    double clock = 100;
    ProgressLine line;
};

TEST(ProgressLine, SaysEveryTenSecondsAndAtTheEndHowFarItIs) {
    Watched watched(ProgressLine::Kind::kPlainLines, 30'000);
    watched.date(109, 5);
    watched.jobs_over(12'000);
    watched.date(110, 86400.4);
    watched.date(111, 90000);
    watched.jobs_over(18'000);
    watched.clock = 115;
    Outcome outcome;
    outcome.date = 1e6;
    watched.line.on_simulation_over(outcome);
    EXPECT_EQ(watched.shown(),
              "batsim: 12,000 of 30,000 jobs, date 86400 s, 1,200 jobs/s, 15 s left\n"
              "batsim: 30,000 of 30,000 jobs, date 1000000 s, 2,000 jobs/s\n");
}

TEST(ProgressLine, IsRewrittenOnATerminalAndErasedAtTheEnd) {
    Watched watched(ProgressLine::Kind::kRewritten, 10'000);
    watched.date(100.4, 1);
    watched.jobs_over(1);
    watched.date(101, 2);
    watched.date(101.1, 3);
    watched.line.on_simulation_over({});
    EXPECT_EQ(watched.shown(), std::string(kEraseLine) +
                                   "batsim: 1 of 10,000 jobs, date 2 s, 1 jobs/s, 2 h 46 min left" +
                                   "\r" + kEraseLine);
}

TEST(ProgressLine, ShowsNothingOfAShortSimulationOnATerminal) {
    Watched watched(ProgressLine::Kind::kRewritten, 1);
    watched.date(100.1, 1);
    watched.line.on_simulation_over({});
    EXPECT_EQ(watched.shown(), "");
}

TEST(Grouped, SeparatesThousands) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'234'567), "1,234,567");
}

} // namespace
} // namespace batsim
