#include "workload/workload.hpp"

#include <gtest/gtest.h>

#include "workload/swf_line.hpp"
#include "workload/workload_directory.hpp"

namespace batsim {
namespace {

std::unique_ptr<JobStream> stream(std::uint32_t workload, const std::vector<double>& submit_times) {
    std::deque<Job> jobs;
    for (const double submit_time : submit_times) {
        Job job;
        job.full_name = "w" + std::to_string(workload) + "!" + std::to_string(jobs.size());
        job.workload = workload;
        job.submit_time = submit_time;
        jobs.push_back(std::move(job));
    }
    return std::make_unique<StoredJobs>(std::move(jobs));
}

TEST(MergedJobs, AreOrderedBySubmitTimeThenByWorkload) {
    std::vector<std::unique_ptr<JobStream>> streams;
    streams.push_back(stream(0, {1, 4}));
    streams.push_back(stream(1, {}));
    streams.push_back(stream(2, {0, 1, 9}));
    MergedJobs jobs(std::move(streams));
    EXPECT_TRUE(jobs.is_exhausted(1));
    std::string order;
    while (jobs.peek() != nullptr) {
        order += jobs.next().full_name + " ";
        if (order == "w2!0 w0!0 w2!1 w0!1 ") {
            EXPECT_TRUE(jobs.is_exhausted(0));
        }
    }
    EXPECT_EQ(order, "w2!0 w0!0 w2!1 w0!1 w2!2 ");
}

TEST(WorkloadDirectory, FindsProfilesByFullName) {
    std::vector<Workload> workloads(2);
    workloads[0].name = "w0";
    workloads[0].profiles["w0!p"] = std::make_shared<const Profile>();
    workloads[1].name = "w1";
    workloads[1].is_log = true;
    const WorkloadDirectory directory(workloads);
    EXPECT_EQ(directory.find_profile("w0!p"), workloads[0].profiles["w0!p"]);
    EXPECT_EQ(directory.find_profile("w0!q"), nullptr);
    EXPECT_EQ(directory.find_profile("nonsense"), nullptr);
    EXPECT_EQ(std::get<DelayProfile>(directory.find_profile("w1!12.5")->body).seconds, 12.5);
    EXPECT_EQ(directory.find_profile("w1!x"), nullptr);
    EXPECT_EQ(directory.find_profile("w1"), nullptr);
}

TEST(WorkloadDirectory, HasWorkloadsWithoutAFileBehindTheOthers) {
    std::vector<Workload> workloads(1);
    workloads[0].name = "w0";
    WorkloadDirectory directory(workloads, {"s0", "s1"});
    EXPECT_EQ(directory.size(), 3U);
    EXPECT_EQ(directory.find("s1"), 2U);
    EXPECT_EQ(directory.find("s2"), std::nullopt);
    Profile profile;
    profile.full_name = "s1!p";
    directory.add_profile(std::make_shared<const Profile>(profile));
    EXPECT_NE(directory.find_profile("s1!p"), nullptr);
    directory.remove_profile("s1!p");
    EXPECT_EQ(directory.find_profile("s1!p"), nullptr);
}

} // namespace
} // namespace batsim
