#include "engine/simulation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <functional>

#include "playground.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;

TEST(Calls, StallsWhenOnlyCallsGoOn) {
    Playground play(1);
    play.job("a", 0, 1, delay(2));
    int batches = 0;
    const Outcome outcome = play.run([&](const Batch&, Decisions& decisions) {
        CallId call = 0;
        if (batches++ == 0) decisions.call_me_later(1, 0.5, call);
    });
    EXPECT_EQ(outcome.reason, EndReason::kStalled);
    EXPECT_EQ(batches, 10'001); // the first one saw the submission
}

TEST(Calls, WaitsForALateDecisionAsLongAsAJobRuns) {
    Playground play(2);
    play.job("long", 0, 1, delay(1e6)).job("late", 0, 1, delay(1));
    const Outcome outcome = play.run([&](const Batch& batch, Decisions& decisions) {
        CallId call = 0;
        if (batch.date == 0) {
            decisions.execute_job(0, HostSet::range(0, 0));
            decisions.call_me_later(10, 10, call);
        }
        if (batch.date == 9e5) decisions.execute_job(1, HostSet::range(1, 1));
    });
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(play.result("late").start_time, 9e5);
}

TEST(Calls, BringsAPeriodicCallOnceADateHoweverShortItsPeriod) {
    Playground play(1);
    play.job("a", 0, 1, delay(1e9)).job("b", 1e9, 1, delay(1));
    std::vector<double> dates;
    play.run([&](const Batch& batch, Decisions& decisions) {
        CallId call = 0;
        if (batch.date == 0) decisions.call_me_later(1e9 - 1, 1e-7, call);
        for (const Event& event : batch.events)
            if (std::holds_alternative<RequestedCall>(event)) dates.push_back(batch.date);
        if (dates.size() == 100) decisions.stop("");
        execute_at_once(batch, decisions);
    });
    ASSERT_EQ(dates.size(), 100U);
    EXPECT_EQ(std::adjacent_find(dates.begin(), dates.end(), std::greater_equal<>()), dates.end());
}

TEST(Calls, IsFinishedAlthoughCallsArePending) {
    Playground play(1);
    play.job("a", 0, 1, delay(2));
    const Outcome outcome = play.run([&](const Batch& batch, Decisions& decisions) {
        CallId call = 0;
        if (batch.date == 0) decisions.call_me_later(100, 1, call);
        execute_at_once(batch, decisions);
    });
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(outcome.date, 2);
}

TEST(Calls, RepeatsACallWithoutDrift) {
    Playground play(1);
    play.job("a", 0, 1, delay(1000));
    std::vector<double> dates;
    play.run([&](const Batch& batch, Decisions& decisions) {
        CallId call = 0;
        if (batch.date == 0) decisions.call_me_later(0.3, 0.1, call);
        for (const Event& event : batch.events)
            if (std::holds_alternative<RequestedCall>(event)) dates.push_back(batch.date);
        execute_at_once(batch, decisions);
    });
    ASSERT_GT(dates.size(), 9000U);
    for (std::size_t k = 0; k < dates.size(); ++k)
        EXPECT_EQ(dates[k], 0.3 + static_cast<double>(k) * 0.1);
}

TEST(Calls, CancelsCalls) {
    Playground play(1);
    play.job("a", 0, 1, delay(10));
    int calls = 0;
    play.run([&](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        for (const Event& event : batch.events)
            if (std::holds_alternative<RequestedCall>(event)) ++calls;
        if (batch.date > 0) return;
        CallId kept = 0, dropped = 0, dropped_at_once = 0;
        decisions.call_me_later(1, 0, kept);
        decisions.call_me_later(2, 1, dropped);
        EXPECT_EQ(decisions.cancel_call(dropped), Status::kOk);
        EXPECT_EQ(decisions.cancel_call(dropped), Status::kAlreadyGone);
        EXPECT_EQ(decisions.cancel_call(77), Status::kUnknownId);
        decisions.call_me_later(3, 0, dropped_at_once);
        EXPECT_EQ(decisions.cancel_call(dropped_at_once), Status::kOk);
    });
    EXPECT_EQ(calls, 1);
}

TEST(Calls, LetsACallBeCancelledInTheBatchInWhichItComes) {
    Playground play(1);
    play.job("a", 0, 1, delay(10));
    bool cancelled_in_time = false;
    play.run([&](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        CallId call = 0;
        if (batch.date == 0) decisions.call_me_later(5, 0, call);
        if (batch.date != 5) return;
        EXPECT_TRUE(decisions.is_pending(0));
        EXPECT_EQ(decisions.cancel_call(0), Status::kOk);
        EXPECT_FALSE(decisions.is_pending(0));
        EXPECT_EQ(decisions.cancel_call(0), Status::kAlreadyGone);
        cancelled_in_time = true;
    });
    EXPECT_TRUE(cancelled_in_time);
}

TEST(Calls, DelaysDecisionsAndHoldsEventsBack) {
    Playground play(2);
    play.job("a", 0, 1, delay(2)).job("b", 1, 1, delay(2));
    std::vector<std::pair<double, std::string>> batches;
    play.run([&](const Batch& batch, Decisions& decisions) {
        batches.emplace_back(batch.date, text_of(batch));
        if (batch.date == 0) {
            decisions.execute_job(0, HostSet::range(0, 0));
            decisions.delay(2);
            decisions.delay(0.5);
        } else if (batch.date == 2.5) {
            decisions.execute_job(1, HostSet::range(1, 1));
        }
    });
    EXPECT_EQ(play.result("a").start_time, 2.5);
    EXPECT_EQ(play.result("b").start_time, 2.5);
    EXPECT_THAT(batches,
                ElementsAre(std::pair<double, std::string>(0, "begins submitted(a)"),
                            std::pair<double, std::string>(2.5, "submitted(b) no-more"),
                            std::pair<double, std::string>(4.5, "completed(a) completed(b)")));
}

} // namespace
} // namespace batsim
