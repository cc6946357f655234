// Hosts that switch on and off, change their pstate, fail and become unavailable.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "playground.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Kind = ExternalEvent::Kind;

// Pstate 0: 1 flop/s, 1: 2 flop/s; 2 to 4 for sleeping, switching off (2 s) and on (4 s).
class HostStatesTest : public ::testing::Test {
  protected:
    HostStatesTest() {
        for (Host& host : playground_.platform.hosts) {
            host.pstate_speeds = {1, 2, 1e-9, 0.5, 0.25};
            host.sleep_pstates = {2, 3, 4};
            host.virtual_pstates = {2, 3, 4};
        }
    }

    void happens(double date, Kind kind, HostSet hosts, const std::string& type = "x") {
        playground_.external_events.push_back({date, kind, std::move(hosts), type, "{}"});
    }
    // Runs and keeps the batches as "date: events".
    Outcome run(FunctionScheduler::Function decide) {
        return playground_.run([this, decide](const Batch& batch, Decisions& decisions) {
            if (const std::string text = text_of(batch); !text.empty())
                batches_.push_back(std::to_string(static_cast<int>(batch.date)) + ": " + text);
            decide(batch, decisions);
        });
    }
    // Executes jobs at once; at date 0 also asks for this.
    Outcome run_and_first(const std::function<void(Decisions&)>& first) {
        return run([first](const Batch& batch, Decisions& decisions) {
            if (std::holds_alternative<SimulationBegins>(batch.events.front())) first(decisions);
            execute_at_once(batch, decisions);
        });
    }

    Playground playground_{4};
    std::vector<std::string> batches_;
};

TEST_F(HostStatesTest, SwitchingTakesAsLongAsOneFlopInItsPstate) {
    playground_.job("a", 20, 1, delay(1));
    run_and_first([](Decisions& decisions) {
        EXPECT_EQ(decisions.set_host_state(HostSet::range(2, 3), HostState::kOff), Status::kOk);
    });
    EXPECT_THAT(batches_, ElementsAre("0: begins", "0: switching-off(2-3)", "2: off(2-3)",
                                      "20: submitted(a) no-more", "21: completed(a)"));
}

TEST_F(HostStatesTest, HostsThatAreOffCanBeSwitchedOnAgain) {
    playground_.job("a", 10, 1, delay(10));
    run([](const Batch& batch, Decisions& decisions) {
        const HostSet host = HostSet::range(3, 3);
        if (batch.date == 0 && std::holds_alternative<SimulationBegins>(batch.events.front())) {
            EXPECT_EQ(decisions.set_host_state(host, HostState::kOff), Status::kOk);
        }
        if (batch.date == 1 || batch.date == 2) {
            EXPECT_EQ(decisions.set_host_state(host, HostState::kOn),
                      batch.date == 1 ? Status::kRefused : Status::kOk);
        }
        execute_at_once(batch, decisions);
    });
    EXPECT_THAT(batches_,
                ElementsAre("0: begins", "0: switching-off(3)", "2: off(3)", "2: switching-on(3)",
                            "6: on(3)", "10: submitted(a) no-more", "20: completed(a)"));
}

TEST_F(HostStatesTest, WithoutSleepPstatesHostsSwitchAtOnce) {
    for (Host& host : playground_.platform.hosts) host.sleep_pstates.reset();
    playground_.job("a", 5, 1, delay(1));
    run_and_first([](Decisions& decisions) {
        decisions.set_host_state(HostSet::range(3, 3), HostState::kOff);
    });
    EXPECT_THAT(batches_, ElementsAre("0: begins", "0: off(3)", "5: submitted(a) no-more",
                                      "6: completed(a)"));
}

TEST_F(HostStatesTest, OnlyHostsThatAreOnTakeJobs) {
    playground_.job("a", 0, 1, delay(1));
    run([](const Batch& batch, Decisions& decisions) {
        if (!std::holds_alternative<SimulationBegins>(batch.events.front())) return;
        const HostSet host = HostSet::range(0, 0);
        EXPECT_EQ(decisions.set_host_state(host, HostState::kOff), Status::kOk);
        EXPECT_EQ(decisions.execute_job(0, host), Status::kRefused);
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(1, 1)), Status::kOk);
    });
    EXPECT_EQ(playground_.result("a").hosts, "1");
}

