#include "engine/registration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "registration_playground.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

void expect_error(Decisions& decisions, const NewJob& job, Status status, const std::string& why) {
    JobId id = 17;
    EXPECT_EQ(decisions.register_job(job, id), status) << why;
    EXPECT_THAT(decisions.why(), HasSubstr(why));
    EXPECT_EQ(id, 17U);
}

TEST(RegisteredJobs, AreSubmittedInTheNextBatchOfTheDate) {
    Playground play(2);
    std::vector<std::string> batches;
    const Outcome outcome = play.run_registering([&](const Batch& batch, Decisions& decisions) {
        batches.push_back(std::to_string(static_cast<int>(batch.date)) + ": " + text_of(batch));
        execute_at_once(batch, decisions);
        if (!begins(batch)) return;
        JobId id = 0;
        EXPECT_EQ(decisions.register_profile("s0!p", kSecond), Status::kOk);
        EXPECT_EQ(decisions.register_job(new_job("x"), id), Status::kOk);
        EXPECT_EQ(id, kFirstRegisteredJob);
        EXPECT_EQ(decisions.finish_registration(), Status::kOk);
    });
    EXPECT_THAT(batches, ElementsAre("0: begins no-more", "0: submitted(x)", "1: completed(x)"));
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(play.result("x").full_name, "s0!x");
    EXPECT_EQ(play.result("x").end_time, 1);
}

TEST(RegisteredJobs, HaveIdsOfTheirOwnBesideThoseOfWorkloadFiles) {
    Playground play(4);
    play.job("a", 0, 1, delay(1)).job("b", 5, 1, delay(1));
    play.run_registering([&](const Batch& batch, Decisions& decisions) {
        JobId first = 0, second = 0;
        if (begins(batch)) {
            decisions.register_profile("s0!p", kSecond);
            decisions.register_job(new_job("x"), first);
            decisions.register_job(new_job("y"), second);
            decisions.finish_registration();
            EXPECT_EQ(first, JobId{1} << 32);
            EXPECT_EQ(second, first + 1);
        }
        HostId host = 0;
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event)) {
                while (!decisions.is_free(host)) ++host;
                decisions.execute_job(submitted->job->id, HostSet::range(host, host));
            }
    });
    EXPECT_EQ(play.result("a").id, 0U);
    EXPECT_EQ(play.result("b").id, 1U);
    EXPECT_THAT(play.collector.order, ElementsAre("a", "x", "y", "b"));
}

TEST(RegisteredJobs, AreSubmittedWhenADelayedDecisionTakesEffect) {
    Playground play(1);
    double submitted = -1, heard = -1;
    const Outcome outcome = play.run_registering([&](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        if (batch.date > 0 && heard < 0) {
            heard = batch.date;
            submitted = std::get<JobSubmitted>(batch.events.front()).job->job.submit_time;
        }
        if (!begins(batch)) return;
        JobId id = 0;
        decisions.register_profile("s0!p", kSecond);
        decisions.register_job(new_job("x"), id);
        decisions.finish_registration();
        decisions.delay(2.5);
    });
    EXPECT_EQ(heard, 2.5);
    EXPECT_EQ(submitted, 2.5);
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(play.result("x").end_time, 3.5);
}

TEST(RegisteredJobs, CannotBeUsedBeforeTheyAreSubmitted) {
    with_profile([](Decisions& decisions) {
        JobId id = 0;
        ASSERT_EQ(decisions.register_job(new_job("x"), id), Status::kOk);
        const JobRecord* job = nullptr;
        EXPECT_EQ(decisions.find_job(id, job), Status::kWrongState);
        EXPECT_THAT(decisions.why(), HasSubstr("job 's0!x' has not been submitted yet"));
        EXPECT_EQ(decisions.execute_job(id, HostSet::range(0, 0)), Status::kWrongState);
        EXPECT_EQ(decisions.find_job(id + 1, job), Status::kUnknownId);
    });
}

