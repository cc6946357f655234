// What comes back from a process of its own.
#include "plugin/loading/child_process.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

namespace batsim {
namespace {

constexpr std::chrono::seconds kLong{60};

ChildResult run(const std::function<void()>& body) {
    return run_in_child(
        [&]() -> std::string {
            body();
            return "";
        },
        kLong);
}

TEST(RunInChild, GivesTheText) {
    const std::string text(100'000, 'x'); // more than a pipe holds
    const ChildResult result = run_in_child([&] { return text; }, kLong);
    EXPECT_EQ(result.text, text);
    EXPECT_EQ(result.problem, "");
}

TEST(RunInChild, SaysHowTheProcessEnded) {
    EXPECT_EQ(run([] { _exit(9); }).problem, "ended by exit(9)");
    EXPECT_EQ(run([] { _exit(0); }).problem, "ended by exit(0)");
    EXPECT_EQ(run([] { raise(SIGKILL); }).problem, "was ended by SIGKILL");
}

TEST(RunInChild, KillsAProcessThatTakesTooLong) {
    const ChildResult result = run_in_child(
        [] {
            while (true) pause();
            return std::string();
        },
        std::chrono::milliseconds(100));
    EXPECT_EQ(result.problem, "was still running after 0.1 s");
}

} // namespace
} // namespace batsim
