#include "cli/compare_options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../expect_error.hpp"
#include "base/error.hpp"
#include "cli/usage.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

CompareOptions compared(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"compare", "-w", "w.json", "--sched-lib", "fcfs", "--sched-lib", "easy"});
    return read_compare_options(CommandLine(compare_usage().c_str(), arguments, 1));
}

std::string compare_error(const std::vector<std::string>& arguments) {
    return error_of<UsageError>([&] { compared(arguments); });
}

TEST(CompareOptions, HaveDefaults) {
    const CompareOptions options = compared({});
    EXPECT_THAT(options.names, ElementsAre("fcfs", "easy"));
    EXPECT_THAT(options.seeds, ElementsAre(1));
    EXPECT_GE(options.process_count, 1U);
    EXPECT_EQ(options.shake, 0);
    EXPECT_EQ(options.format, TableFormat::kText);
    EXPECT_EQ(options.common.output_folder, "out");
}

TEST(CompareOptions, AreAlsoThoseOfASimulation) {
    const CompareOptions options = compared({"-p",
                                             "p.xml",
                                             "--energy",
                                             "--mmax",
                                             "5",
                                             "--events",
                                             "e.txt",
                                             "--swf-walltime",
                                             "2x",
                                             "--sched-timeout",
                                             "3",
                                             "--isolation",
                                             "process",
                                             "--stop-at",
                                             "9",
                                             "--trace-hosts",
                                             "-q",
                                             "--probe-plugins",
                                             "--log",
                                             "error",
                                             "-e",
                                             "there",
                                             "--plugin-dir",
                                             "/tmp",
                                             "-r",
                                             "a=storage",
                                             "--sg-cfg",
                                             "a/b:1",
                                             "--sg-log",
                                             "root.thres:info"});
    EXPECT_EQ(options.common.platform, "p.xml");
    EXPECT_TRUE(options.common.energy);
    EXPECT_EQ(options.common.most_hosts, 5U);
    EXPECT_EQ(options.common.swf.walltime_factor, 2);
    EXPECT_EQ(options.common.call_limit, 3);
    EXPECT_EQ(options.common.isolation, Isolation::kProcess);
    EXPECT_TRUE(options.common.trace_hosts);
    EXPECT_TRUE(options.common.quiet);
}

TEST(CompareOptions, TakeSeedsOneByOneAndInRanges) {
    EXPECT_THAT(compared({"--seeds", "1-4"}).seeds, ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(compared({"--seeds", "9,0,3-5"}).seeds, ElementsAre(9, 0, 3, 4, 5));
    EXPECT_EQ(compared({"--seeds", "9223372036854775807"}).seeds[0], 9223372036854775807U);
}

TEST(CompareOptions, RefuseOtherSeeds) {
    for (const char* text : {"", "a", "1-", "-1", "1,,2", "5-3", "1-2-3", "1.5"})
        EXPECT_THAT(compare_error({"--seeds", text}), HasSubstr("such as 1-30 or 1,2,7-9, is '"));
    EXPECT_THAT(compare_error({"--seeds", "1-3,2"}), HasSubstr("seed 2 must be given once only"));
    EXPECT_THAT(compare_error({"--seeds", "0-9223372036854775807"}),
                HasSubstr("at most 100000 seeds"));
    EXPECT_THAT(compare_error({"--seeds", "1-99999,200000-200001"}),
                HasSubstr("at most 100000 seeds"));
}

TEST(CompareOptions, GiveEachSchedulerANameOfItsOwn) {
    EXPECT_THAT(compared({"--sched-lib", "easy", "--sched-lib", "./build/mine.so", "--sched-lib",
                          "./a b.so"})
                    .names,
                ElementsAre("fcfs", "easy", "easy-2", "mine", "a-b"));
    EXPECT_THAT(compared({"--sched-lib", "easy", "--name", "", "--name", "easy-2"}).names,
                ElementsAre("fcfs", "easy-2", "easy"));
}

TEST(CompareOptions, RefuseNamesThatAreNoFolders) {
    for (const char* name : {"a/b", "..", "runs.csv", "a b", "caf\xe9", "-\n"})
        EXPECT_THAT(compare_error({"--name", name}), HasSubstr("must be of at most 100 letters"));
    EXPECT_EQ(compare_error({"--name", "a", "--name", "a"}), "option --name: 'a' is given twice");
    EXPECT_EQ(compare_error({"--name", "a", "--name", "b", "--name", "c"}),
              "there are more --name than --sched-lib");
}

TEST(CompareOptions, TakeAConfigurationForEachScheduler) {
    const CompareOptions options = compared({"--sched-cfg", "", "--sched-cfg", "{}"});
    EXPECT_EQ(options.schedulers[0].config, "");
    EXPECT_EQ(options.schedulers[1].config, "{}");
}

TEST(CompareOptions, RefuseWhatDoesNotFit) {
    EXPECT_THAT(compare_error({"--jobs", "0"}), HasSubstr("must be an integer from 1 to 512"));
    EXPECT_THAT(compare_error({"--shake", "-1"}), HasSubstr("must be a number from 0"));
    EXPECT_THAT(compare_error({"--format", "cvs"}), HasSubstr("did you mean 'csv'?"));
    EXPECT_THAT(compare_error({"--seed", "3"}), HasSubstr("did you mean '--seeds'?"));
    EXPECT_THAT(compare_error({"--sched-hosts", "0"}), HasSubstr("unknown option '--sched-hosts'"));
}

} // namespace
} // namespace batsim
