#include "engine/audience.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "playground.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Two schedulers with two hosts and a workload each, and one that observes and owns nothing. All write
// what they are told to one list: "0 a: begins submitted(x)".
class Observed : public ::testing::Test {
  protected:
    using Function = FunctionScheduler::Function;

    static void execute_on(HostId first, const Batch& batch, Decisions& decisions) {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                decisions.execute_job(
                    submitted->job->id,
                    HostSet::range(first, first + submitted->job->job.requested_hosts - 1));
    }

    Function noting(const std::string& name, Function decide) {
        return [=](const Batch& batch, Decisions& decisions) {
            told_.push_back(number_text(batch.date) + " " + name + ": " + text_of(batch));
            decide(batch, decisions);
        };
    }

    Outcome run() {
        FunctionScheduler eye(noting("eye", eye_does_));
        FunctionScheduler a(noting("a", a_does_));
        FunctionScheduler b(noting("b", b_does_));
        SchedulerRole observer{"eye", &eye, {}, {}};
        observer.observes = true;
        return play_.run(
            {observer, {"a", &a, HostSet::range(0, 1), {0}}, {"b", &b, HostSet::range(2, 3), {1}}});
    }

    // What the observer was told.
    std::vector<std::string> seen() const {
        std::vector<std::string> seen;
        for (const std::string& line : told_)
            if (const auto found = line.find(" eye: "); found != std::string::npos)
                seen.push_back(line.substr(0, found) + line.substr(found + 5));
        return seen;
    }

    Playground play_{4};
    Function a_does_ = [](const auto& batch, auto& decisions) { execute_on(0, batch, decisions); };
    Function b_does_ = [](const auto& batch, auto& decisions) { execute_on(2, batch, decisions); };
    Function eye_does_ = [](const Batch&, Decisions&) {};
    std::vector<std::string> told_;
};

TEST_F(Observed, IsAllJobsAfterTheDecisionsAboutThem) {
    play_.job("x", 0, 2, delay(5)).job("y", 2, 1, delay(1), kNoWalltime, 1);
    run();
    EXPECT_THAT(told_,
                ElementsAre("0 a: begins submitted(x) no-more", "0 b: begins",
                            "0 eye: begins submitted(x) started(x)", "2 b: submitted(y) no-more",
                            "2 eye: submitted(y) started(y) no-more", "3 b: completed(y)",
                            "3 eye: completed(y)", "5 a: completed(x)", "5 eye: completed(x)"));
}

TEST_F(Observed, IsTheStartOfAJobBeforeItsEnd) {
    play_.job("x", 1, 1, delay(0)).job("y", 1, 1, delay(0), kNoWalltime, 1);
    run();
    EXPECT_THAT(seen(),
                ElementsAre("0 begins", "1 submitted(x) submitted(y) started(x) started(y) no-more",
                            "1 completed(x) completed(y)"));
}

TEST_F(Observed, IsTheStartOfAJobBeforeItsEndAlsoIfTheObserverIsLate) {
    eye_does_ = [](const Batch& batch, Decisions& decisions) {
        if (batch.date == 0) decisions.delay(7);
    };
    play_.job("x", 1, 1, delay(2)).job("y", 4, 1, delay(5), kNoWalltime, 1);
    run();
    EXPECT_THAT(seen(),
                ElementsAre("0 begins", "7 submitted(x) submitted(y) started(x) started(y) no-more",
                            "7 completed(x)", "9 completed(y)"));
}

TEST_F(Observed, AreJobsThatAreRejected) {
    a_does_ = [](const Batch& batch, Decisions& decisions) {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                decisions.reject_job(submitted->job->id, "too late");
    };
    play_.job("x", 3, 1, delay(1));
    run();
    EXPECT_THAT(seen(), ElementsAre("0 begins", "3 submitted(x) rejected(x, too late) no-more"));
    EXPECT_EQ(play_.result("x").end, JobEnd::kRejected);
}

TEST_F(Observed, AreAllHosts) {
    play_.external_events = {{2, ExternalEvent::Kind::kUnavailable, HostSet::range(1, 2), "", ""}};
    play_.job("x", 0, 1, delay(5));
    run();
    EXPECT_THAT(told_, ::testing::IsSupersetOf({"2 a: unavailable(1)", "2 b: unavailable(2)",
                                                "2 eye: unavailable(1-2)"}));
}

TEST_F(Observed, AreNotTheCallsOfOthers) {
    a_does_ = [](const Batch& batch, Decisions& decisions) {
        execute_on(0, batch, decisions);
        CallId call = 0;
        if (batch.date == 0) decisions.call_me_later(1, 0, call);
    };
    play_.job("x", 0, 1, delay(5));
    run();
    EXPECT_THAT(seen(), ElementsAre("0 begins submitted(x) started(x) no-more", "5 completed(x)"));
}

