#include "compare/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "compare/comparison_files.hpp"
#include "compare/comparison_text.hpp"

namespace batsim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

RunResult completed(double mean_waiting_time, const std::string& schedule) {
    RunResult run;
    run.state = RunResult::State::kCompleted;
    run.exit_code = 0;
    run.values[RunMetric::kMeanWaitingTime] = mean_waiting_time;
    run.values[RunMetric::kSucceeded] = 7;
    run.values[RunMetric::kKilled] = 0;
    run.values[RunMetric::kDecisionTime] = 2e-6;
    run.schedule = schedule;
    run.batch_count = 10;
    return run;
}

RunResult failed(const std::string& message) {
    RunResult run;
    run.state = RunResult::State::kFailed;
    run.exit_code = 5;
    run.message = message;
    return run;
}

Comparison comparison_of(std::vector<Contestant> contestants) {
    Comparison comparison;
    for (std::size_t i = 1; i <= contestants[0].runs.size(); ++i) comparison.seeds.push_back(i);
    comparison.job_count = 7;
    comparison.host_count = 4;
    comparison.contestants = std::move(contestants);
    return comparison;
}

// Differences of 1, 2 and 3 between runs that differ much more from seed to seed.
Comparison paired() {
    return comparison_of(
        {{"fcfs", "fcfs", "", {completed(10, "a"), completed(200, "b"), completed(3000, "c")}},
         {"easy", "easy", "", {completed(9, "d"), completed(198, "e"), completed(2997, "f")}}});
}

TEST(Comparison, PairsRunsOfTheSameSeed) {
    const auto summaries = paired().summaries();
    const auto& difference = summaries[1].differences[RunMetric::kMeanWaitingTime];
    EXPECT_EQ(difference->mean, -2);
    EXPECT_NEAR(*difference->half_width, 2.48414, 1e-5); // 4.30265 / sqrt(3)
    EXPECT_FALSE(summaries[0].differences[RunMetric::kMeanWaitingTime]);
    EXPECT_GT(*summaries[1].means[RunMetric::kMeanWaitingTime]->half_width, 1000);
}

TEST(Comparison, LeavesOutRunsThatHaveFailed) {
    Comparison comparison = paired();
    comparison.contestants[0].runs[1] = failed("crashed");
    const auto summaries = comparison.summaries();
    EXPECT_EQ(summaries[0].completed, 2U);
    EXPECT_EQ(summaries[0].failed, 1U);
    EXPECT_EQ(summaries[0].means[RunMetric::kMeanWaitingTime]->mean, 1505);
    EXPECT_EQ(summaries[1].completed, 3U);
    EXPECT_EQ(summaries[1].differences[RunMetric::kMeanWaitingTime]->count, 2U);
    EXPECT_EQ(summaries[1].differences[RunMetric::kMeanWaitingTime]->mean, -2);
    EXPECT_EQ(comparison.count_of(RunResult::State::kFailed), 1U);
}

TEST(Comparison, GathersFailuresOfTheSameCause) {
    const Comparison comparison = comparison_of(
        {{"bad", "bad.so", "", {failed("crashed"), failed("stalled"), failed("crashed")}}});
    const std::vector<Failures> failures = comparison.summaries()[0].failures;
    ASSERT_EQ(failures.size(), 2U);
    EXPECT_EQ(failures[0].message, "crashed");
    EXPECT_EQ(failures[0].seeds, (std::vector<std::uint64_t>{1, 3}));
    EXPECT_FALSE(comparison.summaries()[0].means[RunMetric::kSucceeded]);
}

TEST(Comparison, NoticesSchedulesThatAreTheSame) {
    const auto summaries = comparison_of({{"a", "a", "", {completed(1, "x"), completed(1, "x")}},
                                          {"b", "b", "", {completed(1, "x"), completed(2, "y")}},
                                          {"c", "c", "", {completed(1, "x"), completed(1, "x")}}})
                               .summaries();
    EXPECT_TRUE(summaries[0].same_with_all_seeds);
    EXPECT_FALSE(summaries[1].same_with_all_seeds);
    EXPECT_FALSE(summaries[1].same_as);
    EXPECT_EQ(summaries[2].same_as, 0U);
}

