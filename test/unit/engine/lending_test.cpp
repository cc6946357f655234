// lending_test.cpp - schedulers lend, take and return hosts.
#include <gtest/gtest.h>

#include "peers_playground.hpp"
#include "platform/text.hpp"

namespace batsim {
namespace {

using Strings = std::vector<std::string>;

HostSet hosts(const char* text) { return *parse_host_set(text); }

// Does something at a date, for which it asks in the beginning.
FunctionScheduler::Function at(double date, FunctionScheduler::Function act) {
    return [date, act = std::move(act)](const Batch& batch, Decisions& decisions) {
        CallId call = 0;
        if (has<SimulationBegins>(batch)) decisions.call_me_later(date, 0, call);
        if (has<RequestedCall>(batch) && batch.date == date) act(batch, decisions);
    };
}

// s0 owns four hosts and one job, from 0 to 100 on host 0; s1 owns nothing and may take from s0.
class Lending : public testing::Test {
  protected:
    Lending() { peers.play.job("a", 0, 1, delay(100)); }

    Outcome run(const FunctionScheduler::Function& owner,
                const FunctionScheduler::Function& other) {
        peers
            .scheduler(HostSet::range(0, 3),
                       [owner](const Batch& batch, Decisions& decisions) {
                           execute_all_on(HostSet::range(0, 0))(batch, decisions);
                           owner(batch, decisions);
                       })
            .scheduler({}, other, {0});
        return peers.run();
    }

