#include "workload/json_workload.hpp"

#include <gtest/gtest.h>

#include "../expect_error.hpp"
#include "../temporary_folder.hpp"
#include "base/json.hpp"

namespace batsim {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

class JsonWorkloadTest : public ::testing::Test {
  protected:
    Workload read(const std::string& json) {
        return read_json_workload(folder_.write("w.json", json), 0);
    }
    std::vector<Job> jobs(Workload workload) {
        std::vector<Job> jobs;
        while (auto job = workload.jobs->next()) jobs.push_back(std::move(*job));
        return jobs;
    }
    std::string error(const std::string& json) {
        return error_of<InputError>([&] { read(json); });
    }
    // The error of a workload with one job, of which one member has been given another value.
    std::string job_error(const std::string& member, const std::string& value) {
        Json job = Json::parse(R"({"id": "j", "subtime": 0, "res": 1, "profile": "p"})");
        job.erase(member);
        std::string text = job.dump();
        text.insert(1, "\"" + member + "\": " + value + ", ");
        return error(R"({"jobs": [)" + text +
                     R"(], "profiles": {"p": {"type": "delay", "delay": 1}}})");
    }
    // The error of a workload with one job of 2 hosts and profile p, given the profiles.
    std::string profile_error(const std::string& profiles) {
        return error(R"({"jobs": [{"id": "j", "subtime": 0, "res": 2, "profile": "p"}],
                         "profiles": {)" +
                     profiles + "}}");
    }

    TemporaryFolder folder_;
};

TEST_F(JsonWorkloadTest, GivesJobsInOrderOfSubmissionThenOfIdsAsBytes) {
    const auto all = jobs(read(R"({"nb_res": 8, "jobs": [
        {"id": "b", "subtime": 5, "res": 1, "profile": "p"},
        {"id": 9, "subtime": 5, "res": 1, "profile": "p"},
        {"id": 10, "subtime": 5, "res": 1, "profile": "p"},
        {"id": "z", "subtime": 1.5, "res": 2, "walltime": 3, "profile": "p"}],
        "profiles": {"p": {"type": "delay", "delay": 7}}})"));
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[0].full_name, "w0!z");
    EXPECT_EQ(all[1].name(), "10");
    EXPECT_EQ(all[2].name(), "9");
    EXPECT_EQ(all[3].name(), "b");
    EXPECT_EQ(all[0].submit_time, 1.5);
    EXPECT_EQ(all[0].walltime, 3);
    EXPECT_EQ(all[1].walltime, kNoWalltime);
    EXPECT_EQ(all[0].requested_hosts, 2U);
    EXPECT_EQ(std::get<DelayProfile>(all[0].profile->body).seconds, 7);
}

TEST_F(JsonWorkloadTest, TakesProfilesBeforeOrAfterTheJobs) {
    const auto all = jobs(read(R"({"profiles": {"p": {"type": "delay", "delay": 7}}, "jobs": [
        {"id": "a", "subtime": 0, "res": 1, "profile": "w0!p"}]})"));
    EXPECT_EQ(all[0].profile->full_name, "w0!p");
}

TEST_F(JsonWorkloadTest, IsMadeForNbResOrElseForItsLargestJob) {
    const std::string rest = R"("jobs": [{"id": 1, "subtime": 0, "res": 5, "profile": "p"}],
                               "profiles": {"p": {"type": "delay", "delay": 7}}})";
    EXPECT_EQ(read(R"({"nb_res": 12, )" + rest).host_count, 12U);
    EXPECT_EQ(read("{" + rest).host_count, 5U);
    EXPECT_EQ(read(R"({"jobs": []})").host_count, 0U);
}

TEST_F(JsonWorkloadTest, KeepsUnknownMembersOfJobsForTheScheduler) {
    const auto all = jobs(read(R"({"jobs": [
        {"id": 1, "subtime": 0, "res": 1, "profile": "p", "colour": {"a": [1, {"b": null}]},
         "extra_data": "text"},
        {"id": 2, "subtime": 0, "res": 1, "profile": "p"}],
        "profiles": {"p": {"type": "delay", "delay": 7}}})"));
    EXPECT_EQ(extra_json(all[0].extra), R"({"colour":{"a":[1,{"b":null}]},"extra_data":"text"})");
    EXPECT_EQ(extra_json(all[1].extra), "{}");
}

