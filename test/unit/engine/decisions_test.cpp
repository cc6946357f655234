#include "engine/decisions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "playground.hpp"

namespace batsim {
namespace {

using ::testing::HasSubstr;

// Runs `ask` once, when two jobs, 0 for 1 host and 1 for 2 hosts, wait on a machine of 4 hosts.
void with_two_jobs(const FunctionScheduler::Function& ask) {
    Playground play(4);
    play.job("small", 0, 1, delay(1)).job("large", 0, 2, compute({4, 8}));
    play.run([&](const Batch& batch, Decisions& decisions) {
        if (batch.date > 0) return;
        ask(batch, decisions);
        decisions.stop("");
    });
}

TEST(Decisions, TakeHostsAtOnce) {
    with_two_jobs([](const Batch&, Decisions& decisions) {
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(1, 1)), Status::kOk);
        EXPECT_FALSE(decisions.is_free(1));
        EXPECT_EQ(decisions.execute_job(1, HostSet::range(1, 2)), Status::kHostsBusy);
        EXPECT_THAT(decisions.why(),
                    HasSubstr("job 'w0!large' cannot run on hosts 1: job 'w0!small' has 1"));
        EXPECT_EQ(decisions.execute_job(1, HostSet::range(2, 3)), Status::kOk);
    });
}

TEST(Decisions, RefuseAJobThatIsNotWaiting) {
    with_two_jobs([](const Batch&, Decisions& decisions) {
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(0, 0)), Status::kOk);
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(1, 1)), Status::kWrongState);
        EXPECT_THAT(decisions.why(),
                    HasSubstr("job 'w0!small' has been executed or rejected already"));
        EXPECT_EQ(decisions.reject_job(0, "late"), Status::kWrongState);
    });
}

TEST(Decisions, RefuseUnknownJobs) {
    with_two_jobs([](const Batch&, Decisions& decisions) {
        EXPECT_EQ(decisions.execute_job(2, HostSet::range(0, 0)), Status::kUnknownId);
        EXPECT_THAT(decisions.why(), HasSubstr("no job with the id 2"));
        const JobRecord* job = nullptr;
        EXPECT_EQ(decisions.find_job(2, job), Status::kUnknownId);
        EXPECT_EQ(decisions.find_job(1, job), Status::kOk);
        EXPECT_EQ(job->job.name(), "large");
    });
}

TEST(Decisions, SayThatAJobThatIsOverIsGone) {
    Playground play(1);
    play.job("a", 0, 1, delay(1)).job("b", 5, 1, delay(1));
    play.run([](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        if (batch.date != 5) return;
        const JobRecord* job = nullptr;
        EXPECT_EQ(decisions.find_job(0, job), Status::kAlreadyGone);
        EXPECT_EQ(decisions.annotate_job(0, "{}"), Status::kAlreadyGone);
    });
}

TEST(Decisions, RefuseTheWrongNumberOfHosts) {
    with_two_jobs([](const Batch&, Decisions& decisions) {
        EXPECT_EQ(decisions.execute_job(1, HostSet::range(0, 2)), Status::kInvalidArgument);
        EXPECT_THAT(decisions.why(), HasSubstr("job 'w0!large' needs 2 hosts, was given 3"));
        EXPECT_EQ(decisions.execute_job(1, HostSet()), Status::kInvalidArgument);
    });
}

TEST(Decisions, GiveAMoldableJobAnyNumberOfHostsThatItAccepts) {
    Playground play(6);
    for (const char* name : {"a with fewer", "b as requested", "c with more"})
        play.job(name, 0, 2, compute_in_all(12)).moldable(1, 3);
    play.run([](const Batch& batch, Decisions& decisions) {
        if (batch.date > 0) return;
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(0, 0)), Status::kOk);
        EXPECT_EQ(decisions.execute_job(1, HostSet::range(1, 2)), Status::kOk);
        EXPECT_EQ(decisions.execute_job(2, HostSet::range(3, 5)), Status::kOk);
    });
    EXPECT_EQ(play.result("a with fewer").end_time, 12);
    EXPECT_EQ(play.result("b as requested").end_time, 6);
    EXPECT_EQ(play.result("c with more").end_time, 4);
}

