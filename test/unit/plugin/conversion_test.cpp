#include <gtest/gtest.h>

#include <cmath>

#include "../engine/playground.hpp"
#include "plugin/abi/event_to_c.hpp"
#include "plugin/abi/host_views.hpp"

namespace batsim {
namespace {

JobRecord make_record() {
    Job job;
    job.full_name = "w1!a";
    job.requested_hosts = 3;
    job.min_hosts = 2;
    job.max_hosts = 4;
    job.user_id = 5;
    job.submit_time = 1.5;
    job.profile = delay(2);
    JobRecord record(7, 0, std::move(job));
    record.hosts = HostSet::range(1, 3);
    record.start_time = 4;
    record.end_time = 6;
    return record;
}

TEST(JobToC, GivesAllMembers) {
    const JobRecord record = make_record();
    const std::string workload = "w1";
    const batsched_job_t job = job_to_c(record, workload);
    EXPECT_EQ(job.struct_size, sizeof job);
    EXPECT_EQ(job.id, 7U);
    EXPECT_EQ(job.parent, BATSCHED_NO_JOB);
    EXPECT_STREQ(job.name, "w1!a");
    EXPECT_STREQ(job.workload, "w1");
    EXPECT_STREQ(job.profile, "w0!p");
    EXPECT_EQ(job.requested_hosts, 3U);
    EXPECT_EQ(job.min_hosts, 2U);
    EXPECT_EQ(job.max_hosts, 4U);
    EXPECT_EQ(job.submit_time, 1.5);
    EXPECT_EQ(job.walltime, INFINITY);
    EXPECT_EQ(job.user_id, 5);
    EXPECT_EQ(job.group_id, -1);
}

TEST(JobToC, GivesTheParentOfARegisteredJob) {
    JobRecord record = make_record();
    record.parent = 3;
    const std::string workload = "s0";
    EXPECT_EQ(job_to_c(record, workload).parent, 3U);
}

class EventToC : public ::testing::Test {
  protected:
    const HostSet hosts_ = HostSet::range(0, 3);
    const HostSet storage_{};
    const EventContext context_{9.5, hosts_, storage_};
    JobRecord record_ = make_record();
    const std::string workload_ = "w1";
    const batsched_job_t job_ = job_to_c(record_, workload_);
};

TEST_F(EventToC, GivesTheValuesOfAProbe) {
    const ProbeData data{3, {0.5, 1}};
    const batsched_event_t event = event_to_c(data, context_);
    EXPECT_EQ(event.type, BATSCHED_EVENT_PROBE_DATA);
    EXPECT_EQ(event.struct_size,
              offsetof(batsched_event_t, probe_data) + sizeof(batsched_probe_data_t));
    EXPECT_EQ(event.probe_data.probe, 3U);
    ASSERT_EQ(event.probe_data.count, 2U);
    EXPECT_EQ(event.probe_data.values[0], 0.5);
    EXPECT_EQ(event.probe_data.values[1], 1);
}

TEST_F(EventToC, TellsObserversOfStarts) {
    record_.walltime = 77;
    const batsched_event_t event = event_to_c(JobStarted{&record_}, context_, job_);
    EXPECT_EQ(event.type, BATSCHED_EVENT_JOB_STARTED);
    EXPECT_EQ(event.struct_size,
              offsetof(batsched_event_t, job_started) + sizeof(batsched_job_started_t));
    EXPECT_EQ(event.job_started.job, &job_);
    EXPECT_EQ(event.job_started.walltime, 77);
    EXPECT_EQ(HostSet(event.job_started.hosts), record_.hosts);
}

TEST_F(EventToC, TellsObserversOfForwardedJobs) {
    const batsched_event_t event = event_to_c(JobForwarded{&record_, 2, 1}, context_, job_);
    EXPECT_EQ(event.type, BATSCHED_EVENT_JOB_FORWARDED);
    EXPECT_EQ(event.job_forwarded.job, &job_);
    EXPECT_EQ(event.job_forwarded.from, 2U);
    EXPECT_EQ(event.job_forwarded.to, 1U);
}

TEST_F(EventToC, HostsLent) {
    const HostsLent lent{HostSet::range(3, 5), 2, 1};
    const batsched_event_t event = event_to_c(lent, context_);
    EXPECT_EQ(event.type, BATSCHED_EVENT_HOSTS_LENT);
    EXPECT_EQ(event.struct_size,
              offsetof(batsched_event_t, hosts_lent) + sizeof(batsched_hosts_lent_t));
    EXPECT_EQ(HostSet(event.hosts_lent.hosts), lent.hosts);
    EXPECT_EQ(event.hosts_lent.from, 2U);
    EXPECT_EQ(event.hosts_lent.to, 1U);
}

TEST_F(EventToC, TellsObserversOfRejections) {
    const JobRejected rejected{&record_, "too large"};
    const batsched_event_t event = event_to_c(rejected, context_, job_);
    EXPECT_EQ(event.type, BATSCHED_EVENT_JOB_REJECTED);
    EXPECT_EQ(event.job_rejected.job, &job_);
    EXPECT_STREQ(event.job_rejected.reason, "too large");
}

TEST_F(EventToC, JobCompleted) {
    const batsched_event_t event =
        event_to_c(JobCompleted{&record_}, context_, job_, "{}", record_.hosts);
    EXPECT_EQ(event.type, BATSCHED_EVENT_JOB_COMPLETED);
    EXPECT_EQ(event.time, 9.5);
    EXPECT_TRUE(BATSCHED_HAS(&event, job_completed.usable_hosts));
    EXPECT_EQ(event.job_completed.job, &job_);
    EXPECT_EQ(event.job_completed.state, BATSCHED_JOB_SUCCEEDED);
    EXPECT_EQ(event.job_completed.start_time, 4);
    EXPECT_EQ(event.job_completed.progress, 1);
    EXPECT_TRUE(std::isnan(event.job_completed.energy));
    EXPECT_EQ(HostSet(event.job_completed.hosts).to_string(), "1-3");
}

TEST_F(EventToC, JobCompletedAtItsWalltime) {
    record_.end = JobEnd::kWalltimeReached;
    record_.progress = std::make_unique<Progress>(Progress{0.25, {}});
    const batsched_event_t event =
        event_to_c(JobCompleted{&record_}, context_, job_, "{}", record_.hosts);
    EXPECT_EQ(event.job_completed.state, BATSCHED_JOB_WALLTIME_REACHED);
    EXPECT_EQ(event.job_completed.progress, 0.25);
}

TEST_F(EventToC, EventsWithoutBodyEndBeforeTheUnion) {
    for (const batsched_event_t& event :
         {decide_event(1), event_to_c(NoMoreStaticJobs{}, context_)}) {
        EXPECT_EQ(event.struct_size, offsetof(batsched_event_t, job_submitted));
        EXPECT_FALSE(BATSCHED_HAS(&event, job_submitted.job));
    }
}

TEST_F(EventToC, SimulationBegins) {
    const batsched_event_t event = event_to_c(SimulationBegins{}, context_);
    EXPECT_EQ(HostSet(event.simulation_begins.hosts).to_string(), "0-3");
    EXPECT_EQ(event.simulation_begins.storage_hosts.count, 0U);
    EXPECT_EQ(event.simulation_begins.storage_hosts.intervals, nullptr);
}

TEST(HostViews, DescribeHosts) {
    Platform platform = flat_platform(2, 3);
    platform.hosts[1].pstate_speeds = {4, 2};
    platform.hosts[1].core_count = 8;
    HostViews views(platform);
    const batsched_host_t& host = views.view(1);
    EXPECT_EQ(&views.view(1), &host);
    EXPECT_EQ(host.id, 1U);
    EXPECT_STREQ(host.name, "host1");
    EXPECT_EQ(host.core_count, 8U);
    ASSERT_EQ(host.pstate_count, 2U);
    EXPECT_EQ(host.pstate_speeds[1], 2);
    EXPECT_TRUE(std::isnan(host.pstate_idle_watts[1]));
    EXPECT_STREQ(host.properties, "{}");
}

} // namespace
} // namespace batsim
