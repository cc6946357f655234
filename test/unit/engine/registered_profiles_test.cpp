#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registration_playground.hpp"

namespace batsim {
namespace {

using ::testing::HasSubstr;

TEST(RegisteredProfiles, MayConsistOfEarlierOnesAndOfThoseOfWorkloadFiles) {
    with_profile([](Decisions& decisions) {
        EXPECT_EQ(decisions.register_profile(
                      "s0!both", R"({"type": "composed", "seq": ["p", "w0!p"], "repeat": 3})"),
                  Status::kOk);
        JobId id = 0;
        EXPECT_EQ(decisions.register_job(new_job("x", "s0!both"), id), Status::kOk);
    });
}

TEST(RegisteredProfiles, MayBelongToTheWorkloadOfAFile) {
    at_the_beginning([](Decisions& decisions) {
        EXPECT_EQ(decisions.register_profile("w0!new", R"({"type": "composed", "seq": ["p"]})"),
                  Status::kOk);
    });
}

TEST(RegisteredProfiles, AreRefusedIfTheyAreWrong) {
    with_profile([](Decisions& decisions) {
        const auto refuse = [&](const char* name, const std::string& json, const char* why,
                                Status status = Status::kInvalidArgument) {
            EXPECT_EQ(decisions.register_profile(name, json), status);
            EXPECT_THAT(decisions.why(), HasSubstr(why));
        };
        refuse("q", kSecond, "must be \"workload!profile\", is 'q'");
        refuse("w7!q", kSecond, "there is no workload 'w7'", Status::kUnknownId);
        refuse("s0!", kSecond, "must be a text without '!', is ''");
        refuse("s0!a!b", kSecond, "without '!', is 'a!b'");
        refuse("s0!p", kSecond, "there is a profile 's0!p' already");
        refuse("w0!p", kSecond, "there is a profile 'w0!p' already");
        refuse("s0!caf\xe9", kSecond, "must be UTF-8");
        refuse("s0!q", "{oops", "profile 's0!q': not valid JSON");
        refuse("s0!q", "[]", "profile 's0!q': must be an object, is []");
        refuse("s0!q", std::string(300, '['), "nested more than 200 deep");
        refuse("s0!q", R"({"delay": 1})", "profile 's0!q': has no 'type'");
        refuse("s0!q", R"({"type": "delay", "delay": -1})",
               "profile 's0!q': /delay: must be >= 0, is -1");
        refuse("s0!q", R"({"type": "composed", "seq": ["q"]})",
               "profile 's0!q': /seq/0: there is no profile 's0!q'");
    });
}

TEST(RegisteredProfiles, CannotBeNestedWithoutLimit) {
    with_profile([](Decisions& decisions) {
        std::string element = "p";
        Status status = Status::kOk;
        for (int i = 0; status == Status::kOk && i < 1001; ++i) {
            const std::string name = "n" + std::to_string(i);
            status = decisions.register_profile(
                "s0!" + name, R"({"type": "composed", "seq": [")" + element + "\"]}");
            element = name;
        }
        EXPECT_EQ(status, Status::kInvalidArgument);
        EXPECT_THAT(decisions.why(), HasSubstr("nested more than 1000 deep"));
    });
}

TEST(RegisteredProfiles, StayWithTheirJobsWhenTheyAreReleased) {
    Playground play(1);
    const Outcome outcome = play.run_registering([](const Batch& batch, Decisions& decisions) {
        execute_at_once(batch, decisions);
        if (!begins(batch)) return;
        JobId id = 0;
        decisions.register_profile("s0!p", kSecond);
        decisions.register_job(new_job("x"), id);
        EXPECT_EQ(decisions.release_profile("s0!p"), Status::kOk);
        EXPECT_EQ(decisions.release_profile("s0!p"), Status::kUnknownId);
        EXPECT_EQ(decisions.register_job(new_job("y"), id), Status::kUnknownId);
        EXPECT_EQ(decisions.register_profile("s0!p", R"({"type": "delay", "delay": 7})"),
                  Status::kOk);
        decisions.finish_registration();
    });
    EXPECT_EQ(outcome.reason, EndReason::kFinished);
    EXPECT_EQ(play.result("x").end_time, 1);
}

TEST(RegisteredProfiles, AreTheOnlyOnesThatCanBeReleased) {
    at_the_beginning([](Decisions& decisions) {
        EXPECT_EQ(decisions.release_profile("w0!p"), Status::kInvalidArgument);
        EXPECT_THAT(decisions.why(), HasSubstr("is of a workload file and cannot be released"));
    });
}

TEST(RegisteredProfiles, AreReleasedByTheSchedulerThatHasRegisteredThem) {
    Playground play(2);
    FunctionScheduler first([](const Batch& batch, Decisions& decisions) {
        if (begins(batch)) decisions.register_profile("s0!p", kSecond);
    });
    FunctionScheduler second([](const Batch& batch, Decisions& decisions) {
        if (!begins(batch)) return;
        EXPECT_EQ(decisions.release_profile("s0!p"), Status::kNotOwner);
        decisions.stop("");
    });
    play.run({{"s0", &first, HostSet::range(0, 0), {}, false, true},
              {"s1", &second, HostSet::range(1, 1), {}, false, true}});
}

} // namespace
} // namespace batsim
