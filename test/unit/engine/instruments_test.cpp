// What probes measure, against sums done by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes_playground.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

using LoadProbes = ProbesTest;

// ---- Load ----------------------------------------------------------------------------------------

TEST_F(LoadProbes, TheLoadOfADelayIsNone) {
    play_.job("a", 0, 2, delay(10));
    measure(Metric::kLoad, {5});
    expect(0, 0, 0);
}

TEST_F(LoadProbes, TheLoadOfAParallelTaskIsThatOfItsRanks) {
    play_.job("a", 0, 2, compute({10, 5}));
    measure(Metric::kLoad, {0, 7, 10});
    expect(0, 1, 0.5);
    expect(1, 1, 0.5);
}

TEST_F(LoadProbes, TheLoadIsTheShareOfTheCores) {
    for (Host& host : play_.platform.hosts) host.core_count = 4;
    play_.job("a", 0, 2, compute({10, 5}));
    measure(Metric::kLoad, {7});
    expect(0, 0.25, 0.125);
}

TEST_F(LoadProbes, TheLoadOfASequenceIsThatOfTheElementThatRuns) {
    play_.job("a", 0, 2, sequence({delay(2), sequence({compute({3, 0}), compute({1, 2})}, 2)}, 2));
    // Delays from 0 and 12; from 2, 7, 14 and 19 first the one task, then the other.
    measure(Metric::kLoad, {1, 2, 4, 5, 8, 13, 15, 18, 22});
    const std::vector<std::pair<double, double>> loads{{0, 0}, {1, 0}, {1, 0},   {0.5, 1}, {1, 0},
                                                       {0, 0}, {1, 0}, {0.5, 1}, {0.5, 1}};
    for (std::size_t i = 0; i < loads.size(); ++i) expect(i, loads[i].first, loads[i].second);
}

TEST_F(LoadProbes, TheLoadOfAUsageTraceIsItsUsage) {
    play_.job("a", 0, 2,
              make_profile(UsageTraceProfile{{{{0.5, 2}, {0, 2}, {0.25, 2}}, {{0.75, 3}}}}));
    measure(Metric::kLoad, {1, 3.5, 5});
    expect(0, 0.5, 0.75);
    expect(1, 0, 0);
    expect(2, 0.25, 0);
}

TEST_F(LoadProbes, TheLoadOfAForkIsThatOfTheBranchesThatRun) {
    play_.job("a", 0, 2, fork_join({delay(8), sequence({delay(1), compute({4, 2}), delay(1)})}));
    measure(Metric::kLoad, {0.5, 3, 5.5, 7});
    expect(0, 0, 0);
    expect(1, 1, 0.5);
    expect(2, 0, 0);
    expect(3, 0, 0);
}

TEST_F(LoadProbes, TheLoadFollowsThePstate) {
    play_.platform.hosts[0].pstate_speeds = play_.platform.hosts[1].pstate_speeds = {1, 2};
    play_.job("a", 0, 2, sequence({compute({10, 5}), delay(2)}));
    then_ = [](const Batch& batch, Decisions& decisions) {
        if (batch.date == 4 && is_data(batch.events.back()))
            decisions.set_pstate(HostSet::range(0, 0), 1);
    };
    measure(Metric::kLoad, {4, 5, 8, 10});
    // Of 10 flops 6 are left, which take 3 s; the other rank, 3 of 5, goes on at its speed of 1.
    expect(0, 1, 0.5);
    expect(1, 1, 1);
    expect(2, 0, 0);
}

// A task runs for ever, in the words of a backend.
class Rates : public Backend {
  public:
    void run(Timeline& timeline) override {
        for (auto date = timeline.next_date(); date; date = timeline.next_date())
            timeline.advance(*date, {});
    }
    void start(TaskId, BackendTask) override { ++tasks_; }
    double remaining(TaskId) const override { return 1; }
    void cancel(TaskId) override { --tasks_; }
    void set_pstate(HostId, std::size_t) override {}
    void update_rates() override { seen_ = tasks_; }
    double computing_rate(HostId host) const override { return host == 0 ? 0.25 * seen_ : 0; }
    std::optional<double> link_load(LinkId link) const override {
        return link == 2 ? std::nullopt : std::optional<double>(0.1 * (link + 1) * seen_);
    }
    LinkUse link_use(LinkId link) const override { return {link == 2 ? 0.0 : 3.0, 2.0 * link}; }
    void watch_links(const std::vector<LinkId>& links) override { watched = links; }