TEST_F(JsonWorkloadTest, KnowsTheNamesOfAllVersions) {
    for (const char* type : {"parallel_homogeneous", "msg_par_hg", "ptask_homogeneous",
                             "ParallelTaskHomogeneousProfile"}) {
        const auto all = jobs(read(R"({"jobs": [{"id": 1, "subtime": 0, "res": 3, "profile": "p"}],
            "profiles": {"p": {"type": ")" +
                                   std::string(type) + R"(", "cpu": 6, "com": 12}}})"));
        const auto& body = std::get<HomogeneousProfile>(all[0].profile->body);
        EXPECT_EQ(body.meaning, AmountMeaning::kForEachValue) << type;
        EXPECT_TRUE(all[0].profile->traits.communicates);
    }
}

TEST_F(JsonWorkloadTest, SpreadsTotalsUniformlyUnderBothNames) {
    for (
        const char* type :
        {R"("parallel_homogeneous_total")", R"("msg_par_hg_tot")",
         R"("ParallelTaskHomogeneousProfile", "generation_strategy": "DefinedAmountsSpreadUniformly")",
         R"("ptask_homogeneous", "generation_strategy": "defined_amount_spread_uniformly")"}) {
        const auto all = jobs(read(R"({"jobs": [{"id": 1, "subtime": 0, "res": 3, "profile": "p"}],
            "profiles": {"p": {"type": )" +
                                   std::string(type) + R"(, "cpu": 6, "com": 12}}})"));
        const auto& body = std::get<HomogeneousProfile>(all[0].profile->body);
        EXPECT_EQ(rank_flops(body, 3), (std::vector<double>{2, 2, 2}));
        EXPECT_EQ(rank_bytes(body, 3), (std::vector<double>{0, 2, 2, 2, 0, 2, 2, 2, 0}));
    }
}

TEST_F(JsonWorkloadTest, TakesTheFilesOfTracesUnderBothKeys) {
    folder_.write("rank.txt", "0 m_usage 0.5 1e9\n");
    folder_.write("trace.txt", "rank.txt\n");
    for (const char* key : {"trace", "filename"}) {
        const auto all = jobs(read(R"({"jobs": [{"id": 1, "subtime": 0, "res": 1, "profile": "p"}],
            "profiles": {"p": {"type": "TraceReplayProfile", "trace_type": "FractionalComputation",
                               ")" +
                                   std::string(key) + R"(": "trace.txt"}}})"));
        EXPECT_EQ(std::get<UsageTraceProfile>(all[0].profile->body).ranks[0][0].usage, 0.5) << key;
    }
}

TEST_F(JsonWorkloadTest, ResolvesNestedSequences) {
    const auto all = jobs(read(R"({"jobs": [{"id": 1, "subtime": 0, "res": 2, "profile": "s"}],
        "profiles": {"s": {"type": "composed", "repeat": 3, "seq": ["t", "d"]},
                     "t": {"type": "SequentialCompositionProfile", "seq": ["p", "d"]},
                     "d": {"type": "DelayProfile", "delay": 1},
                     "p": {"type": "ptask", "cpu": [1, 2]}}})"));
    const auto& outer = std::get<SequenceProfile>(all[0].profile->body);
    EXPECT_EQ(outer.repeat, 3U);
    ASSERT_EQ(outer.elements.size(), 2U);
    EXPECT_EQ(std::get<SequenceProfile>(outer.elements[0]->body).elements.size(), 2U);
    EXPECT_EQ(all[0].profile->traits.rank_count, 2U);
}

TEST_F(JsonWorkloadTest, NamesTheFirstJobThatNeedsANetwork) {
    const auto workload = read(R"({"jobs": [
        {"id": "local", "subtime": 0, "res": 1, "profile": "p"},
        {"id": "far", "subtime": 0, "res": 2, "profile": "p"}],
        "profiles": {"p": {"type": "parallel_homogeneous", "cpu": 1, "com": 1}}})");
    EXPECT_EQ(workload.communicating_job, "far");
}

TEST_F(JsonWorkloadTest, AJobHasAsManyRanksAsItsMapping) {
    const auto workload = read(R"({"jobs": [
        {"id": 1, "subtime": 0, "res": 2, "profile": "four",
         "smpi_ranks_to_hosts_mapping": [0, 0, 1, 1]},
        {"id": "far", "subtime": 0, "res": 1, "profile": "any",
         "smpi_ranks_to_hosts_mapping": [0, 0]}],
        "profiles": {"four": {"type": "parallel", "cpu": [1, 1, 1, 1]},
                     "any": {"type": "parallel_homogeneous", "cpu": 1, "com": 1}}})");
    EXPECT_EQ(workload.communicating_job, "far");
    EXPECT_THAT(error(R"({"jobs": [{"id": 1, "subtime": 0, "res": 2, "profile": "p",
                                    "smpi_ranks_to_hosts_mapping": [0, 0, 1]}],
                          "profiles": {"p": {"type": "parallel", "cpu": [1, 1]}}})"),
                EndsWith("/jobs/0/smpi_ranks_to_hosts_mapping: is of length 3, but profile 'p' "
                         "is for 2 ranks"));
}

