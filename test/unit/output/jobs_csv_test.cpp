#include "output/jobs_csv.hpp"

#include <gtest/gtest.h>

#include "../temporary_folder.hpp"

namespace batsim {
namespace {

JobRecord make_job(const std::string& name) {
    Job job;
    job.full_name = "w0!" + name;
    job.submit_time = 0.1;
    job.requested_hosts = 3;
    auto profile = std::make_shared<Profile>();
    profile->full_name = "w0!p,q";
    job.profile = profile;
    JobRecord record(0, 0, std::move(job));
    record.start_time = 1.5;
    record.end_time = 100000;
    record.hosts = HostSet::range(0, 1) | HostSet::range(7, 7);
    return record;
}

const std::string kHeader =
    "job_id,workload_name,profile,submission_time,requested_number_of_resources,requested_time,"
    "success,final_state,starting_time,execution_time,finish_time,waiting_time,turnaround_time,"
    "stretch,allocated_resources,consumed_energy,metadata";

TEST(JobsCsv, HasARowForEachJobWithExactNumbersAndQuotedTexts) {
    const TemporaryFolder folder;
    JobsCsv csv(folder.path("jobs.csv"), {"w0"}, {"s0"});
    JobRecord job = make_job("a");
    job.metadata = R"({"k":"v"})";
    csv.on_job_over(job);
    csv.close();
    EXPECT_EQ(folder.read("jobs.csv"),
              kHeader + "\n" +
                  "a,w0,\"p,q\",0.1,3,-1,1,COMPLETED_SUCCESSFULLY,1.5,99998.5,100000,1.4,99999.9,"
                  "1.000014000210003,0-1 7,-1,\"{\"\"k\"\":\"\"v\"\"}\"\n");
}

TEST(JobsCsv, LeavesCellsOfRejectedJobsEmpty) {
    const TemporaryFolder folder;
    JobsCsv csv(folder.path("jobs.csv"), {"w0"}, {"s0", "s1"});
    JobRecord job = make_job("a");
    job.end = JobEnd::kRejected;
    job.job.walltime = 60;
    job.owner = 1;
    csv.on_job_over(job);
    csv.close();
    EXPECT_EQ(folder.read("jobs.csv"),
              kHeader + ",scheduler\na,w0,\"p,q\",0.1,3,60,0,REJECTED,,,,,,,,,,s1\n");
}

} // namespace
} // namespace batsim