TEST_F(Observed, CanBeLookedUpButNotDecidedAbout) {
    eye_does_ = [](const Batch& batch, Decisions& decisions) {
        const JobRecord* job = nullptr;
        if (batch.date == 2 || batch.date == 5) {
            EXPECT_EQ(decisions.find_job(0, job), Status::kOk);
            double seconds = 0;
            EXPECT_EQ(decisions.estimate_run_time(0, HostSet::range(3, 3), seconds), Status::kOk);
            EXPECT_EQ(decisions.kill_jobs({0}),
                      batch.date == 2 ? Status::kNotOwner : Status::kAlreadyGone);
            EXPECT_EQ(decisions.annotate_job(1, "{}"), Status::kNotOwner);
            EXPECT_THAT(decisions.why(), HasSubstr("'w1!y' belongs to another scheduler"));
        }
        EXPECT_EQ(decisions.find_job(0, job), batch.date == 9 ? Status::kAlreadyGone : Status::kOk);
    };
    play_.job("x", 0, 1, delay(5)).job("y", 2, 1, delay(7), kNoWalltime, 1);
    run();
    EXPECT_EQ(seen().size(), 4U);
}

TEST_F(Observed, AreGoneForTheirOwnersAlsoWhileTheObserverHasNotHeard) {
    eye_does_ = [](const Batch& batch, Decisions& decisions) {
        if (batch.date == 0) decisions.delay(10);
    };
    a_does_ = [](const Batch& batch, Decisions& decisions) {
        execute_on(0, batch, decisions);
        const JobRecord* job = nullptr;
        EXPECT_EQ(decisions.find_job(0, job), batch.date >= 3 ? Status::kAlreadyGone : Status::kOk);
    };
    play_.job("x", 0, 1, delay(2))
        .job("z", 3, 1, delay(1))
        .job("y", 1, 1, delay(1), kNoWalltime, 1);
    run();
    EXPECT_THAT(play_.collector.order, ElementsAre("x", "y", "z"));
    EXPECT_THAT(seen(), ElementsAre("0 begins submitted(x) started(x)",
                                    "10 completed(x) submitted(y) submitted(z) started(y) "
                                    "started(z) no-more",
                                    "10 completed(y) completed(z)"));
}

TEST_F(Observed, AreAnObserversOwnJobsLikeAllOthers) {
    FunctionScheduler owner(noting("eye", [](const Batch& batch, Decisions& decisions) {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event)) {
                if (submitted->job->job.name() == "x")
                    decisions.execute_job(submitted->job->id, HostSet::range(0, 0));
                else
                    decisions.reject_job(submitted->job->id, "");
            }
    }));
    SchedulerRole role{"eye", &owner, HostSet::range(0, 1), {0}};
    role.observes = true;
    play_.job("x", 1, 1, delay(2)).job("y", 1, 1, delay(2));
    EXPECT_EQ(play_.run({role}).reason, EndReason::kFinished);
    EXPECT_THAT(seen(), ElementsAre("0 begins", "1 submitted(x) submitted(y) no-more",
                                    "1 rejected(y, ) started(x)", "3 completed(x)"));
    EXPECT_THAT(play_.collector.order, ElementsAre("y", "x"));
}

TEST_F(Observed, KeepTheSimulationAliveWhileTheObserverRegisters) {
    play_.job("x", 0, 1, delay(2));
    FunctionScheduler a(a_does_);
    FunctionScheduler user(noting("eye", [](const Batch& batch, Decisions& decisions) {
        JobId id = 0;
        NewJob next;
        next.workload = "w0";
        next.profile = "w0!p";
        for (const Event& event : batch.events) {
            if (!std::holds_alternative<JobCompleted>(event) || batch.date > 5) continue;
            next.name = "after" + number_text(batch.date);
            ASSERT_EQ(decisions.register_job(next, id), Status::kOk) << decisions.why();
            if (batch.date > 2) decisions.finish_registration();
        }
    }));
    SchedulerRole role{"eye", &user, {}, {}};
    role.observes = role.registers = true;
    play_.profiles = {{"w0!p", delay(3)}};
    play_.run({{"a", &a, HostSet::range(0, 1), {0}}, role});
    EXPECT_THAT(play_.collector.order, ElementsAre("x", "after2", "after5"));
    EXPECT_EQ(play_.result("after5").end_time, 8);
}

} // namespace
} // namespace batsim