TEST_F(JsonWorkloadTest, MapsEachRankOfAnMpiProgramOrNone) {
    std::string files;
    for (const std::string rank : {"0", "1", "2"}) {
        folder_.write(rank + ".txt", rank + " init\n" + rank + " finalize\n");
        files += rank + ".txt\n";
    }
    folder_.write("trace.txt", files);
    const auto text = [](const std::string& mapping) {
        return R"({"jobs": [{"id": 1, "subtime": 0, "res": 2, "profile": "p")" + mapping +
               R"(}], "profiles": {"p": {"type": "smpi", "trace": "trace.txt"}}})";
    };
    EXPECT_EQ(error(text("")), "");
    EXPECT_EQ(error(text(R"(, "smpi_ranks_to_hosts_mapping": [0, 1, 1])")), "");
    EXPECT_THAT(error(text(R"(, "smpi_ranks_to_hosts_mapping": [0, 1])")),
                EndsWith("is of length 2, but profile 'p' is for 3 ranks"));
}

TEST_F(JsonWorkloadTest, AcceptsAProfileOfUnknownTypeThatNoJobUses) {
    EXPECT_EQ(profile_error(R"("p": {"type": "delay", "delay": 1}, "q": {"type": "magic"})"), "");
    EXPECT_THAT(profile_error(R"("p": {"type": "composed", "seq": ["q"]}, "q": {"type": "magic"})"),
                HasSubstr("/jobs/0/profile: profile 'p' has the unknown type 'magic'"));
}

TEST_F(JsonWorkloadTest, SaysWhatIsWrongWithAJob) {
    EXPECT_THAT(job_error("subtime", "-5"), EndsWith("/jobs/0/subtime: must be >= 0, is -5"));
    EXPECT_THAT(job_error("res", "0"), EndsWith("/jobs/0/res: must be >= 1, is 0"));
    EXPECT_THAT(job_error("res", "1.5"), EndsWith("/jobs/0/res: must be an integer, is 1.5"));
    EXPECT_THAT(job_error("res", "\"x\""), EndsWith("/jobs/0/res: must be a number, is \"x\""));
    EXPECT_THAT(job_error("walltime", "0"),
                EndsWith("/jobs/0/walltime: must be > 0 (or -1 for none), is 0"));
    EXPECT_EQ(job_error("walltime", "-1"), "");
    EXPECT_THAT(job_error("walltime", "1e19"), HasSubstr("/jobs/0/walltime: must be <= "));
    EXPECT_THAT(job_error("id", "\"a!b\""), HasSubstr("must be a text without '!'"));
    EXPECT_THAT(job_error("id", R"("a\u0000b")"),
                EndsWith(R"(must be a text without '!' and NUL characters, is "a\u0000b")"));
    EXPECT_THAT(job_error("profile", "\"q\""), EndsWith("/jobs/0/profile: no profile 'q'"));
    EXPECT_THAT(job_error("subtime", "1e999"), HasSubstr("number overflow"));
    EXPECT_THAT(job_error("res", "2, \"res\": 1"), EndsWith("/jobs/0: has 'res' twice"));
    EXPECT_THAT(job_error("colour", std::string(300, '[') + std::string(300, ']')),
                HasSubstr("nested more than 200 deep"));
}

TEST_F(JsonWorkloadTest, RefusesAnIdThatIsUsedTwice) {
    EXPECT_THAT(error(R"({"jobs": [{"id": 1, "subtime": 0, "res": 1, "profile": "p"},
                                  {"id": "1", "subtime": 3, "res": 1, "profile": "p"}],
                          "profiles": {"p": {"type": "delay", "delay": 1}}})"),
                EndsWith("/jobs/1/id: another job has the id '1' too"));
}