    std::vector<LinkId> watched;

  private:
    int tasks_ = 0, seen_ = 0;
};

TEST_F(LoadProbes, TheLoadOfTasksIsWhatTheBackendSaysOnceItKnowsOfThem) {
    Rates backend;
    play_.backend = &backend;
    play_.platform.has_network = true;
    play_.stop_at = 100;
    play_.job("task", 3, 2, exchange(5));
    measure(Metric::kLoad, {2, 3, 4});
    expect(0, 0, 0);
    expect(1, 0, 0); // it is started in answer to this batch
    expect(2, 0.25, 0);
}

// ---- Power and energy ----------------------------------------------------------------------------

// Pstate 0: 1 flop/s, 100 W idle, 120 to 203 W; 1: 2 flop/s, 110 W idle, 130 to 250 W; off: 7 W.
class EnergyProbes : public ProbesTest {
  protected:
    EnergyProbes() {
        for (Host& host : play_.platform.hosts) {
            host.pstate_speeds = {1, 2};
            host.power = {{100, 120, 203}, {110, 130, 250}};
            host.off_watts = 7;
        }
    }
};

TEST_F(EnergyProbes, ThePowerFollowsTheLoad) {
    play_.job("a", 2, 2, compute({10, 5})).job("b", 20, 2, delay(5));
    measure(Metric::kPower, {1, 5, 15, 22});
    expect(0, 100, 100);
    expect(1, 203, 120 + 0.5 * 83);
    expect(2, 100, 100);
    expect(3, 100, 100);
}

TEST_F(EnergyProbes, ThePowerFollowsThePstateKillsAndSwitches) {
    play_.job("a", 0, 2, compute({100, 100})).job("late", 30, 1, delay(1));
    then_ = [](const Batch& batch, Decisions& decisions) {
        if (batch.date == 4 && is_data(batch.events.back()))
            decisions.set_pstate(HostSet::range(0, 1), 1);
        if (batch.date == 6) decisions.kill_jobs({0});
        if (batch.date == 8) decisions.set_host_state(HostSet::range(1, 1), HostState::kOff);
    };
    measure(Metric::kPower, {4, 5, 6, 7, 8, 9});
    expect(0, 203, 203); // before the decision of that date
    expect(1, 250, 250);
    expect(2, 250, 250);
    expect(3, 110, 110);
    expect(4, 110, 110);
    expect(5, 110, 7);
}

TEST_F(EnergyProbes, TheEnergyIsThatSinceTheBeginning) {
    play_.job("a", 2, 2, compute({10, 5})).job("late", 30, 1, delay(1));
    then_ = [](const Batch& batch, Decisions& decisions) {
        if (batch.date == 6) decisions.kill_jobs({0});
    };
    measure(Metric::kEnergy, {0, 1, 4, 6, 10});
    expect(0, 0, 0);
    expect(1, 100, 100);
    expect(2, 200 + 2 * 203, 200 + 2 * 161.5);
    expect(3, 200 + 4 * 203, 200 + 4 * 161.5);
    expect(4, 600 + 4 * 203, 600 + 4 * 161.5);
}

TEST_F(EnergyProbes, MeasuringDoesNotChangeWhatIsConsumed) {
    play_.job("a", 0, 2, compute({10, 5}));
    const Outcome outcome = run([&](Decisions& decisions) {
        ProbeId id = 0;
        decisions.create_probe({Metric::kEnergy, Aggregation::kSum, hosts_}, 0, 0.1, id);
    });
    EXPECT_NEAR(outcome.joules, 10 * (203 + 161.5), 1e-9 * 3645);
    EXPECT_GE(readings_.size(), 99U);
}

