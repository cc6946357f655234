#include "engine/simulation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "playground.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(EndOfSimulation, StallsWhenJobsWaitAndNothingCanHappen) {
    Playground play(1);
    play.job("a", 0, 1, delay(2)).job("b", 7, 1, delay(2));
    const Outcome outcome = play.run([](const Batch&, Decisions&) {});
    EXPECT_EQ(outcome.reason, EndReason::kStalled);
    EXPECT_EQ(outcome.date, 7);
    EXPECT_THAT(outcome.waiting_jobs, ElementsAre("w0!a", "w0!b"));
}

TEST(EndOfSimulation, ComesAtTheDateOfTheStopAfterWhatIsDueThen) {
    Playground play(3);
    play.job("ends", 0, 1, delay(10)).job("cut-off", 1, 2, delay(10));
    play.job("waits", 10, 1, delay(5)).job("never", 11, 1, delay(1));
    play.stop_at = 10;
    const Outcome outcome = play.run([](const Batch& batch, Decisions& decisions) {
        if (batch.date == 0) decisions.execute_job(0, HostSet::range(0, 0));
        if (batch.date == 1) decisions.execute_job(1, HostSet::range(1, 2));
    });
    EXPECT_EQ(outcome.reason, EndReason::kStopped);
    EXPECT_TRUE(outcome.stopped_at_date);
    EXPECT_EQ(outcome.date, 10);
    EXPECT_EQ(play.result("ends").end_time, 10);
    EXPECT_THAT(outcome.running_jobs, ElementsAre("w0!cut-off"));
    EXPECT_THAT(outcome.waiting_jobs, ElementsAre("w0!waits"));
}

TEST(EndOfSimulation, AtADateOfTheStopWithoutEventsIsThere) {
    Playground play(1);
    play.job("a", 0, 1, delay(10));
    play.stop_at = 4.5;
    EXPECT_EQ(play.run(execute_at_once).date, 4.5);
}

TEST(EndOfSimulation, ComesBeforeTheDateOfTheStopIfNothingElseCanHappen) {
    Playground finished(1), stalled(1);
    finished.job("a", 0, 1, delay(10));
    finished.stop_at = stalled.stop_at = 1000;
    EXPECT_EQ(finished.run(execute_at_once).date, 10);
    stalled.job("a", 3, 1, delay(10));
    const Outcome outcome = stalled.run([](const Batch&, Decisions&) {});
    EXPECT_EQ(outcome.reason, EndReason::kStalled);
    EXPECT_EQ(outcome.date, 3);
}

TEST(EndOfSimulation, StallsIfASchedulerOnlyCallsItselfAndDelaysThat) {
    Playground play(1);
    play.job("a", 0, 1, delay(2));
    const Outcome outcome = play.run([](const Batch& batch, Decisions& decisions) {
        CallId call = 0;
        if (batch.date == 0) decisions.call_me_later(1, 1, call);
        decisions.delay(0.5);
    });
    EXPECT_EQ(outcome.reason, EndReason::kStalled);
    EXPECT_THAT(outcome.waiting_jobs, ElementsAre("w0!a"));
}

TEST(EndOfSimulation, CallsALivelockAnError) {
    Playground play(1);
    play.job("a", 0, 1, delay(2));
    const Outcome outcome = play.run([&](const Batch& batch, Decisions& decisions) {
        CallId call = 0;
        decisions.call_me_later(batch.date, 0, call);
    });
    EXPECT_EQ(outcome.reason, EndReason::kFailed);
    EXPECT_EQ(outcome.error->code(), ExitCode::kPlugin);
    EXPECT_THAT(outcome.error->what(), HasSubstr("livelock: 10000 batches at date 0"));
    EXPECT_THAT(outcome.error->what(), HasSubstr("'s0'"));
}

TEST(EndOfSimulation, CallsItALivelockToChangeAHostToAndFroForEver) {
    Playground play(1);
    play.platform.hosts[0].pstate_speeds = {1, 2};
    std::uint32_t pstate = 0;
    const Outcome outcome = play.run([&](const Batch&, Decisions& decisions) {
        pstate = 1 - pstate;
        decisions.set_pstate(HostSet::range(0, 0), pstate);
    });
    EXPECT_EQ(outcome.reason, EndReason::kFailed);
    EXPECT_THAT(outcome.error->what(),
                HasSubstr("livelock: 1000000 batches at date 0 in which no job changed state"));
}

TEST(EndOfSimulation, TellsObserversOfTheEndAlsoIfASchedulerFails) {
    Playground play(1);
    play.job("a", 0, 1, delay(5)).job("b", 7, 1, delay(5));
    const Outcome outcome = play.run([&](const Batch& batch, Decisions& decisions) {
        if (batch.date == 7) throw PluginError("out of ideas");
        execute_at_once(batch, decisions);
    });
    EXPECT_EQ(outcome.reason, EndReason::kFailed);
    EXPECT_EQ(outcome.date, 7);
    EXPECT_THAT(outcome.waiting_jobs, ElementsAre("w0!b"));
    EXPECT_EQ(play.collector.ends, 1);
    EXPECT_EQ(play.collector.order.size(), 1U);
}

