#include "workload/swf_workload.hpp"

#include <gtest/gtest.h>

#include "../expect_error.hpp"
#include "../temporary_folder.hpp"
#include "base/json.hpp"

namespace batsim {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

struct Line {
    int number = 1;
    double submit = 0, run = 10;
    int allocated = 2, requested = 2;
    double request = 100;
    int status = 1;

    std::string text() const {
        return std::to_string(number) + " " + std::to_string(submit) + " -1 " +
               std::to_string(run) + " " + std::to_string(allocated) + " -1 -1 " +
               std::to_string(requested) + " " + std::to_string(request) + " -1 " +
               std::to_string(status) + " 7 8 9 3 -1 -1 -1\n";
    }
};

class SwfTest : public ::testing::Test {
  protected:
    Workload read(const std::string& text) {
        return read_swf_workload(folder_.write("w.swf", text), 0, options_);
    }
    std::vector<Job> jobs(const std::string& text) {
        Workload workload = read(text);
        std::vector<Job> jobs;
        while (auto job = workload.jobs->next()) jobs.push_back(std::move(*job));
        return jobs;
    }
    Job job(const Line& line) {
        auto all = jobs(line.text());
        EXPECT_EQ(all.size(), 1U);
        return std::move(all.at(0));
    }
    std::string error(const std::string& text) {
        return error_of<InputError>([&] { read(text); });
    }

    TemporaryFolder folder_;
    SwfOptions options_;
};

TEST_F(SwfTest, ReadsAJobFromItsFields) {
    const Job job = this->job({42, 5, 10, 2, 4, 100, 1});
    EXPECT_EQ(job.full_name, "w0!42");
    EXPECT_EQ(job.submit_time, 5);
    EXPECT_EQ(job.requested_hosts, 4U);
    EXPECT_EQ(job.walltime, 100);
    EXPECT_EQ(job.profile->full_name, "w0!10");
    EXPECT_EQ(std::get<DelayProfile>(job.profile->body).seconds, 10);
    EXPECT_EQ(profile_json(*job.profile), R"({"type":"delay","delay":10})");
    EXPECT_EQ(job.user_id, 7);
    EXPECT_EQ(job.group_id, 8);
    EXPECT_EQ(job.executable_id, 9);
    EXPECT_EQ(job.queue_id, 3);
    EXPECT_THAT(extra_json(job.extra), HasSubstr(R"("allocated_processors":2.0)"));
}

TEST_F(SwfTest, KeepsJobsThatUseTheirWholeWalltime) {
    const Job job = this->job({1, 0, 100, 2, 4, 100});
    EXPECT_EQ(job.walltime, 100);
    EXPECT_EQ(std::get<DelayProfile>(job.profile->body).seconds, 100);
}

TEST_F(SwfTest, TakesRequestedProcessorsFirstOrAllocatedOnes) {
    EXPECT_EQ(job({1, 0, 10, 2, 4}).requested_hosts, 4U);
    EXPECT_EQ(job({1, 0, 10, 2, -1}).requested_hosts, 2U);
    options_.processors = SwfOptions::Processors::kAllocated;
    EXPECT_EQ(job({1, 0, 10, 2, 4}).requested_hosts, 2U);
    EXPECT_EQ(job({1, 0, 10, -1, 4}).requested_hosts, 4U);
}

TEST_F(SwfTest, MakesWalltimesByRule) {
    const Line line{1, 0, 10, 2, 2, 100};
    const Line no_request{1, 0, 10, 2, 2, -1};
    EXPECT_EQ(job(line).walltime, 100);
    EXPECT_EQ(job(no_request).walltime, kNoWalltime);
    options_.walltime = SwfOptions::Walltime::kRunTime;
    EXPECT_EQ(job(line).walltime, 10);
    options_.walltime = SwfOptions::Walltime::kNone;
    EXPECT_EQ(job(line).walltime, kNoWalltime);
    options_.walltime = SwfOptions::Walltime::kFactor;
    options_.walltime_factor = 1.5;
    EXPECT_EQ(job(line).walltime, 15);
}

TEST_F(SwfTest, RaisesTheWalltimeOfOverrunsOrLetsThemBeKilled) {
    const Line overrun{1, 0, 150, 2, 2, 100};
    EXPECT_EQ(job(overrun).walltime, 150);
    EXPECT_THAT(read(overrun.text()).remarks, HasSubstr("1 ran longer than their walltime"));
    options_.overruns = SwfOptions::Overruns::kKill;
    EXPECT_EQ(job(overrun).walltime, 100);
}

TEST_F(SwfTest, DropsWhatCannotRunAndCountsItByCause) {
    const std::string log = Line{1, 0, -1}.text() + Line{2, 0, 0}.text() +
                            Line{3, 0, 5, -1, 0}.text() + Line{4, -1}.text() + Line{5, 3}.text() +
                            Line{6, 4, 0}.text();
    EXPECT_EQ(jobs(log).size(), 1U);
    EXPECT_EQ(read(log).remarks,
              "1 jobs; dropped 1 with negative or unknown run time, 2 with run time 0, 1 without "
              "processors, 1 with negative submit time");
    options_.zero_run_time = SwfOptions::ZeroRunTime::kKeep;
    EXPECT_EQ(jobs(log).size(), 3U);
}

TEST_F(SwfTest, SortsBySubmitTimeThenByJobNumber) {
    std::string names;
    for (const Job& job :
         jobs(Line{3, 5}.text() + Line{10, 1}.text() + Line{9, 1}.text() + Line{2, 5}.text()))
        names += std::string(job.name()) + " ";
    EXPECT_EQ(names, "9 10 2 3 ");
}

TEST_F(SwfTest, SelectsPositionsAfterSortingAndBeforeDropping) {
    options_.first_job = 2;
    options_.last_job = 3;
    const auto all =
        jobs(Line{4, 9}.text() + Line{1, 0}.text() + Line{2, 1, -1}.text() + Line{3, 2}.text());
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].name(), "3");
}

