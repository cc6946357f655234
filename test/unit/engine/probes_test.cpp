// When probes measure, and how they are created and stopped.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes_playground.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

using Probes = ProbesTest;

// ---- Dates ---------------------------------------------------------------------------------------

TEST_F(Probes, MeasureAtExactDates) {
    play_.job("a", 0, 1, delay(200));
    run([&](Decisions& decisions) {
        ProbeId id = 0;
        decisions.create_probe({Metric::kLoad, Aggregation::kSum, hosts_}, 0.3, 0.1, id);
    });
    ASSERT_GT(readings_.size(), 1000U);
    for (std::size_t k = 0; k < readings_.size(); ++k)
        EXPECT_EQ(readings_[k].first, 0.3 + static_cast<double>(k) * 0.1);
}

TEST_F(Probes, MeasureAfterTheEndsOfTheirDateAndBeforeItsDecisions) {
    play_.job("a", 0, 1, compute({5})).job("b", 5, 2, compute({5, 5}));
    std::string events;
    then_ = [&](const Batch& batch, Decisions&) {
        if (batch.date == 5) events += text_of(batch);
    };
    measure(Metric::kLoad, {5});
    EXPECT_EQ(events, "completed(a) submitted(b) no-more probe(0)");
    expect(0, 0, 0);
}

TEST_F(Probes, ForNowMeasureWhatWasDecidedWithThem) {
    play_.job("a", 0, 2, compute({5, 5}));
    measure(Metric::kLoad, {0});
    ASSERT_EQ(readings_.size(), 1U);
    expect(0, 1, 1);
}

TEST_F(Probes, WhoDelaysItsDecisionsGetsWhatWasMeasuredMeanwhile) {
    play_.job("a", 0, 1, compute({10})).job("b", 3, 1, delay(1));
    then_ = [](const Batch& batch, Decisions& decisions) {
        if (batch.date == 3) decisions.delay(4);
    };
    measure(Metric::kLoad, {5}, Aggregation::kMax);
    EXPECT_THAT(readings_, ElementsAre(Pair(7, ElementsAre(1))));
}

TEST_F(Probes, AreBroughtInTheOrderOfTheirIds) {
    play_.job("a", 0, 1, delay(10));
    std::string events;
    then_ = [&](const Batch& batch, Decisions&) {
        if (batch.date == 4) events += text_of(batch);
    };
    run([&](Decisions& decisions) {
        ProbeId id = 0;
        CallId call = 0;
        decisions.create_probe({Metric::kLoad, Aggregation::kSum, hosts_}, 2, 1, id);
        decisions.create_probe({Metric::kLoad, Aggregation::kSum, hosts_}, 4, 0, id);
        decisions.call_me_later(4, 0, call);
        decisions.create_probe({Metric::kLoad, Aggregation::kSum, hosts_}, 0, 2, id);
    });
    EXPECT_EQ(events, "call(0) probe(0) probe(1) probe(2)");
}

TEST_F(Probes, AloneDoNotKeepTheSimulationAlive) {
    play_.job("never", 0, 5, delay(1));
    const Outcome outcome = run([&](Decisions& decisions) {
        ProbeId id = 0;
        decisions.create_probe({Metric::kLoad, Aggregation::kSum, hosts_}, 1, 1, id);
    });
    EXPECT_EQ(outcome.reason, EndReason::kStalled);
    EXPECT_LE(readings_.size(), 10'000U);
}

TEST_F(Probes, DoNotOutliveTheJobs) {
    play_.job("a", 0, 1, delay(3));
    const Outcome outcome = run([&](Decisions& decisions) {
        ProbeId id = 0;
        decisions.create_probe({Metric::kLoad, Aggregation::kSum, hosts_}, 1, 1, id);
    });
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(outcome.date, 3);
}

// ---- Values and misuse ---------------------------------------------------------------------------

TEST_F(Probes, AggregateTheirValues) {
    play_.job("a", 0, 2, compute({10, 5}));
    run([&](Decisions& decisions) {
        for (const Aggregation aggregation :
             {Aggregation::kNone, Aggregation::kSum, Aggregation::kMean, Aggregation::kMin,
              Aggregation::kMax}) {
            ProbeId id = 0;
            decisions.create_probe({Metric::kLoad, aggregation, hosts_}, 5, 0, id);
        }
    });
    EXPECT_THAT(readings_, ElementsAre(Pair(5, ElementsAre(1, 0.5)), Pair(5, ElementsAre(1.5)),
                                       Pair(5, ElementsAre(0.75)), Pair(5, ElementsAre(0.5)),
                                       Pair(5, ElementsAre(1))));
}

TEST_F(Probes, StopWhenAskedTo) {
    play_.job("a", 0, 1, delay(10));
    then_ = [](const Batch& batch, Decisions& decisions) {
        if (batch.date != 3) return;
        EXPECT_TRUE(decisions.is_measuring(0));
        EXPECT_EQ(decisions.stop_probe(0), Status::kOk);
        EXPECT_FALSE(decisions.is_measuring(0)); // so that it is not brought any more
        EXPECT_EQ(decisions.stop_probe(0), Status::kAlreadyGone);
        EXPECT_EQ(decisions.stop_probe(1), Status::kAlreadyGone); // it was for once
        EXPECT_EQ(decisions.stop_probe(2), Status::kUnknownId);
    };
    run([&](Decisions& decisions) {
        ProbeId id = 0;
        decisions.create_probe({Metric::kLoad, Aggregation::kSum, hosts_}, 1, 1, id);
        decisions.create_probe({Metric::kLoad, Aggregation::kSum, hosts_}, 2, 0, id);
    });
    EXPECT_EQ(readings_.back().first, 3);
    EXPECT_EQ(readings_.size(), 4U);
}

TEST_F(Probes, AreCheckedWhenTheyAreCreated) {
    play_.job("a", 0, 1, delay(1)).job("b", 2, 1, delay(1));
    then_ = [&](const Batch& batch, Decisions& decisions) {
        if (batch.date != 2) return;
        const auto create = [&](Probe probe, double first, double period) {
            ProbeId id = 0;
            return decisions.create_probe(std::move(probe), first, period, id);
        };
        const Probe load{Metric::kLoad, Aggregation::kNone, hosts_};
        for (const double first : {1.0, double{NAN}, double{INFINITY}, 1e31})
            EXPECT_EQ(create(load, first, 0), Status::kInvalidArgument) << first;
        for (const double period : {-1.0, double{NAN}, double{INFINITY}, 1e-30})
            EXPECT_EQ(create(load, 3, period), Status::kInvalidArgument) << period;
        EXPECT_EQ(create({Metric::kLoad, Aggregation::kNone, HostSet()}, 3, 0),
                  Status::kInvalidArgument);
        EXPECT_EQ(create({Metric::kPower, Aggregation::kNone, hosts_}, 3, 0), Status::kUnsupported);
        EXPECT_EQ(create({Metric::kEnergy, Aggregation::kNone, hosts_}, 3, 0),
                  Status::kUnsupported);
    };
    run([](Decisions&) {});
    EXPECT_TRUE(readings_.empty());
}

} // namespace
} // namespace batsim
