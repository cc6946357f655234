#include "output/metrics.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "output/schedule_json.hpp"
#include "output/summary.hpp"

namespace batsim {
namespace {

JobRecord job(double submit, double start, double end, std::uint32_t hosts,
              JobEnd how = JobEnd::kSucceeded) {
    JobRecord record(0, 0, Job());
    record.job.submit_time = submit;
    record.start_time = start;
    record.end_time = end;
    record.hosts = HostSet::range(0, hosts - 1);
    record.end = how;
    return record;
}

TEST(Slowdown, IsUndefinedForARunTimeOfZero) {
    EXPECT_EQ(slowdown_of(job(0, 5, 10, 1)), 2);
    EXPECT_FALSE(slowdown_of(job(0, 5, 5, 1)));
}

TEST(BoundedSlowdown, TreatsShortJobsAsTenSecondsLong) {
    EXPECT_EQ(bounded_slowdown_of(job(0, 0, 1, 1)), 1);
    EXPECT_EQ(bounded_slowdown_of(job(0, 19, 20, 1)), 2);
    EXPECT_EQ(bounded_slowdown_of(job(0, 20, 40, 1)), 2);
    EXPECT_EQ(bounded_slowdown_of(job(0, 30, 30, 1)), 3);
}

class MetricsTest : public ::testing::Test {
  protected:
    MetricsTest() : metrics_(4) {
        JobRecord rejected(9, 0, Job());
        rejected.end = JobEnd::kRejected;
        metrics_.on_job_over(rejected);
        metrics_.on_job_over(job(10, 20, 40, 2));
        metrics_.on_job_over(job(10, 10, 60, 1, JobEnd::kWalltimeReached));
        metrics_.on_job_cut_off(job(50, 60, 0, 1), 70);
        Outcome outcome;
        outcome.date = 70;
        outcome.running_jobs = {"w0!x"};
        metrics_.on_simulation_over(outcome);
    }
    Metrics metrics_;
    SchedulerMetrics one_{{}}; // scheduler: no row
};

TEST_F(MetricsTest, AreAboutJobsThatStartedAndEnded) {
    EXPECT_EQ(metrics_.job_count(), 4U);
    EXPECT_EQ(metrics_.ended_count(), 2U);
    EXPECT_EQ(metrics_.killed_count(), 1U);
    EXPECT_EQ(metrics_.makespan(), 50);
    EXPECT_EQ(metrics_.waiting_time().mean(), 5);
    EXPECT_EQ(metrics_.waiting_time().maximum(), 10);
    EXPECT_EQ(metrics_.turnaround_time().mean(), 40);
    EXPECT_EQ(metrics_.slowdown().mean(), 1.25);
    EXPECT_EQ(metrics_.computing_time(), 2 * 20 + 50 + 10);
    EXPECT_EQ(metrics_.utilization(), 90.0 / (4 * 50));
}

TEST_F(MetricsTest, AreWrittenAsJsonWithTheKeysOfBatsim) {
    const std::string json = schedule_json(
        {metrics_, one_, HostActivity(HostSet::range(0, 3)), 0, std::nullopt, "1.2.3"});
    EXPECT_NE(json.find("\"makespan\": 50,\n"), std::string::npos) << json;
    EXPECT_NE(json.find("\"success_rate\": 0.25,\n"), std::string::npos) << json;
    const Json parsed = Json::parse(json);
    EXPECT_EQ(parsed.size(), 24U);
    EXPECT_EQ(parsed["nb_jobs_killed"], 1);
}

TEST_F(MetricsTest, AreWrittenAsCsvWithTheKeysAndTheMakespanOfBatsim4) {
    const std::string csv = schedule_csv(
        {metrics_, one_, HostActivity(HostSet::range(0, 3)), 0, std::nullopt, "1.2.3"}, {2.5, 0.5});
    EXPECT_EQ(csv,
              "batsim_version,consumed_joules,makespan,max_slowdown,max_turnaround_time,"
              "max_waiting_time,mean_slowdown,mean_turnaround_time,mean_waiting_time,"
              "nb_computing_machines,nb_grouped_switches,nb_jobs,nb_jobs_finished,nb_jobs_killed,"
              "nb_jobs_rejected,nb_jobs_success,nb_machine_switches,scheduling_time,"
              "simulation_time,success_rate,time_computing,time_idle,time_sleeping,"
              "time_switching_off,time_switching_on,time_unavailable\n"
              "1.2.3,0,60,1.5,50,10,1.25,40,5,4,0,4,2,1,1,1,0,0.5,2.5,0.25,0,0,0,0,0,0\n");
}

TEST(Metrics, OfAnEmptyScheduleAreZero) {
    Metrics metrics(4);
    metrics.on_simulation_over({});
    EXPECT_EQ(metrics.makespan(), 0);
    EXPECT_EQ(metrics.utilization(), 0);
    EXPECT_EQ(metrics.waiting_time().mean(), 0);
}

TEST_F(MetricsTest, AreSummarised) {
    Outcome outcome;
    outcome.reason = EndReason::kStopped;
    outcome.stop_reason = "enough";
    outcome.date = 70;
    outcome.running_jobs = {"w0!x"};
    EXPECT_EQ(summary_text(metrics_, one_, outcome, {"out", 2.0, {{"s0 (easy 1.0.0)", 0.5}}}),
              "Simulation stopped by a scheduler (enough) at date 70.00 s\n"
              "  jobs                    4, 1 succeeded, 1 reached their walltime, 1 rejected, 1 "
              "cut off\n"
              "  makespan                50.00 s\n"
              "  mean waiting time       5.00 s\n"
              "  mean bounded slowdown   1.250000\n"
              "  utilization             45.00 % of 4 hosts\n"
              "  wall-clock time         2.000 s, 25 % in s0 (easy 1.0.0)\n"
              "  results                 out\n");
}

// Two schedulers with two hosts each, and one without; a job of the first one runs on a host of the second.
class SchedulerMetricsTest : public MetricsTest {
  protected:
    SchedulerMetricsTest()
        : schedulers_({{"a", HostSet::range(0, 1)}, {"b", HostSet::range(2, 3)}, {"eye", {}}}) {
        schedulers_.on_job_over(of(0, job(10, 20, 40, 3)));
        JobRecord second = of(1, job(10, 10, 60, 1));
        second.hosts = HostSet::range(3, 3);
        schedulers_.on_job_over(second);
        schedulers_.on_job_cut_off(of(1, job(50, 60, 0, 1)), 70);
        schedulers_.on_job_left_waiting(of(1, job(65, 0, 0, 1)));
    }
    static JobRecord of(SchedulerIndex owner, JobRecord record) {
        record.owner = owner;
        return record;
    }
    SchedulerMetrics schedulers_;
};

TEST_F(SchedulerMetricsTest, AreOfItsJobsAndItsHosts) {
    const auto& a = schedulers_.rows()[0];
    EXPECT_EQ(a.job_count(), 1U);
    EXPECT_EQ(a.metrics.waiting_time().mean(), 10);
    EXPECT_EQ(a.utilization(50), 40.0 / (2 * 50));
    const auto& b = schedulers_.rows()[1];
    EXPECT_EQ(b.job_count(), 3U);
    EXPECT_EQ(b.utilization(50), (20.0 + 50) / (2 * 50));
    EXPECT_EQ(schedulers_.rows()[2].utilization(50), 0);
}

TEST_F(SchedulerMetricsTest, AreATableInTheSummary) {
    Outcome outcome;
    outcome.reason = EndReason::kFinished;
    EXPECT_NE(
        summary_text(metrics_, schedulers_, outcome, {"out", 2.0, {}})
            .find(
                "  scheduler  hosts  utilization  mean waiting time  mean bounded slowdown  jobs\n"
                "  a              2      40.00 %            10.00 s               1.500000  "
                "1, 1 succeeded\n"
                "  b              2      70.00 %             0.00 s               1.000000  "
                "3, 1 succeeded, 1 cut off, 1 never started\n"
                "  eye            0            -                  -                      -  0\n"),
        std::string::npos);
}

TEST_F(SchedulerMetricsTest, AreAnArrayInTheJsonFile) {
    const Json json = Json::parse(schedule_json(
        {metrics_, schedulers_, HostActivity(HostSet::range(0, 3)), 0, std::nullopt, "1.2.3"}));
    ASSERT_EQ(json["schedulers"].size(), 3U);
    EXPECT_EQ(json["schedulers"][0]["name"], "a");
    EXPECT_EQ(json["schedulers"][0]["mean_waiting_time"], 10);
    EXPECT_EQ(json["schedulers"][1]["nb_jobs"], 3);
    EXPECT_EQ(json["schedulers"][1]["utilization"], 0.7);
}

} // namespace
} // namespace batsim