TEST(RegisteredJobs, GoToTheOwnerOfTheirWorkload) {
    Playground play(2);
    play.job("a", 0, 1, delay(1)).job("b", 0, 1, delay(1), kNoWalltime, 1);
    std::vector<std::string> heard;
    FunctionScheduler generator([&](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        if (!begins(batch)) return;
        JobId id = 0;
        decisions.register_profile("s0!p", kSecond);
        for (const char* workload : {"w1", "s1"}) {
            NewJob job = new_job(std::string("for-") + workload);
            job.workload = workload;
            EXPECT_EQ(decisions.register_job(job, id), Status::kOk);
        }
        EXPECT_EQ(decisions.execute_job(id, HostSet::range(0, 0)), Status::kNotOwner);
        decisions.finish_registration();
    });
    FunctionScheduler runner([&](const Batch& batch, Decisions& decisions) {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event)) {
                heard.push_back(submitted->job->job.full_name);
                decisions.reject_job(submitted->job->id, "");
            }
    });
    const Outcome outcome = play.run({{"s0", &generator, HostSet::range(0, 0), {0}, false, true},
                                      {"s1", &runner, HostSet::range(1, 1), {1}}});
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_THAT(heard, ElementsAre("w1!b", "w1!for-w1", "s1!for-s1"));
}

TEST(RegisteredJobs, MayHaveAParentThatIsOver) {
    Playground play(1);
    play.job("a", 0, 1, delay(1));
    std::optional<JobId> parent;
    play.run_registering([&](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        CallId call = 0;
        if (begins(batch)) decisions.call_me_later(5, 0, call);
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                parent = submitted->job->parent;
        if (batch.date != 5 || parent) return;
        decisions.register_profile("s0!p", kSecond);
        NewJob again = new_job("again");
        again.parent = 0;
        JobId id = 0;
        EXPECT_EQ(decisions.register_job(again, id), Status::kOk);
        decisions.finish_registration();
    });
    EXPECT_EQ(parent, 0U);
}

TEST(RegisteredJobs, AreRefusedIfTheyAreWrong) {
    with_profile([](Decisions& decisions) {
        const auto refuse = [&](const std::function<void(NewJob&)>& change, const char* why,
                                Status status = Status::kInvalidArgument) {
            NewJob job = new_job("x");
            change(job);
            expect_error(decisions, job, status, why);
        };
        refuse([](NewJob& job) { job.name = ""; }, "the name of a job must be a text without '!'");
        refuse([](NewJob& job) { job.name = "s0!x"; }, "without '!', is 's0!x'");
        refuse([](NewJob& job) { job.name = "caf\xe9"; }, "must be UTF-8");
        refuse([](NewJob& job) { job.workload = "w7"; }, "there is no workload 'w7'",
               Status::kUnknownId);
        refuse([](NewJob& job) { job.profile = "s0!q"; }, "there is no profile 's0!q'",
               Status::kUnknownId);
        refuse([](NewJob& job) { job.requested_hosts = 0; },
               "requested_hosts must be from 1 to 100000000, is 0");
        refuse([](NewJob& job) { job.min_hosts = 2; },
               "must have min_hosts <= requested_hosts <= max_hosts, has 2, 1 and 1");
        refuse([](NewJob& job) { job.walltime = 0; }, "the walltime must be > 0, is 0");
        refuse([](NewJob& job) { job.walltime = NAN; }, "the walltime must be > 0, is nan");
        refuse([](NewJob& job) { job.extra_json = "{"; },
               "the extra data of job 's0!x': not valid JSON");
        refuse([](NewJob& job) { job.extra_json = "[1]"; }, "must be a JSON object, are [1]");
        refuse([](NewJob& job) { job.extra_json = std::string(300, '['); }, "nested too deep");
        refuse([](NewJob& job) { job.extra_json = R"({"smpi_ranks_to_hosts_mapping": [1]})"; },
               "/smpi_ranks_to_hosts_mapping/0: must be <= 0, is 1");
        refuse([](NewJob& job) { job.parent = 99; }, "no job with the id 99 to be the parent",
               Status::kUnknownId);
        JobId id = 0;
        EXPECT_EQ(decisions.register_job(new_job("x"), id), Status::kOk);
        refuse([](NewJob&) {}, "there is or was another job 's0!x'");
    });
}

TEST(RegisteredJobs, CannotTakeTheNameOfAJobThatHasBeenSubmitted) {
    with_profile([](Decisions& decisions) {
        NewJob job = new_job("a");
        job.workload = "w0";
        expect_error(decisions, job, Status::kInvalidArgument,
                     "there is or was another job 'w0!a'");
    });
}