TEST_F(SwfTest, ShiftsTheFirstJobToZeroOnRequest) {
    const std::string log = Line{1, 100, -1}.text() + Line{2, 150}.text() + Line{3, 170}.text();
    EXPECT_EQ(jobs(log)[0].submit_time, 150);
    options_.shift = true;
    EXPECT_EQ(jobs(log)[0].submit_time, 0);
    EXPECT_EQ(jobs(log)[1].submit_time, 20);
}

TEST_F(SwfTest, IsMadeForMaxProcsElseMaxNodesElseTheLargestJob) {
    const std::string job = Line{1, 0, 10, 2, 6}.text();
    EXPECT_EQ(read("; MaxProcs: 100\n;   MaxNodes: 50 (two racks)\n" + job).host_count, 100U);
    EXPECT_EQ(read("; MaxProcs: -1\n; MaxNodes: 50\n" + job).host_count, 50U);
    EXPECT_EQ(read(job).host_count, 6U);
    EXPECT_EQ(read("").host_count, 0U);
}

TEST_F(SwfTest, DropsThePartsOfCheckpointedJobs) {
    const std::string log = Line{1, 0}.text() + Line{1, 0, 5, 2, 2, 100, 2}.text() +
                            Line{1, 9, 5, 2, 2, 100, 3}.text() + Line{2, 10}.text();
    EXPECT_EQ(jobs(log).size(), 2U);
    EXPECT_THAT(read(log).remarks, HasSubstr("dropped 2 that are parts of another job"));
}

TEST_F(SwfTest, StreamsALongSortedLogWithTheSameResult) {
    std::string sorted, unsorted;
    const int count = static_cast<int>(kSwfKeptLines) + 1000;
    for (int i = 1; i <= count; ++i) {
        const std::string line = Line{i, static_cast<double>(i / 3), 1.0 + i % 7}.text();
        sorted += line;
        if (i < count) unsorted += line;
        if (i == count) unsorted = line + unsorted;
    }
    const auto streamed = jobs(sorted), stored = jobs(unsorted);
    ASSERT_EQ(streamed.size(), stored.size());
    for (std::size_t i = 0; i < streamed.size(); i += 997) {
        EXPECT_EQ(streamed[i].full_name, stored[i].full_name);
        EXPECT_EQ(streamed[i].submit_time, stored[i].submit_time);
    }
}

TEST_F(SwfTest, AcceptsBlankLinesCommentsCrLfAndFurtherFields) {
    EXPECT_EQ(
        jobs("; comment\r\n\n\t \n1 0 -1 5.5 1 -1 -1 1 10 -1 1 1 1 1 1 1 -1 -1 extra 3\r\n").size(),
        1U);
}

TEST_F(SwfTest, TakesIdsThatSchedulersCannotGetAsUnknown) {
    const std::string log =
        "1 0 -1 5 1 -1 -1 1 10 -1 1 2147483648 1 1 1 1 -1 -1\n"
        "2 0 -1 5 1 -1 -1 1 10 -1 1 2147483647 1 1 1 1 -1 -1\n";
    EXPECT_EQ(read(log).remarks,
              "2 jobs; 1 with a user, group, executable or queue above 2^31 - 1: "
              "taken as unknown");
    const auto all = jobs(log);
    EXPECT_EQ(all[0].user_id, -1);
    EXPECT_EQ(all[1].user_id, 2147483647);
}

TEST_F(SwfTest, KeepsLargeNumbersOfPrecedingJobs) {
    const auto all = jobs("9 0 -1 5 1 -1 -1 1 10 -1 1 1 1 1 1 3000000000 5000000000 1\n");
    const Json extra = Json::parse(extra_json(all.at(0).extra));
    EXPECT_EQ(extra["preceding_job"], 5'000'000'000);
    EXPECT_EQ(extra["partition"], 3'000'000'000);
}

TEST_F(SwfTest, SaysWhichLineIsWrong) {
    EXPECT_THAT(error("; x\n1 2 3\n"), EndsWith("line 2: expected 18 fields, found 3"));
    EXPECT_THAT(error("1 0 -1 x 1 -1 -1 1 10 -1 1 1 1 1 1 1 -1 -1\n"),
                EndsWith("line 1: field 4 must be a number, is 'x'"));
    EXPECT_THAT(error("1 nan -1 5 1 -1 -1 1 10 -1 1 1 1 1 1 1 -1 -1\n"),
                EndsWith("line 1: field 2 must be a number, is 'nan'"));
    EXPECT_THAT(error("1 1e30 -1 5 1 -1 -1 1 10 -1 1 1 1 1 1 1 -1 -1\n"),
                HasSubstr("line 1: field 2 must be <= "));
    EXPECT_THAT(error("1 0 -1 5 1.5 -1 -1 1 10 -1 1 1 1 1 1 1 -1 -1\n"),
                HasSubstr("line 1: field 5 must be a number of processors"));
    EXPECT_THAT(error(Line{1}.text() + Line{1}.text()),
                EndsWith("line 2: another job has the number 1 too"));
}

} // namespace
} // namespace batsim
