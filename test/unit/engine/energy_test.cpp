// What hosts and jobs consume, against sums done by hand.
#include <gtest/gtest.h>

#include "playground.hpp"

namespace batsim {
namespace {

// Pstate 0: 1 flop/s, 100 W idle, 120 to 203 W; 1: 2 flop/s, 110 W idle, 130 to 250 W; 2: sleep, 5 W;
// 3: switching off, 2 s at 80 W; 4: switching on, 4 s at 90 W.
class Energy : public ::testing::Test {
  protected:
    explicit Energy(std::uint32_t hosts = 2) : playground_(hosts) {
        for (Host& host : playground_.platform.hosts) {
            host.pstate_speeds = {1, 2, 1e-9, 0.5, 0.25};
            host.sleep_pstates = {2, 3, 4};
            host.virtual_pstates = {2, 3, 4};
            host.power = {{100, 120, 203}, {110, 130, 250}, {5, 5, 5}, {80, 80, 80}, {90, 90, 90}};
        }
    }
    // Calls act(decisions) at this date.
    static FunctionScheduler::Function at(double date, std::function<void(Decisions&)> act) {
        return [date, act = std::move(act)](const Batch& batch, Decisions& decisions) {
            execute_at_once(batch, decisions);
            for (const Event& event : batch.events) {
                CallId call = 0;
                if (std::holds_alternative<SimulationBegins>(event))
                    decisions.call_me_later(date, 0, call);
                if (std::holds_alternative<RequestedCall>(event)) act(decisions);
            }
        };
    }

