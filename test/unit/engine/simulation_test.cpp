#include "engine/simulation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "playground.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Simulation, StartsAJobAtItsSubmissionDateOnAnEmptyMachine) {
    Playground play(4);
    play.job("a", 0.1, 2, delay(5)).job("b", 1.0 / 3, 1, delay(0.7));
    const Outcome outcome = play.run([](const Batch& batch, Decisions& decisions) {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                decisions.execute_job(submitted->job->id, submitted->job->job.name() == "a"
                                                              ? HostSet::range(0, 1)
                                                              : HostSet::range(3, 3));
    });
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(play.result("a").start_time, 0.1);
    EXPECT_EQ(play.result("a").end_time, 0.1 + 5);
    EXPECT_EQ(play.result("a").hosts, "0-1");
    EXPECT_EQ(play.result("b").start_time, 1.0 / 3);
}

TEST(Simulation, DeliversAllEventsOfADateTogetherInOrder) {
    Playground play(4);
    play.job("b", 0, 1, delay(10)).job("c", 10, 1, delay(1)).job("d", 10, 1, delay(1));
    std::vector<std::string> batches;
    play.run([&](const Batch& batch, Decisions& decisions) {
        batches.push_back(text_of(batch));
        CallId call = 0;
        if (batch.date == 0) decisions.call_me_later(10, 0, call);
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event)) {
                const auto host = static_cast<HostId>(submitted->job->id);
                decisions.execute_job(submitted->job->id, HostSet::range(host, host));
            }
    });
    EXPECT_THAT(batches, ElementsAre("begins submitted(b)",
                                     "completed(b) submitted(c) submitted(d) no-more call(0)",
                                     "completed(c) completed(d)"));
}

TEST(Simulation, TellsEmptyWorkloadsAtOnceThatNoMoreJobsCome) {
    Playground play(1);
    std::vector<std::string> batches;
    const Outcome outcome =
        play.run([&](const Batch& batch, Decisions&) { batches.push_back(text_of(batch)); });
    EXPECT_THAT(batches, ElementsAre("begins no-more"));
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(outcome.date, 0);
    EXPECT_EQ(play.collector.ends, 1);
}

TEST(Simulation, MakesAFurtherBatchForEventsThatDecisionsCauseAtTheSameDate) {
    Playground play(1);
    play.job("empty", 5, 1, delay(0));
    std::vector<std::pair<double, std::string>> batches;
    play.run([&](const Batch& batch, Decisions& decisions) {
        batches.emplace_back(batch.date, text_of(batch));
        execute_at_once(batch, decisions);
    });
    EXPECT_THAT(batches, ElementsAre(std::pair<double, std::string>(0, "begins"),
                                     std::pair<double, std::string>(5, "submitted(empty) no-more"),
                                     std::pair<double, std::string>(5, "completed(empty)")));
}

TEST(Simulation, CountsAnEndAtTheWalltimeAsAnEnd) {
    Playground play(1);
    play.job("equal", 0, 1, delay(10), 10)
        .job("nearly", 20, 1, delay(10 + 5e-9), 10)
        .job("longer", 40, 1, delay(10 + 2e-8), 10)
        .job("unlimited", 60, 1, delay(1e9));
    play.run(execute_at_once);
    EXPECT_EQ(play.result("equal").end, JobEnd::kSucceeded);
    EXPECT_EQ(play.result("nearly").end, JobEnd::kSucceeded);
    EXPECT_EQ(play.result("longer").end, JobEnd::kWalltimeReached);
    EXPECT_EQ(play.result("longer").end_time, 50);
    EXPECT_EQ(play.result("unlimited").end, JobEnd::kSucceeded);
}

TEST(Simulation, AddsUpTheElementsOfASequenceRelativeToTheStart) {
    Playground play(2, 10);
    play.job("s", 1e9, 2, sequence({delay(0.1), compute({5, 20}), delay(0.3)}, 3));
    play.run(execute_at_once);
    EXPECT_EQ(play.result("s").end_time, 1e9 + 3 * (0.1 + 2 + 0.3));
}

TEST(Simulation, FailsAJobWithAReturnCode) {
    Playground play(1);
    play.job("bad", 0, 1, make_profile(DelayProfile{1}, 3));
    play.run(execute_at_once);
    EXPECT_EQ(play.result("bad").end, JobEnd::kFailed);
}