TEST_F(JsonWorkloadTest, SaysWhatIsWrongWithAProfile) {
    EXPECT_THAT(profile_error(R"("p": {"type": "delay"})"),
                EndsWith("/profiles/p: has no 'delay'"));
    EXPECT_THAT(profile_error(R"("p": {"type": "delay", "delay": -1})"),
                EndsWith("/profiles/p/delay: must be >= 0, is -1"));
    EXPECT_THAT(profile_error(R"("p": {"type": "parallel", "cpu": [1]})"),
                EndsWith("/jobs/0/res: is 2, but profile 'p' is for 1 host"));
    EXPECT_THAT(profile_error(R"("p": {"type": "parallel", "cpu": [1, 2], "com": [1]})"),
                HasSubstr("/profiles/p/com: must have 4 numbers"));
    EXPECT_THAT(profile_error(R"("p": {"type": "parallel", "cpu": [1, -2]})"),
                EndsWith("/profiles/p/cpu/1: must be >= 0, is -2"));
    EXPECT_THAT(profile_error(R"("p": {"type": "parallel"})"),
                EndsWith("has neither 'cpu' nor 'com'"));
    EXPECT_THAT(profile_error(R"("p": {"type": "ParallelTaskHomogeneousProfile", "cpu": 1,
                                      "generation_strategy": "Magic"})"),
                HasSubstr("/profiles/p/generation_strategy: must be"));
    EXPECT_THAT(profile_error(R"("p": {"type": "delay", "delay": 1}, "a!b": {"type": "delay"})"),
                HasSubstr("the name of a profile must be a text without '!'"));
    EXPECT_THAT(profile_error(R"("p\u0000": {"type": "delay", "delay": 1})"),
                HasSubstr(R"(/profiles/p\x00: the name of a profile must be a text without '!')"));
    EXPECT_THAT(profile_error(R"("a/b~c": {"type": "delay", "delay": -1})"),
                EndsWith("/profiles/a~1b~0c/delay: must be >= 0, is -1"));
    EXPECT_THAT(profile_error(R"("p": 3)"), EndsWith("/profiles/p: must be an object, is 3"));
}

TEST_F(JsonWorkloadTest, SaysWhatIsWrongWithAMoldableDelay) {
    const auto error_with = [&](const std::string& members) {
        return profile_error(R"("p": {"type": "moldable_delay")" + members + "}");
    };
    EXPECT_THAT(error_with(R"(, "delay": 9)"),
                HasSubstr("/profiles/p: has neither 'A' and 'sigma'"));
    EXPECT_THAT(error_with(R"(, "A": 2, "sigma": 1)"), EndsWith("/profiles/p: has no 'delay'"));
    EXPECT_THAT(error_with(R"(, "delay": 9, "A": 0.5, "sigma": 1)"),
                EndsWith("/profiles/p/A: must be >= 1, is 0.5"));
    EXPECT_THAT(error_with(R"(, "delay": 9, "A": 2, "sigma": -1)"),
                EndsWith("/profiles/p/sigma: must be >= 0, is -1"));
    EXPECT_THAT(error_with(R"(, "delay": 9, "A": 2, "sigma": 1, "ranks": [1], "speedups": [1])"),
                EndsWith("/profiles/p/A: is not for a profile that has 'ranks'"));
    EXPECT_THAT(error_with(R"(, "delay": 9, "ranks": [1], "run_times": [9])"),
                EndsWith("/profiles/p/delay: is not for a profile that has 'run_times'"));
    EXPECT_THAT(error_with(R"(, "ranks": [])"),
                EndsWith("/profiles/p/ranks: must have at least one number of ranks, is []"));
    EXPECT_THAT(error_with(R"(, "ranks": [1, 4, 2], "run_times": [9, 4, 2])"),
                EndsWith("/profiles/p/ranks: must be integers >= 1 in increasing order, has 2"));
    EXPECT_THAT(error_with(R"(, "ranks": [1, 1.5], "run_times": [9, 4])"),
                EndsWith("/profiles/p/ranks: must be integers >= 1 in increasing order, has 1.5"));
    EXPECT_THAT(error_with(R"(, "ranks": [1, 2], "run_times": [9])"),
                EndsWith("/profiles/p/run_times: must have 2 numbers like 'ranks', has 1"));
    EXPECT_THAT(error_with(R"(, "delay": 9, "ranks": [1, 2], "speedups": [1, 0])"),
                EndsWith("/profiles/p/speedups: must be >= 1e-09, has 0"));
}