    Playground playground_;
};

TEST_F(Energy, OfAnIdleHostIsItsIdlePower) {
    playground_.job("a", 0, 1, delay(10));
    EXPECT_DOUBLE_EQ(playground_.run(execute_at_once).joules, 2 * 100 * 10);
    EXPECT_DOUBLE_EQ(playground_.result("a").energy, 100 * 10);
}

TEST_F(Energy, OfABusyHostIsItsFullPower) {
    playground_.job("a", 0, 2, compute({10, 5}));
    // The second host is done after 5 s, but its rank goes on until the end of the task.
    EXPECT_DOUBLE_EQ(playground_.run(execute_at_once).joules,
                     203 * 10 + (120 * 10 + (203 - 120) * 5));
    EXPECT_DOUBLE_EQ(playground_.result("a").energy, 203 * 10 + 120 * 10 + 83 * 5);
}

TEST_F(Energy, OfAKilledJobIsThatUntilItsEnd) {
    playground_.job("a", 0, 2, compute({100, 100}));
    playground_.run(at(3, [](Decisions& decisions) { decisions.kill_jobs({0}); }));
    EXPECT_DOUBLE_EQ(playground_.result("a").energy, 2 * 203 * 3);
}

TEST_F(Energy, FollowsThePstateOfARunningJob) {
    playground_.job("a", 0, 2, compute({10, 10}));
    playground_.run(
        at(4, [](Decisions& decisions) { decisions.set_pstate(HostSet::range(0, 1), 1); }));
    EXPECT_EQ(playground_.result("a").end_time, 7);
    EXPECT_DOUBLE_EQ(playground_.result("a").energy, 2 * (203 * 4 + 250 * 3));
}

TEST_F(Energy, OfSwitchingAndSleepingIsThatOfTheirPstates) {
    playground_.job("a", 0, 1, delay(20));
    const Outcome outcome = playground_.run([](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        CallId call = 0;
        if (batch.date == 0 && std::holds_alternative<SimulationBegins>(batch.events.front())) {
            decisions.set_host_state(HostSet::range(1, 1), HostState::kOff);
            decisions.call_me_later(10, 0, call);
        }
        if (batch.date == 10) decisions.set_host_state(HostSet::range(1, 1), HostState::kOn);
    });
    EXPECT_DOUBLE_EQ(outcome.joules, 100 * 20 + (2 * 80 + 8 * 5 + 4 * 90 + 6 * 100));
}

TEST_F(Energy, OfAFailedHostIsNone) {
    playground_.job("a", 0, 1, delay(20));
    playground_.external_events.push_back(
        {5, ExternalEvent::Kind::kFailure, HostSet::range(1, 1), "host_failure", "{}"});
    playground_.external_events.push_back(
        {12, ExternalEvent::Kind::kRepair, HostSet::range(1, 1), "host_repair", "{}"});
    EXPECT_DOUBLE_EQ(playground_.run(execute_at_once).joules, 100 * 20 + 100 * (5 + 8));
}

TEST_F(Energy, OfAHostThatBecomesUnavailableWhileItSwitchesIsThatOfItsPower) {
    playground_.job("a", 0, 1, delay(20));
    playground_.external_events.push_back(
        {1, ExternalEvent::Kind::kUnavailable, HostSet::range(1, 1), "machine_unavailable", "{}"});
    playground_.external_events.push_back(
        {8, ExternalEvent::Kind::kAvailable, HostSet::range(1, 1), "machine_available", "{}"});
    playground_.external_events.push_back(
        {11, ExternalEvent::Kind::kUnavailable, HostSet::range(1, 1), "machine_unavailable", "{}"});
    const Outcome outcome = playground_.run([](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        CallId call = 0;
        if (batch.date == 0 && std::holds_alternative<SimulationBegins>(batch.events.front())) {
            decisions.set_host_state(HostSet::range(1, 1), HostState::kOff);
            decisions.call_me_later(10, 0, call);
        }
        if (batch.date == 10) decisions.set_host_state(HostSet::range(1, 1), HostState::kOn);
    });
    EXPECT_DOUBLE_EQ(outcome.joules, 100 * 20 + (2 * 80 + 8 * 5 + 4 * 90 + 6 * 100));
}

TEST_F(Energy, OfAUsageTraceIsTheSameAtLateDates) {
    for (Host& host : playground_.platform.hosts) host.pstate_speeds.front() = 1e9;
    playground_.job("a", 0, 2,
                    make_profile(UsageTraceProfile{{{{1, 1130357985}}, {{0.5, 1.7e9}}}}));
    for (int i = 0; i < 100; ++i)
        playground_.job(std::to_string(i), 1835498.9 * (i + 1), 2,
                        make_profile(UsageTraceProfile{{{{1, 1130357985}}, {{0.5, 1.7e9}}}}));
    playground_.run(execute_at_once);
    const double joules = playground_.result("a").energy;
    for (int i = 0; i < 100; ++i)
        EXPECT_NEAR(playground_.result(std::to_string(i)).energy, joules, 1e-4) << i;
}

TEST_F(Energy, IsAddedUpAlsoIfASchedulerFails) {
    playground_.job("a", 0, 2, compute({100, 100}));
    const Outcome outcome = playground_.run(at(3, [](Decisions&) { throw PluginError("x"); }));
    EXPECT_EQ(outcome.reason, EndReason::kFailed);
    EXPECT_DOUBLE_EQ(outcome.joules, 2 * 203 * 3);
}

TEST_F(Energy, OfASharedHostIsBilledInEqualPartsToItsJobs) {
    playground_.job("a", 0, 1, delay(10)).job("b", 4, 1, delay(10));
    FunctionScheduler scheduler(execute_at_once);
    SchedulerRole role{"s0", &scheduler, playground_.platform.compute_hosts(), {0}, true};
    EXPECT_DOUBLE_EQ(playground_.run(std::vector<SchedulerRole>{role}).joules, 2 * 100 * 14);
    EXPECT_DOUBLE_EQ(playground_.result("a").energy, 100 * 4 + 50 * 6);
    EXPECT_DOUBLE_EQ(playground_.result("b").energy, 50 * 6 + 100 * 4);
}

TEST_F(Energy, OfAJobIsExactOnAHostThatIsNeverFree) {
    for (Host& host : playground_.platform.hosts) host.power[0] = {100.3, 120, 203};
    playground_.job("long", 0, 1, delay(2e9)).job("short", 1e9, 1, delay(1));
    FunctionScheduler scheduler(execute_at_once);
    SchedulerRole role{"s0", &scheduler, playground_.platform.compute_hosts(), {0}, true};
    playground_.run(std::vector<SchedulerRole>{role});
    EXPECT_DOUBLE_EQ(playground_.result("short").energy, 100.3 / 2);
}

TEST(WattsOfAll, AreTheSameAfterAChangeAndBack) {
    WattsOfAll watts;
    for (const double one : {0.1, 0.2, 0.7}) watts.add(one);
    const double before = watts.sum();
    watts.replace(0.2, 1e9);
    watts.replace(1e9, 0.2);
    EXPECT_EQ(watts.sum(), before);
}

TEST_F(Energy, OfASequenceIsThatOfItsElements) {
    playground_.job("a", 0, 2, sequence({delay(3), compute({4, 4})}, 2));
    playground_.run(execute_at_once);
    EXPECT_DOUBLE_EQ(playground_.result("a").energy, 2 * 2 * (100 * 3 + 203 * 4));
}

} // namespace
} // namespace batsim