TEST(Decisions, RefuseAMoldableJobMoreHostsThanItAccepts) {
    Playground play(4);
    play.job("a", 0, 2, compute_in_all(12)).moldable(2, 3);
    play.run([](const Batch& batch, Decisions& decisions) {
        if (batch.date > 0) return;
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(0, 3)), Status::kInvalidArgument);
        EXPECT_THAT(decisions.why(), HasSubstr("job 'w0!a' needs 2 to 3 hosts, was given 4"));
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(0, 0)), Status::kInvalidArgument);
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(0, 2)), Status::kOk);
    });
    EXPECT_EQ(play.result("a").end_time, 4);
}

TEST(Decisions, RefuseAMoldableJobANumberOfHostsThatItsProfileIsNotFor) {
    Playground play(4);
    play.job("a", 0, 2, compute({4, 8})).moldable(1, 4);
    play.run([](const Batch& batch, Decisions& decisions) {
        if (batch.date > 0) return;
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(0, 2)), Status::kInvalidArgument);
        EXPECT_THAT(decisions.why(), HasSubstr("has a profile for 2 ranks, was given 3"));
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(2, 3)), Status::kOk);
    });
    EXPECT_EQ(play.result("a").end_time, 8);
}

TEST(Decisions, RefuseToMapAnotherNumberOfRanksThanAnMpiProgramHas) {
    Playground play(2);
    play.job("a", 0, 2, sequence({delay(1), make_profile(MpiTraceProfile{{"0", "1", "2"}})}));
    play.run([](const Batch&, Decisions& decisions) {
        HowToExecute how;
        how.placement.rank_hosts = {0, 1};
        EXPECT_EQ(decisions.execute_job(0, HostSet::range(0, 1), how), Status::kInvalidArgument);
        EXPECT_THAT(decisions.why(), HasSubstr("has a profile for 3 ranks, was given 2"));
    });
}

TEST(Decisions, EstimateRunTimes) {
    with_two_jobs([](const Batch&, Decisions& decisions) {
        double seconds = 0;
        EXPECT_EQ(decisions.estimate_run_time(1, HostSet::range(0, 1), seconds), Status::kOk);
        EXPECT_EQ(seconds, 8);
        EXPECT_EQ(decisions.estimate_run_time(1, HostSet::range(0, 3), seconds),
                  Status::kInvalidArgument);
    });
}

TEST(Decisions, EstimateRunTimesWithTheMappingOfTheJob) {
    Playground playground(2);
    playground.job("a", 0, 2, compute({4, 6})).mapped({0, 0});
    double seconds = 0;
    playground.run([&](const Batch& batch, Decisions& decisions) {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                decisions.estimate_run_time(submitted->job->id, HostSet::range(0, 1), seconds);
        execute_at_once(batch, decisions);
    });
    EXPECT_EQ(seconds, 10);
    EXPECT_EQ(playground.result("a").end_time, 10);
}

TEST(Decisions, RefuseNonsense) {
    with_two_jobs([](const Batch&, Decisions& decisions) {
        CallId call = 0;
        EXPECT_EQ(decisions.call_me_later(-1, 0, call), Status::kInvalidArgument);
        EXPECT_EQ(decisions.call_me_later(NAN, 0, call), Status::kInvalidArgument);
        EXPECT_EQ(decisions.call_me_later(1, -1, call), Status::kInvalidArgument);
        EXPECT_EQ(decisions.call_me_later(1, INFINITY, call), Status::kInvalidArgument);
        EXPECT_EQ(decisions.delay(-1), Status::kInvalidArgument);
        EXPECT_EQ(decisions.delay(NAN), Status::kInvalidArgument);
        EXPECT_EQ(decisions.annotate_job(0, "[1]"), Status::kInvalidArgument);
        EXPECT_EQ(decisions.annotate_job(0, "{"), Status::kInvalidArgument);
    });
}

TEST(Decisions, MergeAnnotations) {
    Playground play(1);
    play.job("a", 0, 1, delay(1));
    play.run([](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        for (const Event& event : batch.events) {
            const char* json = std::holds_alternative<JobCompleted>(event)   ? R"({"b": 3})"
                               : std::holds_alternative<JobSubmitted>(event) ? R"({"a": 1, "b": 2})"
                                                                             : nullptr;
            if (json != nullptr) {
                EXPECT_EQ(decisions.annotate_job(0, json), Status::kOk);
            }
        }
    });
    EXPECT_EQ(play.result("a").metadata, R"({"a":1,"b":3})");
}

} // namespace
} // namespace batsim