TEST_F(JsonWorkloadTest, RefusesSequencesThatCannotRun) {
    EXPECT_THAT(profile_error(R"("p": {"type": "composed", "seq": ["q"]},
                                 "q": {"type": "composed", "seq": ["p"]})"),
                EndsWith("/profiles/q/seq/0: profile 'p' contains itself"));
    EXPECT_THAT(profile_error(R"("p": {"type": "composed", "seq": []})"),
                HasSubstr("/profiles/p/seq: must name at least one profile"));
    EXPECT_THAT(profile_error(R"("p": {"type": "composed", "seq": ["d"], "repeat": 0},
                                 "d": {"type": "delay", "delay": 1})"),
                EndsWith("/profiles/p/repeat: must be >= 1, is 0"));
    EXPECT_THAT(profile_error(R"("p": {"type": "composed", "seq": ["a", "b"]},
                                 "a": {"type": "ptask", "cpu": [1, 2]},
                                 "b": {"type": "ptask", "cpu": [1]})"),
                HasSubstr("profile 'b' has 1 rank, but an earlier element"));
}

TEST_F(JsonWorkloadTest, RefusesSequencesOfAbsurdSizeQuickly) {
    std::string deep = R"("d": {"type": "delay", "delay": 1})";
    std::string wide = deep;
    for (int i = 0; i < 5000; ++i) {
        const std::string next = i == 4999 ? "d" : "p" + std::to_string(i + 1);
        const std::string name = i == 0 ? "p" : "p" + std::to_string(i);
        deep += ",\"" + name + R"(": {"type": "composed", "seq": [")" + next + "\"]}";
        if (i < 60)
            wide += ",\"" + name + R"(": {"type": "composed", "seq": [")" + (i == 59 ? "d" : next) +
                    "\", \"" + (i == 59 ? "d" : next) + "\"]}";
    }
    EXPECT_THAT(profile_error(deep), HasSubstr("nested more than 1000 deep"));
    EXPECT_THAT(profile_error(wide), HasSubstr("unrolls to more than 1000000 parts"));
}

TEST_F(JsonWorkloadTest, SaysWhatIsWrongWithTheFile) {
    EXPECT_THAT(error(""), HasSubstr("not valid JSON: line 1, column 1"));
    EXPECT_THAT(error("[]"), EndsWith("must be a JSON object, is []"));
    EXPECT_THAT(error("{}"), EndsWith("has no 'jobs'"));
    EXPECT_THAT(error(R"({"jobs": 3})"), EndsWith("/jobs: must be an array, is 3"));
    EXPECT_THAT(error(R"({"jobs": [[1]]})"), EndsWith("/jobs/0: must be an object, is [1]"));
    EXPECT_THAT(error(R"({"jobs": [], "nb_res": -1})"),
                HasSubstr("/nb_res: must be an integer from 0 to "));
}

TEST_F(JsonWorkloadTest, LetsSequencesNameProfilesWithTheWorkload) {
    const auto all = jobs(read(R"({"jobs": [{"id": 1, "subtime": 0, "res": 1, "profile": "w0!s"}],
        "profiles": {"s": {"type": "composed", "seq": ["w0!p", "p"]},
                     "p": {"type": "delay", "delay": 3}}})"));
    const auto& elements = std::get<SequenceProfile>(all.at(0).profile->body).elements;
    EXPECT_EQ(elements.at(0), elements.at(1));
    EXPECT_EQ(elements.at(0)->full_name, "w0!p");
}

TEST_F(JsonWorkloadTest, RefusesWhatIsGivenTwice) {
    EXPECT_THAT(job_error("project", R"("x", "project": "y")"),
                EndsWith("/jobs/0: has 'project' twice"));
    EXPECT_THAT(job_error("project", R"({"a": 1, "a": 2})"),
                EndsWith("/jobs/0/project: has 'a' twice"));
    EXPECT_THAT(profile_error(R"("p": {"type": "delay", "delay": 1, "delay": 2})"),
                EndsWith("/profiles/p: has 'delay' twice"));
    EXPECT_THAT(error(R"({"jobs": [], "jobs": []})"), EndsWith("has 'jobs' twice"));
    EXPECT_THAT(error(R"({"profiles": {}, "profiles": {}})"), EndsWith("has 'profiles' twice"));
}

TEST_F(JsonWorkloadTest, SaysWhereANumberIsTooLargeForADouble) {
    EXPECT_THAT(error(R"({"nb_res": 1e999})"),
                EndsWith("not valid JSON: byte 16: number overflow parsing '1e999'"));
}

} // namespace
} // namespace batsim