TEST(EndOfSimulation, KeepsJobsThatEndedWhileTheirSchedulerWaited) {
    Playground play(2);
    play.job("a", 0, 1, delay(2)).job("late", 50, 1, delay(1));
    const Outcome outcome = play.run([&](const Batch& batch, Decisions& decisions) {
        if (batch.date == 0) execute_at_once(batch, decisions);
        CallId call = 0;
        if (batch.date == 0) decisions.call_me_later(1, 0, call);
        if (batch.date == 1) decisions.stop("");
        if (batch.date == 1) decisions.delay(9);
    });
    EXPECT_EQ(outcome.date, 10);
    EXPECT_THAT(play.collector.order, ElementsAre("a"));
    EXPECT_EQ(play.result("a").end_time, 2);
}

TEST(EndOfSimulation, KeepsTheJobsOfABatchInWhichASchedulerFails) {
    Playground play(2);
    play.job("a", 0, 1, delay(2)).job("b", 0, 1, delay(2));
    play.run([&](const Batch& batch, Decisions& decisions) {
        if (batch.date == 2) throw PluginError("out of ideas");
        decisions.execute_job(0, HostSet::range(0, 0));
        decisions.execute_job(1, HostSet::range(1, 1));
    });
    EXPECT_THAT(play.collector.order, ElementsAre("a", "b"));
}

TEST(EndOfSimulation, EndsOnceWhenTwoSchedulersStopAtOneDate) {
    Playground play(2);
    play.job("a", 0, 1, delay(100)).job("b", 0, 1, delay(100), kNoWalltime, 1);
    const auto stop_later = [](const Batch& batch, Decisions& decisions) {
        if (batch.date == 0) decisions.stop("");
        if (batch.date == 0) decisions.delay(5);
    };
    FunctionScheduler first(stop_later), second(stop_later);
    const Outcome outcome = play.run(
        {{"s0", &first, HostSet::range(0, 0), {0}}, {"s1", &second, HostSet::range(1, 1), {1}}});
    EXPECT_EQ(outcome.reason, EndReason::kStopped);
    EXPECT_EQ(outcome.date, 5);
    EXPECT_EQ(first.ends, 1);
    EXPECT_EQ(second.ends, 1);
}

TEST(EndOfSimulation, DoesNotStallWhileAnotherSchedulerThinks) {
    Playground play(2);
    play.job("a", 0, 1, delay(1)).job("b", 0, 1, delay(1), kNoWalltime, 1);
    FunctionScheduler thinks([](const Batch& batch, Decisions& decisions) {
        if (batch.date > 0) return;
        decisions.execute_job(0, HostSet::range(0, 0));
        decisions.delay(20'000);
    });
    FunctionScheduler ticks([](const Batch& batch, Decisions& decisions) {
        CallId call = 0;
        if (batch.date == 0) decisions.call_me_later(1, 1, call);
        if (batch.date == 20'000) decisions.execute_job(1, HostSet::range(1, 1));
    });
    const Outcome outcome = play.run(
        {{"s0", &thinks, HostSet::range(0, 0), {0}}, {"s1", &ticks, HostSet::range(1, 1), {1}}});
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(play.result("b").end_time, 20'001);
}

TEST(EndOfSimulation, StopsOnRequestAndCutsOffRunningJobs) {
    Playground play(2);
    play.job("a", 0, 1, delay(100)).job("b", 0, 1, delay(100)).job("later", 50, 1, delay(1));
    const Outcome outcome = play.run([&](const Batch& batch, Decisions& decisions) {
        CallId call = 0;
        if (batch.date == 0) {
            decisions.execute_job(0, HostSet::range(0, 0));
            decisions.call_me_later(10, 0, call);
        } else {
            decisions.stop("seen enough");
        }
    });
    EXPECT_EQ(outcome.reason, EndReason::kStopped);
    EXPECT_EQ(outcome.date, 10);
    EXPECT_EQ(outcome.stop_reason, "seen enough");
    EXPECT_THAT(outcome.running_jobs, ElementsAre("w0!a"));
    EXPECT_THAT(outcome.waiting_jobs, ElementsAre("w0!b"));
    EXPECT_TRUE(play.collector.order.empty());
}

TEST(EndOfSimulation, EndsWhenItIsInterrupted) {
    Playground play(1);
    play.job("a", 0, 1, delay(100)).job("b", 1, 1, delay(100));
    int dates = 0;
    play.interrupted = [&] { return ++dates == 2; };
    const Outcome outcome = play.run(execute_at_once);
    EXPECT_EQ(outcome.reason, EndReason::kInterrupted);
    EXPECT_THAT(outcome.running_jobs, ElementsAre("w0!a"));
}

} // namespace
} // namespace batsim
