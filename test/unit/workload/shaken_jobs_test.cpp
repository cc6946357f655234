#include "workload/shaken_jobs.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "../temporary_folder.hpp"
#include "workload/json_workload.hpp"
#include "workload/shared_jobs.hpp"
#include "workload/swf_workload.hpp"

namespace batsim {
namespace {

Job job(const std::string& name, double submit_time) {
    Job job;
    job.full_name = "w0!" + name;
    job.submit_time = submit_time;
    return job;
}

std::vector<Job> jobs(const std::vector<double>& submit_times) {
    std::vector<Job> jobs;
    for (const double submit_time : submit_times)
        jobs.push_back(job(std::to_string(jobs.size()), submit_time));
    return jobs;
}

std::vector<Job> all_of(JobStream& stream) {
    std::vector<Job> jobs;
    while (auto job = stream.next()) jobs.push_back(std::move(*job));
    return jobs;
}

std::vector<Job> shaken(const std::vector<double>& submit_times, double most,
                        std::uint64_t seed = 1) {
    ShakenJobs stream(std::make_unique<SharedJobs>(jobs(submit_times)), most, seed, 0);
    return all_of(stream);
}

TEST(ShakenJobs, AreLaterByAtMostSoMuch) {
    const std::vector<double> before{0, 0, 5, 5, 20, 300};
    const std::vector<Job> after = shaken(before, 10);
    ASSERT_EQ(after.size(), before.size());
    for (const Job& job : after) {
        const double old = before[std::stoul(std::string(job.name()))];
        EXPECT_GE(job.submit_time, old);
        EXPECT_LT(job.submit_time, old + 10);
    }
}

TEST(ShakenJobs, ComeInTheOrderOfTheirNewSubmitTimes) {
    const std::vector<Job> after = shaken({0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 1000);
    std::string order;
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (i > 0) {
            EXPECT_GE(after[i].submit_time, after[i - 1].submit_time);
        }
        order += after[i].name();
    }
    EXPECT_NE(order, "0123456789");
}

TEST(ShakenJobs, KeepTheirOrderWhereNothingIsShaken) {
    std::string order;
    for (const Job& job : shaken({3, 3, 3, 4}, 0)) order += job.name();
    EXPECT_EQ(order, "0123");
}

TEST(ShakenJobs, DependOnSeedAndWorkloadOnly) {
    const auto first_submit = [](std::uint64_t seed, std::uint32_t workload) {
        ShakenJobs stream(std::make_unique<SharedJobs>(jobs({0})), 1, seed, workload);
        return stream.next()->submit_time;
    };
    EXPECT_EQ(first_submit(1, 0), first_submit(1, 0));
    EXPECT_NE(first_submit(1, 0), first_submit(2, 0));
    EXPECT_NE(first_submit(1, 0), first_submit(1, 1));
}

TEST(ShakenJobs, AreSpreadEvenly) {
    const std::vector<Job> after = shaken(std::vector<double>(10'000, 0.0), 1);
    for (std::size_t tenth = 1; tenth < 10; ++tenth)
        EXPECT_NEAR(after[tenth * 1000].submit_time, 0.1 * static_cast<double>(tenth), 0.02);
}

TEST(SharedJobs, AreCopiesWithAllThatTheyHave) {
    std::vector<Job> originals = jobs({7});
    originals[0].walltime = 5;
    originals[0].user_id = 3;
    originals[0].rank_mapping =
        std::make_unique<const std::vector<std::uint32_t>>(std::vector<std::uint32_t>{1, 0});
    originals[0].extra = std::make_unique<SwfExtra>(SwfExtra{});
    std::get<std::unique_ptr<SwfExtra>>(originals[0].extra)->status = 4;
    const Job copy = copy_of(originals[0]);
    EXPECT_EQ(copy.full_name, "w0!0");
    EXPECT_EQ(copy.submit_time, 7);
    EXPECT_EQ(copy.walltime, 5);
    EXPECT_EQ(copy.user_id, 3);
    EXPECT_EQ(*copy.rank_mapping, (std::vector<std::uint32_t>{1, 0}));
    EXPECT_NE(copy.rank_mapping, originals[0].rank_mapping);
    EXPECT_EQ(std::get<std::unique_ptr<SwfExtra>>(copy.extra)->status, 4);
}

TEST(SharedJobs, AreThoseOfTheWorkload) {
    const TemporaryFolder folder;
    Workload workload = read_json_workload(
        folder.write("w.json", R"({"nb_res": 2, "profiles": {"p": {"type": "delay", "delay": 1}},
            "jobs": [{"id": "b", "subtime": 1, "res": 2, "profile": "p"},
                     {"id": "a", "subtime": 0, "res": 1, "profile": "p", "more": true}]})"),
        0);
    share_among_processes(workload);
    const std::vector<Job> jobs = all_of(*workload.jobs);
    ASSERT_EQ(jobs.size(), 2U);
    EXPECT_EQ(jobs[0].full_name, "w0!a");
    EXPECT_EQ(extra_json(jobs[0].extra), R"({"more":true})");
    EXPECT_EQ(jobs[1].requested_hosts, 2U);
    EXPECT_EQ(jobs[1].profile->full_name, "w0!p");
}

// Otherwise processes would share one position in the file.
TEST(LongLogs, AreOpenedOnlyWhenTheirFirstJobIsWanted) {
    const TemporaryFolder folder;
    std::string text;
    for (std::size_t i = 1; i <= kSwfKeptLines + 1; ++i)
        text += std::to_string(i) + " 0 -1 1 1 -1 -1 1 1 -1 1 1 1 1 1 1 -1 -1\n";
    const std::string path = folder.write("log.swf", text);
    const Workload workload = read_swf_workload(path, 0, SwfOptions());
    std::filesystem::rename(path, folder.path("elsewhere.swf"));
    folder.write("log.swf", "7 0 -1 1 1 -1 -1 1 1 -1 1 1 1 1 1 1 -1 -1\n");
    EXPECT_EQ(workload.jobs->next()->full_name, "w0!7");
}

} // namespace
} // namespace batsim
