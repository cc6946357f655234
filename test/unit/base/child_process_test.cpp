#include "base/child_process.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <stdexcept>

namespace batsim {
namespace {

constexpr double kLongEnough = 60; // seconds

TEST(ChildProcess, GivesAnAnswer) {
    const ChildReport report = run_in_child([] { return std::string(100000, 'a'); }, kLongEnough);
    EXPECT_TRUE(report.answered());
    EXPECT_EQ(report.answer, std::string(100000, 'a'));
}

TEST(ChildProcess, SaysBySignalItEnded) {
    const ChildReport report = run_in_child(
        []() -> std::string {
            raise(SIGKILL);
            return "";
        },
        kLongEnough);
    EXPECT_FALSE(report.answered());
    EXPECT_EQ(report.end_text(), "ended by SIGKILL");
}

TEST(ChildProcess, HasNotAnsweredIfTheWorkEndsItWhateverTheExitCode) {
    for (const int code : {0, 3}) {
        const ChildReport report =
            run_in_child([code]() -> std::string { _exit(code); }, kLongEnough);
        EXPECT_FALSE(report.answered());
        EXPECT_EQ(report.end_text(), "ended with exit code " + std::to_string(code));
    }
}

TEST(ChildProcess, IsKilledAfterItsTime) {
    const ChildReport report = run_in_child(
        []() -> std::string {
            for (;;) pause();
        },
        0.01);
    EXPECT_TRUE(report.timed_out);
}

TEST(ChildProcess, KeepsWhatWasPrintedBeforeTheEnd) {
    const ChildReport report = run_in_child(
        []() -> std::string {
            std::printf("on stdout\n");
            std::fflush(stdout);
            std::fprintf(stderr, "on stderr\n");
            throw std::runtime_error("and an exception");
        },
        kLongEnough);
    EXPECT_EQ(report.printed, "on stdout\non stderr\nand an exception\n");
}

TEST(ChildProcess, DoesNotWaitForProcessesThatItLeavesBehind) {
    const ChildReport report = run_in_child(
        [] {
            if (fork() == 0) {
                alarm(static_cast<unsigned>(kLongEnough)); // should the test fail
                for (;;) pause();
            }
            return std::string("answer");
        },
        kLongEnough / 2);
    EXPECT_EQ(report.answer, "answer");
}

} // namespace
} // namespace batsim