TEST_F(EnergyProbes, ThePowerOfUsageTracesThatOverlapIsWhatTheyConsume) {
    const auto trace = make_profile(UsageTraceProfile{{{{1, 10}}, {{0.5, 10}}}});
    play_.job("a", 0, 2, fork_join({trace, trace}));
    measure(Metric::kPower, {5});
    expect(0, 120 + 2 * 83, 203);
    EXPECT_DOUBLE_EQ(play_.result("a").energy, 10 * (120 + 2 * 83 + 203));
}

TEST_F(EnergyProbes, TheLoadOfUsageTracesThatOverlapIsAtMostOne) {
    const auto trace = make_profile(UsageTraceProfile{{{{1, 10}}, {{0.25, 10}}}});
    play_.job("a", 0, 2, fork_join({trace, trace}));
    measure(Metric::kLoad, {5});
    expect(0, 1, 0.5);
}

TEST_F(EnergyProbes, StorageHostsHaveALoadButNoPower) {
    play_.platform.compute_host_count = 1;
    play_.platform.hosts[1].power.clear();
    play_.job("a", 0, 1, delay(1));
    run([&](Decisions& decisions) {
        ProbeId id = 0;
        EXPECT_EQ(decisions.create_probe({Metric::kLoad, Aggregation::kSum, hosts_}, 0, 0, id),
                  Status::kOk);
        for (const Metric metric : {Metric::kPower, Metric::kEnergy})
            EXPECT_EQ(decisions.create_probe({metric, Aggregation::kSum, hosts_}, 0, 0, id),
                      Status::kUnsupported);
    });
}

// ---- Links ---------------------------------------------------------------------------------------

class LinkProbes : public ProbesTest {
  protected:
    LinkProbes() {
        play_.backend = &backend_;
        play_.platform.has_network = true;
        play_.platform.links = {{"l1", "{}", LinkPower{10, 30, 1}},
                                {"l2", "{}", std::nullopt},
                                {"l10", "{}", LinkPower{100, 300, 5}}};
        play_.link_energy = std::make_unique<LinkEnergy>(play_.platform);
        play_.stop_at = 10;
        play_.job("task", 0, 2, exchange(5));
    }
    Outcome measure_links(Metric metric, const std::vector<LinkId>& links, double date) {
        return run([&](Decisions& decisions) {
            ProbeId id = 0;
            status_ = decisions.create_probe({metric, Aggregation::kNone, links}, date, 0, id);
        });
    }
    Rates backend_;
    Status status_ = Status::kOk;
};

TEST_F(LinkProbes, TheLoadIsInTheOrderInWhichLinksWereGiven) {
    measure_links(Metric::kLoad, {1, 0, 2}, 4);
    EXPECT_THAT(readings_, ElementsAre(Pair(4, ElementsAre(0.2, 0.1, 0)))); // the last is off
}

TEST_F(LinkProbes, ThePowerIsLinearInTheLoad) {
    measure_links(Metric::kPower, {0, 2}, 4);
    EXPECT_THAT(readings_, ElementsAre(Pair(4, ElementsAre(10 + 0.1 * 20, 5))));
}

TEST_F(LinkProbes, TheEnergyIsThatOfTheTimeOnTheTimeOffAndTheLoad) {
    const Outcome outcome = measure_links(Metric::kEnergy, {0, 2}, 8);
    EXPECT_THAT(readings_, ElementsAre(Pair(8, ElementsAre(10 * 8 + 20 * 3.0, 100 * 4 + 5 * 4))));
    EXPECT_EQ(outcome.link_joules, (10 * 10 + 20 * 3) + (100 * 6 + 5 * 4));
    EXPECT_THAT(backend_.watched, ElementsAre(0, 2));
}

TEST_F(LinkProbes, OfLinksWithoutAPowerModelOnlyTheLoadIsKnown) {
    measure_links(Metric::kEnergy, {0, 1}, 8);
    EXPECT_EQ(status_, Status::kUnsupported);
}

TEST_F(LinkProbes, LinksAreFoundByName) {
    run([](Decisions& decisions) {
        LinkId link = 0;
        EXPECT_EQ(decisions.find_link("l10", link), Status::kOk);
        EXPECT_EQ(link, 2U);
        EXPECT_EQ(decisions.find_link("l3", link), Status::kUnknownId);
        EXPECT_EQ(decisions.why(), "there is no link 'l3'");
    });
}

} // namespace
} // namespace batsim
