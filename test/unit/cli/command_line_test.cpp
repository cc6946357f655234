#include "cli/command_line.hpp"

#include <gtest/gtest.h>

#include "../expect_error.hpp"
#include "../temporary_folder.hpp"
#include "cli/options.hpp"
#include "cli/usage.hpp"

namespace batsim {
namespace {

using ::testing::HasSubstr;

Options options(std::vector<std::string> arguments) {
    for (const char* needed : {"-w", "w.json", "--sched-lib", "easy"})
        arguments.emplace_back(needed);
    return read_options(CommandLine(kUsage, arguments));
}

std::string error(const std::vector<std::string>& arguments) {
    return error_of<UsageError>([&] { options(arguments); });
}

std::string bare_error(const std::vector<std::string>& arguments) {
    return error_of<UsageError>([&] { read_options(CommandLine(kUsage, arguments)); });
}

TEST(CommandLine, HasDefaults) {
    const Options options = batsim::options({});
    EXPECT_FALSE(options.platform);
    EXPECT_FALSE(options.hosts);
    EXPECT_EQ(options.host_speed, 1e9);
    EXPECT_EQ(options.master_host, "master_host");
    EXPECT_EQ(options.output_folder, "out");
    EXPECT_EQ(options.seed, 1U);
    EXPECT_EQ(options.isolation, Isolation::kNamespace);
    EXPECT_FALSE(options.quiet);
    EXPECT_EQ(options.swf.walltime, SwfOptions::Walltime::kRequested);
    EXPECT_EQ(options.schedulers.at(0).config, "");
}

TEST(CommandLine, TakesEveryOption) {
    const Options options = batsim::options({"--hosts=12",
                                             "--host-speed",
                                             "2Gf",
                                             "--mmax",
                                             "5",
                                             "--swf-processors",
                                             "allocated",
                                             "--swf-walltime",
                                             "1.5x",
                                             "--swf-overruns=kill",
                                             "--swf-zero-runtime",
                                             "keep",
                                             "--swf-jobs",
                                             "3-9",
                                             "--swf-shift",
                                             "--sched-cfg",
                                             "{}",
                                             "--sched-hosts",
                                             "0-3",
                                             "--plugin-dir",
                                             "/tmp",
                                             "--seed",
                                             "77",
                                             "--isolation",
                                             "none",
                                             "-e",
                                             "results",
                                             "--stop-at",
                                             "3.5e3",
                                             "--output-format",
                                             "v4",
                                             "--trace-decisions",
                                             "decisions.jsonl",
                                             "-q",
                                             "--log",
                                             "warning"});
    EXPECT_EQ(options.hosts, 12U);
    EXPECT_EQ(options.host_speed, 2e9);
    EXPECT_EQ(options.most_hosts, 5U);
    EXPECT_EQ(options.swf.processors, SwfOptions::Processors::kAllocated);
    EXPECT_EQ(options.swf.walltime_factor, 1.5);
    EXPECT_EQ(options.swf.overruns, SwfOptions::Overruns::kKill);
    EXPECT_EQ(options.swf.zero_run_time, SwfOptions::ZeroRunTime::kKeep);
    EXPECT_EQ(options.swf.first_job, 3U);
    EXPECT_EQ(options.swf.last_job, 9U);
    EXPECT_TRUE(options.swf.shift);
    EXPECT_EQ(options.schedulers.at(0).config, "{}");
    EXPECT_EQ(options.schedulers.at(0).hosts->to_string(), "0-3");
    EXPECT_EQ(options.plugin_folders, std::vector<std::string>{"/tmp"});
    EXPECT_EQ(options.seed, 77U);
    EXPECT_EQ(options.isolation, Isolation::kNone);
    EXPECT_EQ(options.output_folder, "results");
    EXPECT_EQ(options.stop_at, 3500);
    EXPECT_EQ(options.output_format, OutputFormat::kV4);
    EXPECT_EQ(options.decision_trace, "decisions.jsonl");
    EXPECT_TRUE(options.quiet);
    EXPECT_EQ(options.log_level, LogLevel::kWarning);
}

TEST(CommandLine, TakesOptionsOfPlatformFiles) {
    const Options options = batsim::options(
        {"-p", "p.xml", "-m", "boss", "--mmax-workload", "--check-inputs", "--progress"});
    EXPECT_TRUE(options.progress);
    EXPECT_TRUE(options.check_only);
    EXPECT_EQ(options.platform, "p.xml");
    EXPECT_EQ(options.master_host, "boss");
    EXPECT_TRUE(options.most_hosts_from_workloads);
}

TEST(CommandLine, TakesRolesOfHostsAndSettingsOfSimgrid) {
    const Options options =
        batsim::options({"-p", "p.xml", "-r", "a,b=storage", "--add-role-to-hosts", "c:master",
                         "--sg-cfg", "a/b:1", "--sg-cfg=c:2", "--sg-log", "root.thres:info"});
    const std::map<std::string, std::string> roles{
        {"a", "storage"}, {"b", "storage"}, {"c", "master"}};
    EXPECT_EQ(options.host_roles, roles);
    EXPECT_EQ(options.simgrid.values, (std::vector<std::string>{"a/b:1", "c:2"}));
    EXPECT_EQ(options.simgrid.messages, std::vector<std::string>{"root.thres:info"});
    EXPECT_THAT(error({"-p", "p.xml", "-r", "a"}), HasSubstr("such as a,b=storage, is 'a'"));
    EXPECT_THAT(error({"-p", "p.xml", "-r", "a=storge"}), HasSubstr("did you mean 'storage'?"));
    EXPECT_THAT(error({"-p", "p.xml", "-r", "a=master", "-r", "b,a=storage"}),
                HasSubstr("host 'a' is given two roles"));
    EXPECT_THAT(error({"-r", "a=master"}), HasSubstr("is for --platform"));
    EXPECT_THAT(error({"--sg-cfg", "key"}), HasSubstr("must be one key and its value"));
    EXPECT_THAT(error({"--sg-cfg", "a:1 b:2"}), HasSubstr("must be one key"));
    EXPECT_THAT(error({"--sg-log", "help"}), HasSubstr("such as root.thres:info, is 'help'"));
}

TEST(CommandLine, TakesConfigurationsFromFilesAndSkipsEmptyOnes) {
    const TemporaryFolder folder;
    const std::string file = folder.write("c.json", R"({"a": 1})");
    const Options options =
        batsim::options({"--sched-lib", "fcfs", "-w", "b.json", "--sched-cfg", "", "--sched-cfg",
                         "@" + file, "--sched-hosts", "0", "--sched-hosts", "1"});
    ASSERT_EQ(options.schedulers.size(), 2U);
    EXPECT_EQ(options.schedulers[0].config, "");
    EXPECT_EQ(options.schedulers[1].config, R"({"a": 1})");
}

TEST(CommandLine, SaysWhatIsMissing) {
    EXPECT_THAT(bare_error({}), HasSubstr("no workload"));
    EXPECT_THAT(bare_error({"-w", "x"}), HasSubstr("no scheduler"));
    EXPECT_EQ(bare_error({"-w"}), "option -w needs a value");
    EXPECT_EQ(bare_error({"--export"}), "option --export needs a value");
}

TEST(CommandLine, NamesTheNearestOption) {
    EXPECT_EQ(error({"--hostss", "4"}), "unknown option '--hostss'; did you mean '--hosts'?");
    EXPECT_EQ(error({"--work", "x"}), "unknown option '--work'; did you mean '--workload'?");
    EXPECT_EQ(error({"-x"}), "unknown option '-x'");
    EXPECT_EQ(error({"-qx"}), "unknown option '-x'");
}

TEST(CommandLine, RefusesWhatDoesNotFit) {
    EXPECT_EQ(error({"file"}), "unexpected argument 'file'");
    EXPECT_EQ(error({"--seed", "1", "--seed", "2"}), "option --seed is given twice");
    EXPECT_EQ(error({"--quiet=yes"}), "option --quiet takes no value");
    EXPECT_THAT(error({"--hosts", "0"}), HasSubstr("must be an integer from 1"));
    EXPECT_EQ(error({"--stop-at", "-1"}),
              "option --stop-at: must be a number from 0 to 1e+30, is '-1'");
    EXPECT_THAT(error({"--stop-at", "soon"}), HasSubstr("is 'soon'"));
    EXPECT_THAT(error({"--hosts", "2.5"}), HasSubstr("must be an integer from 1"));
    EXPECT_THAT(error({"--host-speed", "fast"}), HasSubstr("must be a positive speed"));
    EXPECT_THAT(error({"--swf-walltime", "0x"}), HasSubstr("must be requested, runtime, none"));
    EXPECT_THAT(error({"--swf-walltime", "runtim"}), HasSubstr("did you mean 'runtime'?"));
    EXPECT_THAT(error({"--swf-jobs", "9-3"}), HasSubstr("must be two positions"));
    EXPECT_THAT(error({"--isolation", "some"}),
                HasSubstr("must be one of namespace, process, none"));
    EXPECT_THAT(error({"-p", "a.xml", "--hosts", "3"}), HasSubstr("exclude each other"));
    EXPECT_THAT(error({"--mmax", "3", "--mmax-workload"}), HasSubstr("exclude each other"));
    EXPECT_THAT(error({"-p", "a.xml", "--host-speed", "1Gf"}), HasSubstr("is for --hosts"));
    EXPECT_THAT(error({"-m", "boss"}), HasSubstr("is for --platform"));
    EXPECT_THAT(error({"--plugin-dir", "/none"}), HasSubstr("'/none' is not a folder"));
    EXPECT_THAT(error({"--log", "wrning"}), HasSubstr("did you mean 'warning'?"));
    EXPECT_EQ(bare_error({"list-plugin"}),
              "unexpected argument 'list-plugin'; did you mean 'list-plugins'?");
    EXPECT_THAT(error({"--sched-cfg", "a", "--sched-cfg", "b"}),
                HasSubstr("more --sched-cfg than --sched-lib"));
    EXPECT_THAT(error({"--sched-hosts", "3-1"}), HasSubstr("must be a set of hosts"));
}

TEST(CommandLine, WantsARoleForEachOfSeveralSchedulers) {
    EXPECT_THAT(error({"--sched-lib", "fcfs"}), HasSubstr("there must be 2 workloads"));
    EXPECT_THAT(error({"--sched-lib", "fcfs", "-w", "b.json"}),
                HasSubstr("each one needs its --sched-hosts"));
}

CommandLine check_plugin(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "check-plugin");
    return CommandLine(kCheckPluginUsage, arguments, 1, 1);
}

TEST(CommandLine, TakesAnOperandAnywhereAmongTheOptions) {
    for (const CommandLine& line : {check_plugin({"easy", "--seed", "3", "--check", "load"}),
                                    check_plugin({"--check", "load", "--seed=3", "easy"}),
                                    check_plugin({"--seed", "3", "easy", "--check=load"})}) {
        EXPECT_EQ(line.text("<plugin>"), "easy");
        EXPECT_EQ(line.list("--check"), std::vector<std::string>{"load"});
        EXPECT_EQ(line.integer("--seed", 0, 9), 3);
    }
    EXPECT_EQ(check_plugin({"--list"}).text("<plugin>"), std::nullopt);
}

TEST(CommandLine, TakesNoMoreOperandsThanThereAre) {
    EXPECT_EQ(error_of<UsageError>([] {
                  check_plugin({"easy", "fcfs"});
              }),
              "unexpected argument 'fcfs'");
}

} // namespace
} // namespace batsim
