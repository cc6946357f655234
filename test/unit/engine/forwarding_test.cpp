// forwarding_test.cpp - schedulers hand waiting jobs to each other, and see how much others have to do.
#include <gtest/gtest.h>

#include <cmath>

#include "peers_playground.hpp"

namespace batsim {
namespace {

using Strings = std::vector<std::string>;

TEST(Forwarding, TheOtherSchedulerGetsTheJobAtTheSameDate) {
    PeersPlayground peers(2);
    peers.play.job("a", 5, 1, delay(10));
    peers.scheduler({}, forward_all_to(1))
        .scheduler(HostSet::range(0, 1), execute_all_on(HostSet::range(1, 1)));
    EXPECT_EQ(peers.run().reason, EndReason::kFinished);
    EXPECT_EQ(peers.told[1], (Strings{"0: begins no-more", "5: submitted(a)", "15: completed(a)"}));
    EXPECT_EQ(peers.play.result("a").start_time, 5);
    EXPECT_EQ(peers.play.result("a").hosts, "1");
}

TEST(Forwarding, ThePreviousOwnerCanDoNothingWithTheJob) {
    PeersPlayground peers(1);
    peers.play.job("a", 0, 1, delay(10)).job("b", 1, 1, delay(10));
    Status afterwards = Status::kOk, in_the_same_batch = Status::kOk;
    peers
        .scheduler({},
                   [&](const Batch& batch, Decisions& decisions) {
                       if (batch.date == 0) {
                           EXPECT_EQ(decisions.forward_job(0, 1), Status::kOk);
                           in_the_same_batch = decisions.forward_job(0, 1);
                       } else if (has<JobSubmitted>(batch)) {
                           afterwards = decisions.reject_job(0, "");
                           EXPECT_EQ(decisions.reject_job(1, ""), Status::kOk);
                       }
                   })
        .scheduler(HostSet::range(0, 0), execute_all_on(HostSet::range(0, 0)));
    peers.run();
    EXPECT_EQ(in_the_same_batch, Status::kWrongState);
    EXPECT_EQ(afterwards, Status::kNotOwner);
}

TEST(Forwarding, IsRememberedWithTheJob) {
    PeersPlayground peers(1);
    peers.play.job("a", 3, 1, delay(10));
    std::vector<JobMove> moves;
    peers.scheduler({}, forward_all_to(1))
        .scheduler({}, forward_all_to(2))
        .scheduler(HostSet::range(0, 0), [&](const Batch& batch, Decisions& decisions) {
            for_each_submitted(batch, [&](const JobRecord& job) {
                moves = job.moves;
                decisions.execute_job(job.id, HostSet::range(0, 0));
            });
        });
    peers.run();
    ASSERT_EQ(moves.size(), 2U);
    EXPECT_EQ(moves[0].date, 3);
    EXPECT_EQ(moves[0].from, 0U);
    EXPECT_EQ(moves[1].from, 1U);
    EXPECT_EQ(moves[1].to, 2U);
}

TEST(Forwarding, NeedsAnotherSchedulerThatExists) {
    PeersPlayground peers(1);
    peers.play.job("a", 0, 1, delay(10));
    peers
        .scheduler({},
                   [](const Batch& batch, Decisions& decisions) {
                       if (!has<JobSubmitted>(batch)) return;
                       EXPECT_EQ(decisions.forward_job(0, 0), Status::kInvalidArgument);
                       EXPECT_EQ(decisions.forward_job(0, 2), Status::kUnknownId);
                       EXPECT_EQ(decisions.why(), "there is no scheduler 2, only 0 to 1");
                       EXPECT_EQ(decisions.forward_job(7, 1), Status::kUnknownId);
                       decisions.reject_job(0, "");
                   })
        .scheduler(HostSet::range(0, 0), do_nothing);
    EXPECT_EQ(peers.run().reason, EndReason::kFinished);
}

TEST(Forwarding, ToAndFroForEverIsALivelock) {
    PeersPlayground peers(1);
    peers.play.job("a", 0, 1, delay(10));
    peers.scheduler({}, forward_all_to(1)).scheduler({}, forward_all_to(0));
    const Outcome outcome = peers.run();
    ASSERT_TRUE(outcome.error);
    EXPECT_NE(std::string(outcome.error->what()).find("livelock"), std::string::npos);
}

TEST(Forwarding, WaitsForTheDelayOfTheScheduler) {
    PeersPlayground peers(1);
    peers.play.job("a", 0, 1, delay(10));
    peers
        .scheduler({},
                   [](const Batch& batch, Decisions& decisions) {
                       forward_all_to(1)(batch, decisions);
                       if (has<JobSubmitted>(batch)) decisions.delay(4);
                   })
        .scheduler(HostSet::range(0, 0), execute_all_on(HostSet::range(0, 0)));
    peers.run();
    EXPECT_EQ(peers.play.result("a").start_time, 4);
}

TEST(Forwarding, IsSeenByObservers) {
    PeersPlayground peers(1);
    peers.play.job("a", 3, 1, delay(10));
    peers.scheduler({}, forward_all_to(1))
        .scheduler(HostSet::range(0, 0), execute_all_on(HostSet::range(0, 0)))
        .scheduler({}, do_nothing);
    peers.observes(2);
    peers.run();
    EXPECT_EQ(peers.told[2],
              (Strings{"0: begins", "3: submitted(a) forwarded(a 0->1) started(a) no-more",
                       "13: completed(a)"}));
}

TEST(Forwarding, TellsAnObserverThatGetsAJobItKnowsOfThatOnly) {
    PeersPlayground peers(1);
    peers.play.job("a", 3, 1, delay(10));
    peers.scheduler({}, forward_all_to(1)).scheduler(HostSet::range(0, 0), do_nothing);
    peers.observes(1);
    EXPECT_EQ(peers.run().reason, EndReason::kStalled);
    EXPECT_EQ(peers.told[1], (Strings{"0: begins", "3: submitted(a) forwarded(a 0->1) no-more"}));
}

// ---- Loads ---------------------------------------------------------------------------------------

TEST(Loads, AreWhatRunsAndWhatWaits) {
    PeersPlayground peers(4);
    peers.play.job("running", 0, 2, delay(50), 100).job("waiting", 1, 3, delay(50), 10);
    peers.play.job("asks", 20, 1, delay(1));
    SchedulerLoad load;
    peers
        .scheduler({},
                   [&](const Batch& batch, Decisions& decisions) {
                       if (batch.date < 20) return forward_all_to(1)(batch, decisions);
                       if (!has<JobSubmitted>(batch)) return;
                       load = decisions.load_of(1);
                       decisions.reject_job(2, "");
                       decisions.stop("enough");
                   })
        .scheduler(HostSet::range(0, 3), [](const Batch& batch, Decisions& decisions) {
            if (batch.date == 0) execute_all_on(HostSet::range(0, 1))(batch, decisions);
        });
    peers.run();
    EXPECT_EQ(load.usable_hosts, 2U);
    EXPECT_EQ(load.running_jobs, 1U);
    EXPECT_EQ(load.waiting_jobs, 1U);
    EXPECT_EQ(load.waiting_hosts, 3U);
    EXPECT_EQ(load.work_ahead, 2 * 80 + 3 * 10);
}

TEST(Loads, AreInfiniteWithAJobWithoutWalltime) {
    PeersPlayground peers(1);
    peers.play.job("a", 0, 1, delay(50));
    double work = 0;
    peers.scheduler({}, forward_all_to(1))
        .scheduler(HostSet::range(0, 0), [&](const Batch& batch, Decisions& decisions) {
            if (!has<JobSubmitted>(batch)) return;
            work = decisions.load_of(1).work_ahead;
            decisions.reject_job(0, "");
        });
    peers.run();
    EXPECT_TRUE(std::isinf(work));
}

} // namespace
} // namespace batsim