TEST_F(HostStatesTest, BusyHostsCannotBeSwitchedOff) {
    playground_.job("a", 0, 2, delay(1));
    run([](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        if (batch.date > 0) return;
        EXPECT_EQ(decisions.set_host_state(HostSet::range(1, 2), HostState::kOff),
                  Status::kHostsBusy);
        EXPECT_THAT(decisions.why(), HasSubstr("hosts 1 cannot be switched off"));
    });
}

TEST_F(HostStatesTest, AnotherPstateChangesTheSpeedOfARunningJob) {
    playground_.job("a", 0, 2, compute({10, 10}));
    run([](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        CallId call = 0;
        if (std::holds_alternative<SimulationBegins>(batch.events.front()))
            decisions.call_me_later(4, 0, call);
        if (batch.date == 4 && std::holds_alternative<RequestedCall>(batch.events.front())) {
            EXPECT_EQ(decisions.set_pstate(HostSet::range(0, 1), 1), Status::kOk);
        }
    });
    EXPECT_THAT(batches_, ElementsAre("0: begins submitted(a) no-more", "4: call(0)",
                                      "4: pstate-1(0-1)", "7: completed(a)"));
}

TEST_F(HostStatesTest, OnlyHostsInAnotherPstateChangeIt) {
    playground_.job("a", 5, 1, delay(1));
    run([](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        if (batch.date > 0) return;
        const bool first = std::holds_alternative<SimulationBegins>(batch.events.front());
        EXPECT_EQ(decisions.set_pstate(HostSet::range(first ? 1 : 0, 2), 1), Status::kOk);
    });
    EXPECT_THAT(batches_, ElementsAre("0: begins", "0: pstate-1(1-2)", "0: pstate-1(0)",
                                      "5: submitted(a) no-more", "6: completed(a)"));
}

TEST_F(HostStatesTest, PstatesForSleepingAreNotForJobs) {
    playground_.job("a", 0, 1, delay(1));
    run_and_first([](Decisions& decisions) {
        EXPECT_EQ(decisions.set_pstate(HostSet::range(0, 0), 2), Status::kInvalidArgument);
        EXPECT_THAT(decisions.why(), HasSubstr("use set_host_state"));
        EXPECT_EQ(decisions.set_pstate(HostSet::range(0, 0), 9), Status::kInvalidArgument);
        EXPECT_THAT(decisions.why(), HasSubstr("there is no pstate 9"));
    });
}

TEST_F(HostStatesTest, JobsOnAHostThatFailsAreLost) {
    playground_.job("a", 0, 2, delay(10)).job("b", 3, 1, delay(1));
    happens(4, Kind::kFailure, HostSet::range(1, 1));
    happens(5, Kind::kRepair, HostSet::range(1, 1));
    run([](const Batch& batch, Decisions& decisions) {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                decisions.execute_job(submitted->job->id, submitted->job->id == 0
                                                              ? HostSet::range(0, 1)
                                                              : HostSet::range(2, 2));
    });
    EXPECT_EQ(playground_.result("a").end, JobEnd::kHostFailed);
    EXPECT_EQ(playground_.result("a").end_time, 4);
    EXPECT_EQ(playground_.result("b").end, JobEnd::kSucceeded);
    EXPECT_THAT(batches_, ElementsAre("0: begins submitted(a)", "3: submitted(b) no-more",
                                      "4: failed(1) completed(a) completed(b)"));
}

TEST_F(HostStatesTest, AJobThatEndsAtTheDateOfTheFailureHasEnded) {
    playground_.job("a", 0, 1, delay(4));
    happens(4, Kind::kFailure, HostSet::range(0, 0));
    run(execute_at_once);
    EXPECT_EQ(playground_.result("a").end, JobEnd::kSucceeded);
}

