#include "cli/schedulers_file.hpp"

#include <gtest/gtest.h>

#include "../expect_error.hpp"
#include "../temporary_folder.hpp"
#include "cli/usage.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// With two workloads, and 5 for --seed.
std::vector<SchedulerOptions> read(const TemporaryFolder& folder, const std::string& text) {
    return read_schedulers_file(folder.write("s.json", text), 2, 5);
}

std::string error(const std::string& text) {
    const TemporaryFolder folder;
    const std::string message = error_of<InputError>([&] { read(folder, text); });
    const std::string begin = "schedulers '" + folder.path("s.json") + "': ";
    EXPECT_EQ(message.compare(0, begin.size(), begin), 0) << message;
    return message.size() < begin.size() ? message : message.substr(begin.size());
}

TEST(SchedulersFile, SaysWhatEachSchedulerIsAndOwns) {
    const TemporaryFolder folder;
    const auto schedulers = read(folder, R"([
        {"name": "a", "library": "easy", "workloads": ["w1", "w0"], "hosts": "0-3,7", "seed": 9},
        {"name": "b", "library": "fcfs", "workloads": [], "hosts": "", "takes_from": ["a"]}])");
    ASSERT_EQ(schedulers.size(), 2U);
    EXPECT_EQ(schedulers[0].name, "a");
    EXPECT_EQ(schedulers[0].library, "easy");
    EXPECT_THAT(schedulers[0].workloads, ElementsAre(0, 1));
    EXPECT_EQ(schedulers[0].hosts->to_string(), "0-3,7");
    EXPECT_EQ(schedulers[0].seed, 9U);
    EXPECT_THAT(schedulers[1].workloads, IsEmpty());
    EXPECT_TRUE(schedulers[1].hosts->empty());
    EXPECT_EQ(schedulers[1].seed, 5U);
    EXPECT_THAT(schedulers[1].takes_from, ElementsAre("a"));
}

TEST(SchedulersFile, LetsTheOnlySchedulerOwnEverything) {
    const TemporaryFolder folder;
    const auto schedulers = read(folder, R"([{"library": "easy"}])");
    EXPECT_EQ(schedulers.at(0).name, "s0");
    EXPECT_THAT(schedulers[0].workloads, ElementsAre(0, 1));
    EXPECT_FALSE(schedulers[0].hosts);
}

TEST(SchedulersFile, TakesPathsRelativeToItself) {
    const TemporaryFolder folder;
    folder.write("c.json", "anything");
    const auto library = [&](const std::string& name) {
        return read(folder, R"([{"library": ")" + name + R"(", "config_file": "c.json"}])").at(0);
    };
    EXPECT_EQ(library("x.so").library, folder.path("x.so"));
    EXPECT_EQ(library("../y/x").library, folder.path("../y/x"));
    EXPECT_EQ(library("/x.so").library, "/x.so");
    EXPECT_EQ(library("x").library, "x");
    EXPECT_EQ(library("x").config_file, folder.path("c.json"));
    EXPECT_EQ(library("x").config, "anything");
}

TEST(SchedulersFile, TakesConfigurationsAsTextOrAsJson) {
    const TemporaryFolder folder;
    const auto config = [&](const std::string& value) {
        return read(folder, R"([{"library": "x", "config": )" + value + "}]").at(0).config;
    };
    EXPECT_EQ(config(R"({"a": [1, 2]})"), R"({"a":[1,2]})");
    EXPECT_EQ(config(R"("a: 1")"), "a: 1");
    EXPECT_EQ(config(R"("")"), "");
}

TEST(SchedulersFile, KeepsLargeSeedsExact) {
    const TemporaryFolder folder;
    EXPECT_EQ(read(folder, R"([{"library": "x", "seed": 9223372036854775807}])").at(0).seed,
              9223372036854775807U);
    EXPECT_EQ(error(R"([{"library": "x", "seed": 9223372036854775808}])"),
              "/0/seed: must be an integer from 0 to 9223372036854775807, is 9223372036854775808");
    EXPECT_THAT(error(R"([{"library": "x", "seed": 1.5}])"), HasSubstr("is 1.5"));
}