TEST(RegisteredJobs, MustNotHaveTakenTheNameOfALaterJob) {
    Playground play(1);
    play.job("late", 5, 1, delay(1));
    const Outcome outcome = play.run_registering([](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        if (!begins(batch)) return;
        NewJob job = new_job("late");
        job.workload = "w0";
        JobId id = 0;
        decisions.register_profile("s0!p", kSecond);
        EXPECT_EQ(decisions.register_job(job, id), Status::kOk);
    });
    EXPECT_EQ(outcome.reason, EndReason::kFailed);
    EXPECT_EQ(outcome.error->code(), ExitCode::kPlugin);
    EXPECT_THAT(outcome.error->what(),
                HasSubstr("job 'w0!late' of the workload file cannot be submitted: scheduler 's0' "
                          "has registered another job 'w0!late' before"));
}

TEST(RegisteredJobs, OfAnUnknownTypeCannotBeExecuted) {
    Playground play(1);
    play.run_registering([](const Batch& batch, Decisions& decisions) {
        JobId id = 0;
        if (begins(batch)) {
            EXPECT_EQ(decisions.register_profile("s0!p", R"({"type": "quantum"})"), Status::kOk);
            EXPECT_EQ(decisions.register_job(new_job("x"), id), Status::kOk);
            return;
        }
        EXPECT_EQ(decisions.execute_job(kFirstRegisteredJob, HostSet::range(0, 0)),
                  Status::kUnsupported);
        EXPECT_THAT(decisions.why(), HasSubstr("unknown type 'quantum'"));
        decisions.stop("");
    });
}

TEST(Registration, NeedsTheFeature) {
    Playground play(1);
    play.job("a", 0, 1, delay(1));
    const Outcome outcome = play.run([](const Batch& batch, Decisions& decisions) {
        JobId id = 0;
        execute_at_once(batch, decisions);
        EXPECT_EQ(decisions.register_profile("s0!p", kSecond), Status::kWrongState);
        EXPECT_EQ(decisions.release_profile("s0!p"), Status::kWrongState);
        EXPECT_EQ(decisions.register_job(new_job("x"), id), Status::kWrongState);
        EXPECT_EQ(decisions.finish_registration(), Status::kWrongState);
        EXPECT_THAT(decisions.why(), HasSubstr("has not asked for the feature REGISTRATION"));
    });
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
}

TEST(Registration, IsOverOnceItIsFinished) {
    with_profile([](Decisions& decisions) {
        JobId id = 0;
        EXPECT_EQ(decisions.finish_registration(), Status::kOk);
        EXPECT_EQ(decisions.finish_registration(), Status::kWrongState);
        EXPECT_EQ(decisions.release_profile("s0!p"), Status::kWrongState);
        EXPECT_EQ(decisions.register_job(new_job("x"), id), Status::kWrongState);
        EXPECT_THAT(decisions.why(), HasSubstr("has called finish_registration before"));
    });
}

TEST(Registration, KeepsTheSimulationFromFinishing) {
    Playground play(1);
    play.job("a", 0, 1, delay(1));
    const Outcome outcome = play.run_registering(execute_at_once);
    EXPECT_EQ(outcome.reason, EndReason::kStalled);
    EXPECT_EQ(outcome.date, 1);
    EXPECT_THAT(outcome.registering, ElementsAre("s0"));
    EXPECT_TRUE(outcome.waiting_jobs.empty());
}

TEST(Registration, StallsIfNothingButPeriodicCallsGoesOn) {
    Playground play(1);
    const Outcome outcome = play.run_registering([](const Batch& batch, Decisions& decisions) {
        CallId call = 0;
        if (begins(batch)) decisions.call_me_later(1, 1, call);
    });
    EXPECT_EQ(outcome.reason, EndReason::kStalled);
    EXPECT_THAT(outcome.registering, ElementsAre("s0"));
}

TEST(Registration, LastsUntilEverySchedulerHasFinishedIt) {
    Playground play(2);
    const auto finish_at = [](double date) {
        return [date](const Batch& batch, Decisions& decisions) {
            CallId call = 0;
            if (begins(batch) && date > 0) decisions.call_me_later(date, 0, call);
            if (batch.date == date) decisions.finish_registration();
        };
    };
    FunctionScheduler first(finish_at(0)), second(finish_at(8));
    const Outcome outcome = play.run({{"s0", &first, HostSet::range(0, 0), {}, false, true},
                                      {"s1", &second, HostSet::range(1, 1), {}, false, true}});
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(outcome.date, 8);
}

} // namespace
} // namespace batsim