TEST(Comparison, TakesNoFailuresForTheSameSchedule) {
    const auto summaries = comparison_of({{"a", "a", "", {failed("x"), failed("x")}},
                                          {"b", "b", "", {failed("x"), failed("x")}}})
                               .summaries();
    EXPECT_FALSE(summaries[0].same_with_all_seeds);
    EXPECT_FALSE(summaries[1].same_as);
}

TEST(ComparisonText, ShowsMeansAndDifferences) {
    const std::string text = comparison_text(paired());
    EXPECT_THAT(text, StartsWith("2 schedulers on 7 jobs and 4 hosts, 3 seeds (1-3)\n"));
    EXPECT_THAT(text, HasSubstr("  mean waiting time [s]        1070.00 +- 4158.76"));
    EXPECT_THAT(text, HasSubstr("  mean waiting time [s]        -2.00 +- 2.48\n"));
    EXPECT_THAT(text, HasSubstr("  jobs succeeded  "));
    EXPECT_THAT(text, Not(HasSubstr("jobs killed")));
}

TEST(ComparisonText, HasNoIntervalsForOneSeed) {
    const std::string text = comparison_text(comparison_of(
        {{"fcfs", "fcfs", "", {completed(10, "a")}}, {"easy", "easy", "{}", {completed(4, "b")}}}));
    EXPECT_THAT(text, HasSubstr("\nResults\n"));
    EXPECT_THAT(text, HasSubstr("\nDifferences from fcfs\n"));
    EXPECT_THAT(text, HasSubstr("easy       1 of 1  easy {}\n"));
    EXPECT_THAT(text, Not(HasSubstr("+-")));
    EXPECT_THAT(text, HasSubstr(" -6.00\n"));
}

TEST(ComparisonText, MarksDifferencesWhoseIntervalsLeaveOutZero) {
    const std::string text = comparison_text(
        comparison_of({{"fcfs", "fcfs", "", {completed(10, "a"), completed(20, "b")}},
                       {"easy", "easy", "", {completed(4, "c"), completed(13.9, "d")}}}));
    EXPECT_THAT(text, HasSubstr("-6.05 +- 0.64 *\n"));
}

TEST(ComparisonText, HasARowWithTheReasonForAFailedScheduler) {
    const std::string text = comparison_text(
        comparison_of({{"fcfs", "fcfs", "", {completed(10, "a"), completed(9, "b")}},
                       {"bad", "./bad.so", "", {failed("crashed\nat x"), failed("no")}}}));
    EXPECT_THAT(text, HasSubstr("bad        0 of 2  ./bad.so\n"
                                "                   failed with seed 1: crashed\n"
                                "                   failed with seed 2: no\n"));
}

TEST(ComparisonText, SaysWhenSeedsMakeNoDifference) {
    const auto same = [] {
        return comparison_of({{"a", "a", "", {completed(1, "x"), completed(1, "x")}},
                              {"b", "b", "", {completed(1, "x"), completed(1, "x")}}});
    };
    const std::string text = comparison_text(same());
    EXPECT_THAT(text, HasSubstr("all seeds give the same schedule\n"));
    EXPECT_THAT(text, HasSubstr("the same schedules as a\n"));
    EXPECT_THAT(text, HasSubstr("--shake makes the runs differ."));
}

TEST(ComparisonText, IsAtMostAHundredColumnsWide) {
    std::vector<Contestant> contestants;
    for (int i = 0; i < 12; ++i)
        contestants.push_back({"scheduler-" + std::to_string(i),
                               "x",
                               "",
                               {completed(1e7 * i, std::to_string(i)), completed(3e7, "s")}});
    contestants.push_back({"bad", "bad", "",
                           std::vector<RunResult>(2, failed("a long story " + std::string(9, 'x') +
                                                            " that goes on and on and on until the "
                                                            "line is over, and then on"))});
    const std::string text = comparison_text(comparison_of(contestants));
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
        EXPECT_LE(end - begin, 100U) << text.substr(begin, end - begin);
    EXPECT_THAT(text, HasSubstr("scheduler-11"));
}

