#include "sharing/sharing_backend.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "wires.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

// Does things at given dates, and notes when tasks end.
class Script : public Timeline {
  public:
    void at(double date, std::function<void()> action) { actions_.emplace(date, action); }

    std::optional<double> next_date() const override {
        if (actions_.empty()) return std::nullopt;
        return actions_.begin()->first;
    }
    void advance(double date, const std::vector<TaskId>& ended) override {
        ++calls;
        for (const TaskId task : ended) ends[task] = date;
        while (!actions_.empty() && actions_.begin()->first <= date) {
            const auto action = actions_.begin()->second;
            actions_.erase(actions_.begin());
            action();
        }
    }

    std::map<TaskId, double> ends;
    int calls = 0;

  private:
    std::multimap<double, std::function<void()>> actions_;
};

// Four hosts of 10 flop/s, or 5 in pstate 1, the last one with two cores. Link 0 joins hosts 0 and 1,
// link 1 hosts 2 and 3, link 2 with a latency of 1 s hosts 0 and 2; 100 bytes/s each.
class SharingTasks : public ::testing::Test {
  protected:
    SharingTasks() : backend(make_platform(), make_wires()) {}

    static Platform make_platform() {
        Platform platform = flat_platform(4, 10);
        for (Host& host : platform.hosts) host.pstate_speeds = {10, 5};
        platform.hosts[3].core_count = 2;
        return platform;
    }
    static std::unique_ptr<Wires> make_wires() {
        auto wires = std::make_unique<Wires>();
        for (int i = 0; i < 3; ++i) wires->add_link(100);
        wires->add_route(0, 1, {0});
        wires->add_route(2, 3, {1});
        wires->add_route(0, 2, {2}, 1);
        return wires;
    }

    void start(double date, TaskId id, ParallelTask task) {
        script.at(date, [this, id, task] { backend.start(id, task); });
    }
    static ParallelTask send(HostId from, HostId to, double bytes) {
        return {{from, to}, {0, 0}, {0, bytes, 0, 0}};
    }
    static ParallelTask compute(HostId host, double flops) { return {{host}, {flops}, {}}; }
    const std::map<TaskId, double>& run() {
        backend.run(script);
        return script.ends;
    }

    Script script;
    SharingBackend backend;
};

TEST_F(SharingTasks, EndWhenTheirWorkIsDone) {
    start(2, 7, send(0, 1, 300));
    EXPECT_THAT(run(), ElementsAre(Pair(7, 5)));
}

TEST_F(SharingTasks, EndAtOnceIfThereIsNoWork) {
    start(2, 7, send(0, 1, 0));
    EXPECT_THAT(run(), ElementsAre(Pair(7, 2)));
}

TEST_F(SharingTasks, ShareALink) {
    start(0, 1, send(0, 1, 300)); // 2 s alone, then at half the rate
    start(2, 2, send(1, 0, 200)); // 100 in 2 s, then alone
    EXPECT_THAT(run(), ElementsAre(Pair(1, 4), Pair(2, 5)));
}

TEST_F(SharingTasks, ShareAHostWhileTheyCompute) {
    start(0, 1, compute(0, 20));
    start(0, 2, compute(0, 40));
    EXPECT_THAT(run(), ElementsAre(Pair(1, 4), Pair(2, 6)));
}

TEST_F(SharingTasks, DoNotShareCoresThatAreThereForBoth) {
    start(0, 1, compute(3, 20));
    start(0, 2, compute(3, 40));
    EXPECT_THAT(run(), ElementsAre(Pair(1, 2), Pair(2, 4)));
}

TEST_F(SharingTasks, WaitForTheLatencyBeforeTheyUseAnything) {
    start(0, 1, send(0, 2, 10)); // the window allows 20 / 2 bytes/s after 1 s
    EXPECT_THAT(run(), ElementsAre(Pair(1, 2)));
}

TEST_F(SharingTasks, GiveTheirShareBackWhenTheyAreCancelled) {
    start(0, 1, send(0, 1, 300));
    start(0, 2, send(0, 1, 300));
    script.at(2, [this] { backend.cancel(2); });
    EXPECT_THAT(run(), ElementsAre(Pair(1, 4)));
}

TEST_F(SharingTasks, CanBeCancelledInTheirLatency) {
    start(0, 1, send(0, 2, 10));
    script.at(0.5, [this] { backend.cancel(1); });
    EXPECT_THAT(run(), ElementsAre());
}

TEST_F(SharingTasks, FollowTheSpeedOfTheirHosts) {
    start(0, 1, {{0, 3}, {20, 20}, {}});
    script.at(1, [this] { backend.set_pstate(3, 1); });
    EXPECT_THAT(run(), ElementsAre(Pair(1, 3)));
}

TEST_F(SharingTasks, KnowWhatIsLeftOfThem) {
    double left = 0, left_after_change = 0, left_in_latency = 0;
    start(0, 1, send(0, 1, 400));
    start(0, 2, send(0, 2, 10));
    start(2, 3, send(0, 1, 400));
    script.at(0.5, [&] { left_in_latency = backend.remaining(2); });
    script.at(1, [&] { left = backend.remaining(1); });
    script.at(4, [&] { left_after_change = backend.remaining(1); });
    run();
    EXPECT_EQ(left_in_latency, 1);
    EXPECT_EQ(left, 0.75);
    EXPECT_EQ(left_after_change, 0.25);
}

TEST_F(SharingTasks, EndTogetherWithWhatIsDueAtTheSameDate) {
    start(0, 1, send(0, 1, 300));
    start(0, 2, send(2, 3, 300));
    script.at(3, [] {});
    run();
    EXPECT_EQ(script.calls, 2); // at 0 and at 3
}

// 0.1 + 0.2 is larger than 0.3 by one digit.
TEST_F(SharingTasks, EndTogetherIfTheirDatesDifferByRoundingErrors) {
    start(0, 1, send(0, 1, 30));
    start(0.1, 2, send(2, 3, 20));
    run();
    EXPECT_EQ(script.ends.at(1), script.ends.at(2));
}

TEST_F(SharingTasks, LoadHostsAndLinks) {
    double rate = 0, load = 0;
    start(0, 1, {{0, 1}, {10, 0}, {0, 50, 0, 0}}); // 1 s, for the host
    script.at(0, [&] {
        backend.update_rates();
        rate = backend.computing_rate(0);
        load = *backend.link_load(0);
    });
    run();
    EXPECT_EQ(rate, 10);
    EXPECT_EQ(load, 0.5);
    EXPECT_EQ(backend.link_load(0), 0);
}

TEST_F(SharingTasks, AddUpTheLoadOfLinksThatAreWatched) {
    backend.watch_links({0});
    start(0, 1, {{0, 1}, {40, 0}, {0, 100, 0, 0}}); // a quarter of the link for 4 s
    start(2, 2, {{1, 0}, {40, 0}, {0, 200, 0, 0}}); // half of it for 4 s
    double in_between = 0;
    script.at(3, [&] { in_between = backend.link_use(0).load_seconds; });
    run();
    EXPECT_EQ(in_between, 1.25);
    EXPECT_EQ(backend.link_use(0).load_seconds, 3);
}

} // namespace
} // namespace batsim