TEST_F(HostStatesTest, JobsOnAnUnavailableHostGoOn) {
    playground_.job("a", 0, 1, delay(4)).job("b", 1, 1, delay(1));
    happens(1, Kind::kUnavailable, HostSet::range(0, 1));
    happens(3, Kind::kAvailable, HostSet::range(1, 1));
    run([](const Batch& batch, Decisions& decisions) {
        if (batch.date == 1) {
            EXPECT_EQ(decisions.execute_job(1, HostSet::range(1, 1)), Status::kRefused);
        }
        if (batch.date == 3) {
            EXPECT_EQ(decisions.execute_job(1, HostSet::range(1, 1)), Status::kOk);
        }
        if (batch.date == 0) execute_at_once(batch, decisions);
    });
    EXPECT_EQ(playground_.result("a").end, JobEnd::kSucceeded);
    EXPECT_EQ(playground_.result("b").start_time, 3);
    EXPECT_THAT(batches_,
                ElementsAre("0: begins submitted(a)", "1: unavailable(0-1) submitted(b) no-more",
                            "3: on(1)", "4: completed(a) completed(b)"));
}

TEST_F(HostStatesTest, AFailureInterruptsASwitchAndRepairLeavesTheHostOn) {
    playground_.job("a", 20, 1, delay(1));
    happens(1, Kind::kFailure, HostSet::range(2, 3));
    happens(5, Kind::kRepair, HostSet::range(3, 3));
    run_and_first([](Decisions& decisions) {
        decisions.set_host_state(HostSet::range(3, 3), HostState::kOff);
    });
    EXPECT_THAT(batches_, ElementsAre("0: begins", "0: switching-off(3)", "1: failed(2-3)",
                                      "5: on(3)", "20: submitted(a) no-more", "21: completed(a)"));
}

TEST_F(HostStatesTest, AnExecutionIsDroppedIfAHostFailsBeforeItTakesEffect) {
    playground_.job("a", 0, 2, delay(1));
    happens(2, Kind::kFailure, HostSet::range(1, 1));
    run([](const Batch& batch, Decisions& decisions) {
        if (batch.date == 0) {
            execute_at_once(batch, decisions);
            decisions.delay(3);
        }
        for (const Event& event : batch.events)
            if (const auto* dropped = std::get_if<DecisionDropped>(&event)) {
                EXPECT_EQ(dropped->reason, "hosts 1 are not on");
                EXPECT_EQ(decisions.execute_job(dropped->job->id, HostSet::range(2, 3)),
                          Status::kOk);
            }
    });
    EXPECT_EQ(playground_.result("a").start_time, 3);
    EXPECT_EQ(playground_.result("a").hosts, "2-3");
}

TEST_F(HostStatesTest, AnExecutionIsDroppedIfAHostFailsAtTheDateAtWhichItTakesEffect) {
    playground_.job("a", 0, 2, delay(1));
    happens(3, Kind::kFailure, HostSet::range(1, 1));
    run([](const Batch& batch, Decisions& decisions) {
        if (batch.date > 0) return;
        execute_at_once(batch, decisions);
        decisions.delay(3);
    });
    EXPECT_THAT(batches_,
                ElementsAre("0: begins submitted(a) no-more", "3: failed(1) dropped(0-1)"));
}

TEST_F(HostStatesTest, ADelayedKillComesTooLateForAJobThatEndsAtItsDate) {
    playground_.job("a", 0, 1, sequence({compute({3}), compute({2})})).job("b", 2, 1, delay(1));
    run([](const Batch& batch, Decisions& decisions) {
        if (batch.date == 0) execute_at_once(batch, decisions);
        if (batch.date != 2) return;
        EXPECT_EQ(decisions.kill_jobs({0}), Status::kOk);
        decisions.delay(3);
    });
    EXPECT_EQ(playground_.result("a").end, JobEnd::kSucceeded);
}

TEST_F(HostStatesTest, OtherEventsAreForwardedToEachScheduler) {
    playground_.job("a", 0, 1, delay(5));
    happens(1, Kind::kForwarded, {}, "generic");
    happens(1, Kind::kForwarded, {}, "weather");
    run(execute_at_once);
    EXPECT_THAT(batches_, ElementsAre("0: begins submitted(a) no-more",
                                      "1: external(generic) external(weather)", "5: completed(a)"));
}

TEST_F(HostStatesTest, ExternalEventsKeepASimulationWithWaitingJobsAlive) {
    playground_.job("a", 0, 1, delay(1));
    happens(7, Kind::kForwarded, {}, "start");
    run([](const Batch& batch, Decisions& decisions) {
        if (batch.date == 7) decisions.execute_job(0, HostSet::range(0, 0));
    });
    EXPECT_EQ(playground_.result("a").start_time, 7);
}

} // namespace
} // namespace batsim