TEST(ComparisonMarkdown, EscapesWhatMarkdownWouldTakeForItself) {
    const std::string text = comparison_markdown(
        comparison_of({{"a_b", "a|b.so", "{}", {completed(1, "x")}}}), RealTimeRows::kLeftOut);
    EXPECT_THAT(text, HasSubstr("| a\\_b | 1 of 1 | a\\|b.so \\{\\} |  |\n"));
    EXPECT_THAT(text, HasSubstr("| mean waiting time \\[s\\] | 1.00 |\n"));
    EXPECT_THAT(text, Not(HasSubstr("real time")));
}

TEST(ComparisonCsv, HasARowForEachScheduler) {
    Comparison comparison = paired();
    comparison.contestants[1].runs[2] = failed("a, \"b\"");
    const std::string text = comparison_csv(comparison, RealTimeRows::kLeftOut);
    EXPECT_THAT(text, StartsWith("scheduler,plugin,configuration,runs,completed,failed,message,"
                                 "same_with_all_seeds,same_as,makespan_mean,makespan_half_width,"));
    EXPECT_THAT(text, HasSubstr("\neasy,easy,,3,2,1,\"a, \"\"b\"\"\",0,,,,,,103.5,"));
    EXPECT_THAT(text, Not(HasSubstr("decision_time")));
    EXPECT_THAT(comparison_csv(comparison, RealTimeRows::kShown), HasSubstr("decision_time_mean"));
}

TEST(ComparisonJson, HasNullForWhatIsNotKnown) {
    const Json json = Json::parse(comparison_json(paired(), RealTimeRows::kLeftOut));
    EXPECT_EQ(json["seeds"], Json({1, 2, 3}));
    const Json& easy = json["schedulers"][1]["metrics"];
    EXPECT_EQ(easy["mean_waiting_time"]["difference"]["mean"], -2);
    EXPECT_EQ(easy["mean_waiting_time"]["difference"]["seeds"], 3);
    EXPECT_TRUE(easy["energy"]["mean"].is_null());
    EXPECT_FALSE(easy.contains("decision_time"));
}

TEST(RunsCsv, HasARowForEachRun) {
    Comparison comparison = paired();
    comparison.contestants[1].runs[1] = failed("crashed");
    const std::string text = runs_csv(comparison);
    EXPECT_THAT(text, HasSubstr("\nfcfs,1,completed,0,,,10,"));
    EXPECT_THAT(text, HasSubstr("\neasy,2,failed,5,crashed,,,"));
    EXPECT_THAT(real_times_csv(comparison), HasSubstr("\nfcfs,1,0,0,10,2e-06\n"));
}

TEST(RunResult, ReadsBackWhatWasSent) {
    RunResult result = completed(0.1, "abc");
    result.message = "caf\xe9";
    const auto read = read_run_result(to_text(result));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->state, RunResult::State::kCompleted);
    EXPECT_EQ(read->values[RunMetric::kMeanWaitingTime], 0.1);
    EXPECT_FALSE(read->values[RunMetric::kEnergy]);
    EXPECT_EQ(read->schedule, "abc");
    EXPECT_EQ(read->batch_count, 10U);
}

TEST(RunResult, IsNotReadFromADamagedText) {
    const std::string text = to_text(completed(0.1, "abc"));
    EXPECT_FALSE(read_run_result(""));
    EXPECT_FALSE(read_run_result(text.substr(0, text.size() / 2)));
    EXPECT_FALSE(read_run_result("{}"));
    EXPECT_FALSE(read_run_result(R"({"state": "happy"})"));
}

TEST(SeedsText, JoinsSeedsThatFollowEachOther) {
    EXPECT_EQ(seeds_text({7}), "7");
    EXPECT_EQ(seeds_text({1, 2, 3, 7, 9, 10}), "1-3,7,9-10");
    EXPECT_EQ(seeds_text({3, 2, 1}), "3,2,1");
}

} // namespace
} // namespace batsim
