#include "compare/process_pool.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <stdexcept>

namespace batsim {
namespace {

using Answer = ProcessPool::Answer;
using End = ProcessPool::End;

// The ends of all processes by number.
std::map<std::size_t, End> run(std::size_t count, std::size_t most_at_once,
                               std::function<Answer(std::size_t)> work) {
    std::map<std::size_t, End> ends;
    ProcessPool::Callbacks callbacks{std::move(work),
                                     [&](std::size_t number, End end) { ends[number] = end; },
                                     [](std::size_t) {}};
    ProcessPool(most_at_once, std::move(callbacks)).run(count);
    return ends;
}

TEST(ProcessPool, GivesTheAnswerOfEachProcess) {
    const auto ends = run(20, 3, [](std::size_t number) {
        return Answer{std::string(100'000, static_cast<char>('a' + number)), 0};
    });
    ASSERT_EQ(ends.size(), 20U);
    for (const auto& [number, end] : ends) {
        EXPECT_EQ(end.answer, std::string(100'000, static_cast<char>('a' + number)));
        EXPECT_EQ(end.wait_status, 0);
    }
}

TEST(ProcessPool, LeavesTheMemoryOfThisProcessAlone) {
    int value = 1;
    run(2, 2, [&](std::size_t) {
        value = 2;
        return Answer{};
    });
    EXPECT_EQ(value, 1);
}

TEST(ProcessPool, GoesOnWhateverBecomesOfOneProcess) {
    const auto ends = run(4, 2, [](std::size_t number) {
        if (number == 0) raise(SIGKILL);
        if (number == 1) _exit(3);
        if (number == 2) throw std::runtime_error("no work today");
        return Answer{"done", 5};
    });
    EXPECT_EQ(WTERMSIG(ends.at(0).wait_status), SIGKILL);
    EXPECT_EQ(WEXITSTATUS(ends.at(1).wait_status), 3);
    EXPECT_EQ(WEXITSTATUS(ends.at(2).wait_status), 1);
    EXPECT_EQ(ends.at(3).answer, "done");
    EXPECT_EQ(WEXITSTATUS(ends.at(3).wait_status), 5);
}

TEST(ProcessPool, RunsAtMostSoManyAtOnce) {
    std::size_t most = 0;
    ProcessPool::Callbacks callbacks{[](std::size_t) { return Answer{}; },
                                     [](std::size_t, const End&) {},
                                     [&](std::size_t running) { most = std::max(most, running); }};
    ProcessPool(3, std::move(callbacks)).run(30);
    EXPECT_LE(most, 3U);
    EXPECT_GE(most, 1U);
}

// Whoever has the pipe open can write to it.
TEST(ProcessPool, EndsWhatAProcessLeavesBehind) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe(ends.data()), 0);
    run(1, 1, [&](std::size_t) {
        if (fork() == 0) {
            sleep(30);
            _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
        }
        return Answer{"done", 0};
    });
    close(ends[1]);
    char c = 0;
    EXPECT_EQ(read(ends[0], &c, 1), 0);
    close(ends[0]);
}

TEST(ProcessPool, GivesProcessesAGroupOfTheirOwnAndNothingOnStdin) {
    const auto ends = run(1, 1, [](std::size_t) {
        char c = 0;
        const bool is_empty = read(STDIN_FILENO, &c, 1) == 0;
        return Answer{getpgrp() == getpid() && is_empty ? "yes" : "no", 0};
    });
    EXPECT_EQ(ends.at(0).answer, "yes");
}

} // namespace
} // namespace batsim