    PeersPlayground peers{4};
};

TEST_F(Lending, TheOwnerSeesUnavailableHostsAndTheHolderIsTold) {
    run(do_nothing, at(10, [](const Batch&, Decisions& decisions) {
            EXPECT_EQ(decisions.take_hosts(hosts("2-3")), Status::kOk);
        }));
    EXPECT_EQ(peers.told[0], (Strings{"0: begins submitted(a) no-more", "10: unavailable(2-3)",
                                      "100: completed(a)"}));
    EXPECT_EQ(peers.told[1], (Strings{"0: begins no-more", "10: call(0)", "10: lent(2-3 0->1)"}));
}

TEST_F(Lending, TheOwnerCannotUseWhatItDoesNotHold) {
    run(at(20,
           [](const Batch&, Decisions& decisions) {
               EXPECT_EQ(decisions.state_of(3), HostState::kUnavailable);
               EXPECT_EQ(decisions.state_of(1), HostState::kOn);
               EXPECT_EQ(decisions.set_host_state(hosts("3"), HostState::kOff), Status::kRefused);
               EXPECT_EQ(decisions.set_pstate(hosts("1,3"), 0), Status::kRefused);
               EXPECT_EQ(decisions.lend_hosts(hosts("3"), 1), Status::kRefused);
               EXPECT_EQ(decisions.usable_among(hosts("1-3")), hosts("1"));
           }),
        at(10, [](const Batch&, Decisions& decisions) {
            EXPECT_EQ(decisions.take_hosts(hosts("2-3")), Status::kOk);
        }));
}

TEST_F(Lending, TheOwnersJobsAreRefusedOnHostsThatAreAway) {
    peers.play.job("b", 20, 2, delay(5));
    Status status = Status::kOk;
    peers
        .scheduler(HostSet::range(0, 3),
                   [&](const Batch& batch, Decisions& decisions) {
                       for_each_submitted(batch, [&](const JobRecord& job) {
                           status = decisions.execute_job(job.id,
                                                          job.id == 0 ? hosts("0") : hosts("1-2"));
                           if (status != Status::kOk) decisions.reject_job(job.id, "");
                       });
                   })
        .scheduler(
            {},
            at(10, [](const Batch&, Decisions& decisions) { decisions.take_hosts(hosts("2")); }),
            {0});
    peers.run();
    EXPECT_EQ(status, Status::kRefused);
}

TEST_F(Lending, TheHolderSwitchesHostsAndGivesThemBackAsTheyAre) {
    run(do_nothing, [](const Batch& batch, Decisions& decisions) {
        at(10, [](const Batch&, Decisions& d) { d.take_hosts(hosts("2-3")); })(batch, decisions);
        if (has<HostsLent>(batch)) {
            EXPECT_EQ(decisions.set_host_state(hosts("3"), HostState::kOff), Status::kOk);
        }
        if (has<HostsStateChanged>(batch)) {
            EXPECT_EQ(decisions.return_hosts(hosts("2-3")), Status::kOk);
        }
    });
    EXPECT_EQ(peers.told[0], (Strings{"0: begins submitted(a) no-more", "10: unavailable(2-3)",
                                      "10: on(2) off(3)", "100: completed(a)"}));
    EXPECT_EQ(peers.told[1],
              (Strings{"0: begins no-more", "10: call(0)", "10: lent(2-3 0->1)", "10: off(3)"}));
}

TEST_F(Lending, TheHolderRunsItsJobsOnThem) {
    peers.play.job("b", 20, 2, delay(5));
    peers
        .scheduler(HostSet::range(0, 3),
                   [&](const Batch& batch, Decisions& decisions) {
                       const auto& act =
                           batch.date < 20 ? execute_all_on(hosts("0")) : forward_all_to(1);
                       act(batch, decisions);
                       if (has<SimulationBegins>(batch)) {
                           EXPECT_EQ(decisions.lend_hosts(hosts("1-3"), 1), Status::kOk);
                       }
                   })
        .scheduler({}, [](const Batch& batch, Decisions& decisions) {
            execute_all_on(hosts("2-3"))(batch, decisions);
            if (!has<JobSubmitted>(batch)) return;
            EXPECT_EQ(decisions.return_hosts(hosts("3")), Status::kRefused) << "it is busy";
            EXPECT_EQ(decisions.return_hosts(hosts("1")), Status::kOk);
        });
    peers.run();
    EXPECT_EQ(peers.play.result("b").hosts, "2-3");
}

TEST_F(Lending, OnlyIdleHostsAtHomeCanBeTaken) {
    run(do_nothing, at(10, [](const Batch&, Decisions& decisions) {
            EXPECT_EQ(decisions.take_hosts(hosts("0-1")), Status::kRefused) << "0 is busy";
            EXPECT_EQ(decisions.take_hosts(hosts("1-2")), Status::kOk);
            EXPECT_EQ(decisions.take_hosts(hosts("2-3")), Status::kRefused) << "2 is leaving";
            EXPECT_EQ(decisions.take_hosts({}), Status::kInvalidArgument);
        }));
}

TEST_F(Lending, WhoMayTakeIsForTheUserToSay) {
    run(at(10,
           [](const Batch&, Decisions& decisions) {
               EXPECT_EQ(decisions.take_hosts(hosts("1")), Status::kNotOwner);
               EXPECT_EQ(decisions.why(),
                         "hosts 1 do not belong to a scheduler whose hosts 's0' may take; "
                         "\"takes_from\" in the file of --schedulers allows it");
               EXPECT_FALSE(decisions.may_take_from(1));
           }),
        at(11, [](const Batch&, Decisions& decisions) {
            EXPECT_TRUE(decisions.may_take_from(0));
            EXPECT_EQ(decisions.return_hosts(hosts("1")), Status::kNotOwner);
            EXPECT_EQ(decisions.lend_hosts(hosts("1"), 0), Status::kNotOwner);
        }));
}

TEST_F(Lending, WhatHappensToLentHostsIsToldToTheHolder) {
    peers.play.external_events = {
        {20, ExternalEvent::Kind::kFailure, hosts("3"), "", ""},
        {30, ExternalEvent::Kind::kRepair, hosts("3"), "", ""},
        {40, ExternalEvent::Kind::kUnavailable, hosts("3"), "", ""},
    };
    run(do_nothing, [](const Batch& batch, Decisions& decisions) {
        at(10, [](const Batch&, Decisions& d) { d.take_hosts(hosts("2-3")); })(batch, decisions);
        if (batch.date == 40) decisions.return_hosts(hosts("2-3"));
    });
    EXPECT_EQ(peers.told[0], (Strings{"0: begins submitted(a) no-more", "10: unavailable(2-3)",
                                      "40: ", "40: on(2)", "100: completed(a)"}));
    EXPECT_EQ(peers.told[1], (Strings{"0: begins no-more", "10: call(0)", "10: lent(2-3 0->1)",
                                      "20: failed(3)", "30: on(3)", "40: unavailable(3)"}));
}

TEST_F(Lending, HostsThatWereGivenToAJobDuringADelayAreNotTaken) {
    peers.play.job("b", 12, 1, delay(50));
    Strings dropped;
    peers
        .scheduler(HostSet::range(0, 3),
                   [](const Batch& batch, Decisions& decisions) {
                       for_each_submitted(batch, [&](const JobRecord& job) {
                           const auto host = static_cast<HostId>(job.id);
                           EXPECT_EQ(decisions.execute_job(job.id, HostSet::range(host, host)),
                                     Status::kOk);
                       });
                   })
        .scheduler({},
                   [&](const Batch& batch, Decisions& decisions) {
                       at(10, [](const Batch&, Decisions& d) {
                           d.take_hosts(hosts("1-3"));
                           d.delay(5);
                       })(batch, decisions);
                       for (const Event& event : batch.events)
                           if (const auto* drop = std::get_if<DecisionDropped>(&event))
                               dropped.push_back(drop->reason);
                   },
                   {0});
    peers.run();
    EXPECT_EQ(dropped,
              Strings{"not all of the hosts 1-3 are idle and held by the scheduler that owns "
                      "them any more"});
    EXPECT_EQ(peers.play.result("b").start_time, 12);
}

TEST_F(Lending, AChangeThatTheOwnerHasDelayedIsDroppedIfTheHostWasTaken) {
    run(at(10,
           [](const Batch&, Decisions& decisions) {
               EXPECT_EQ(decisions.set_pstate(hosts("1-2"), 0), Status::kOk);
               decisions.delay(5);
           }),
        at(12, [](const Batch&, Decisions& decisions) {
            EXPECT_EQ(decisions.take_hosts(hosts("2")), Status::kOk);
        }));
    EXPECT_EQ(peers.told[0], (Strings{"0: begins submitted(a) no-more", "10: call(0)",
                                      "15: unavailable(2) dropped(1-2)", "100: completed(a)"}));
}

TEST_F(Lending, HostsThatTheOwnerIsAboutToSwitchOffAreNotTaken) {
    run(at(10,
           [](const Batch&, Decisions& decisions) {
               EXPECT_EQ(decisions.set_host_state(hosts("1"), HostState::kOff), Status::kOk);
               decisions.delay(5);
           }),
        at(12, [](const Batch&, Decisions& decisions) {
            EXPECT_EQ(decisions.take_hosts(hosts("1")), Status::kRefused);
            EXPECT_EQ(decisions.take_hosts(hosts("2")), Status::kOk);
        }));
    EXPECT_EQ(peers.told[0], (Strings{"0: begins submitted(a) no-more", "10: call(0)",
                                      "15: unavailable(2) off(1)", "100: completed(a)"}));
}

TEST_F(Lending, ObserversSeeWhoHoldsHostsAndTheirTrueStates) {
    peers.scheduler(HostSet::range(0, 3), execute_all_on(hosts("0")))
        .scheduler({},
                   [](const Batch& batch, Decisions& decisions) {
                       at(10, [](const Batch&, Decisions& d) { d.take_hosts(hosts("3")); })(
                           batch, decisions);
                       at(20, [](const Batch&, Decisions& d) { d.return_hosts(hosts("3")); })(
                           batch, decisions);
                   },
                   {0})
        .scheduler({}, at(15, [](const Batch&, Decisions& decisions) {
                       EXPECT_EQ(decisions.state_of(3), HostState::kOn);
                   }));
    peers.observes(2);
    peers.run();
    EXPECT_EQ(peers.told[2],
              (Strings{"0: begins submitted(a) started(a) no-more", "10: lent(3 0->1)",
                       "15: call(0)", "20: lent(3 1->0)", "100: completed(a)"}));
}

} // namespace
} // namespace batsim