TEST(Simulation, RejectsForEverAndKeepsTheReason) {
    Playground play(1);
    play.job("a", 3, 1, delay(1)).job("b", 3, 9, delay(1));
    const Outcome outcome = play.run([](const Batch& batch, Decisions& decisions) {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                decisions.reject_job(submitted->job->id,
                                     submitted->job->id == 0 ? "" : "too large");
    });
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(play.result("a").end, JobEnd::kRejected);
    EXPECT_EQ(play.result("a").metadata, "");
    EXPECT_EQ(play.result("b").metadata, R"({"reject_reason":"too large"})");
}

TEST(Simulation, GivesHostsBackBeforeTheSchedulerHearsOfTheEnd) {
    Playground play(1);
    play.job("a", 0, 1, delay(2)).job("b", 1, 1, delay(2));
    JobId waiting = 99;
    play.run([&](const Batch& batch, Decisions& decisions) {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                waiting = submitted->job->id;
        if (waiting != 99 && decisions.is_free(0)) {
            EXPECT_EQ(decisions.execute_job(waiting, HostSet::range(0, 0)), Status::kOk);
            waiting = 99;
        }
    });
    EXPECT_EQ(play.result("b").start_time, 2);
}

TEST(Simulation, RefusesARunTimeBeyondAllDates) {
    Playground play(1, 1e-20);
    play.job("a", 0, 1, compute({1e20}));
    const Outcome outcome = play.run(execute_at_once);
    EXPECT_EQ(outcome.reason, EndReason::kFailed);
    EXPECT_EQ(outcome.error->code(), ExitCode::kInput);
    EXPECT_THAT(outcome.error->what(), HasSubstr("job 'w0!a'"));
}

TEST(Simulation, RunsAJobOfAnyLengthUntilItsWalltime) {
    Playground play(1, 1e-20);
    play.job("a", 0, 1, compute({1e20}), 7);
    play.run(execute_at_once);
    EXPECT_EQ(play.result("a").end_time, 7);
}

TEST(Simulation, ReportsJobsThatEndTogetherInOrderOfTheirIds) {
    Playground play(8);
    for (int i = 0; i < 8; ++i) play.job(std::to_string(i), 0, 1, delay(5));
    play.run([](const Batch& batch, Decisions& decisions) {
        if (batch.date > 0) return;
        for (JobId id = 8; id-- > 0;) {
            const auto host = static_cast<HostId>(id);
            decisions.execute_job(id, HostSet::range(host, host));
        }
    });
    EXPECT_THAT(play.collector.order, ElementsAre("0", "1", "2", "3", "4", "5", "6", "7"));
}

TEST(Simulation, ServesSchedulersInOrderEachWithItsOwn) {
    Playground play(4);
    play.job("a", 1, 1, delay(1), kNoWalltime, 0).job("b", 1, 1, delay(1), kNoWalltime, 1);
    std::vector<std::string> calls;
    const auto make = [&](const std::string& name, HostId host) {
        return FunctionScheduler([&calls, name, host](const Batch& batch, Decisions& decisions) {
            calls.push_back(name + ": " + text_of(batch));
            for (const Event& event : batch.events)
                if (const auto* submitted = std::get_if<JobSubmitted>(&event)) {
                    EXPECT_EQ(decisions.execute_job(submitted->job->id,
                                                    HostSet::range(1 - host, 1 - host)),
                              Status::kNotOwner);
                    EXPECT_EQ(
                        decisions.execute_job(1 - submitted->job->id, HostSet::range(host, host)),
                        Status::kNotOwner);
                    EXPECT_EQ(decisions.execute_job(submitted->job->id, HostSet::range(host, host)),
                              Status::kOk);
                }
        });
    };
    FunctionScheduler first = make("x", 0), second = make("y", 1);
    play.run(std::vector<SchedulerRole>{{"x", &first, HostSet::range(0, 0), {0}},
                                        {"y", &second, HostSet::range(1, 1), {1}}});
    EXPECT_THAT(calls,
                ElementsAre("x: begins", "y: begins", "x: submitted(a) no-more",
                            "y: submitted(b) no-more", "x: completed(a)", "y: completed(b)"));
    EXPECT_EQ(first.ends, 1);
    EXPECT_EQ(second.ends, 1);
}

} // namespace
} // namespace batsim