TEST(SchedulersFile, GivesEachWorkloadExactlyOneOwner) {
    EXPECT_EQ(error(R"([{"library": "x", "workloads": ["w0"]}])"),
              "no scheduler owns workload 'w1'");
    EXPECT_EQ(error(R"([{"library": "x", "workloads": ["w0", "w1", "w2"]}])"),
              "/0/workloads/2: there is no workload 'w2', only w0 to w1");
    EXPECT_EQ(error(R"([{"library": "x", "workloads": ["w0", "w0"]}])"),
              "/0/workloads/1: 'w0' is there twice");
    EXPECT_EQ(error(R"([{"library": "x", "workloads": ["w0", "w1"], "hosts": "0"},
                        {"library": "x", "workloads": ["w1"], "hosts": "1"}])"),
              "/1/workloads/0: workload 'w1' belongs to scheduler 's0' already");
}

TEST(SchedulersFile, WantsSeveralSchedulersToSayWhatTheyOwn) {
    EXPECT_EQ(
        error(R"([{"library": "x", "hosts": "0"}, {"library": "x"}])"),
        "/0: has no 'workloads'; of several schedulers each says what it owns, with [] nothing");
    EXPECT_EQ(
        error(R"([{"library": "x", "workloads": []}, {"library": "x"}])"),
        "/0: has no 'hosts'; of several schedulers each says what it owns, with \"\" nothing");
}

TEST(SchedulersFile, WantsNamesThatAreUniqueAndPlain) {
    EXPECT_EQ(error(R"([{"name": "s1", "library": "x", "workloads": [], "hosts": ""},
                        {"library": "x"}])"),
              "/1/name: there are two schedulers 's1'");
    EXPECT_THAT(error(R"([{"name": "w1", "library": "x"}])"),
                HasSubstr("/0/name: 'w1' is the name of a workload file"));
    for (const char* name : {"", "a!b", "a b", "a,b", "\\u0000"})
        EXPECT_THAT(error(std::string(R"([{"library": "x", "name": ")") + name + "\"}]"),
                    HasSubstr("/0/name: must be of letters, digits"));
}

TEST(SchedulersFile, SaysWhatIsWrongAndWhere) {
    EXPECT_THAT(error("{}"), HasSubstr(R"(must be an array of schedulers such as [{"name": "a")"));
    EXPECT_THAT(error("[]"), HasSubstr("must be an array of schedulers"));
    EXPECT_THAT(error("[1"), HasSubstr("not valid JSON: line 1, column 3"));
    EXPECT_EQ(error("[1]"), "/0: must be an object, is 1");
    EXPECT_EQ(error("[{}]"), "/0: has no 'library'");
    EXPECT_EQ(error(R"([{"library": "x", "host": "1"}])"),
              "/0: has an unknown 'host'; did you mean 'hosts'?");
    EXPECT_EQ(error(R"([{"library": ""}])"), "/0/library: must be a path or the name of a plugin");
    EXPECT_EQ(error(R"([{"library": "x", "hosts": "3-1"}])"),
              "/0/hosts: must be a set of hosts such as 0-63,70, is '3-1'");
    EXPECT_EQ(error(R"([{"library": "x", "config": {}, "config_file": "c"}])"),
              "/0/config_file: a scheduler has a config or a config_file, not both");
    EXPECT_EQ(error(R"([{"name": "all", "library": "x", "takes_from": ["al"]}])"),
              "/0/takes_from/0: there is no scheduler 'al'; did you mean 'all'?");
    EXPECT_EQ(error(R"([{"name": "a", "library": "x", "takes_from": ["a"]}])"),
              "/0/takes_from/0: a scheduler cannot take hosts from itself");
}

TEST(SchedulersFile, IsGivenInsteadOfTheOptions) {
    for (const char* option : {"--sched-lib", "--sched-cfg", "--sched-hosts"}) {
        const CommandLine line(kUsage, {"-w", "w.json", "--schedulers", "s.json", option, "0"});
        EXPECT_THAT(error_of<UsageError>([&] { read_schedulers(line, 1); }),
                    HasSubstr(std::string("--schedulers and ") + option + " exclude each other"));
    }
}

} // namespace
} // namespace batsim
