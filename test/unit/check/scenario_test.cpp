#include "check/scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace batsim {
namespace {

std::string text_of(const Scenario& scenario) {
    std::string text = std::to_string(scenario.host_count) + ": ";
    for (const Scenario::Part& part : scenario.parts) {
        text += part.hosts.to_string() + "; ";
        for (const PlannedJob& job : part.jobs)
            text += std::to_string(job.submit_time) + "/" + std::to_string(job.hosts) + "/" +
                    std::to_string(job.run_time) + "/" + std::to_string(job.walltime) + " ";
    }
    for (const ExternalEvent& event : scenario.events)
        text += std::to_string(event.date) + event.type + event.hosts.to_string() + " ";
    return text;
}

TEST(RandomScenario, IsTheSameForTheSameSeed) {
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        EXPECT_EQ(text_of(random_scenario(seed)), text_of(random_scenario(seed)));
    EXPECT_NE(text_of(random_scenario(1)), text_of(random_scenario(2)));
}

TEST(RandomScenario, IsInOrderAndOnHostsThatExist) {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const Scenario scenario = random_scenario(seed);
        const HostSet all = HostSet::range(0, scenario.host_count - 1);
        const Scenario::Part& part = scenario.parts.at(0);
        EXPECT_FALSE(part.hosts.empty());
        EXPECT_TRUE((part.hosts - all).empty());
        EXPECT_TRUE(std::is_sorted(
            part.jobs.begin(), part.jobs.end(),
            [](const auto& a, const auto& b) { return a.submit_time < b.submit_time; }));
        for (const PlannedJob& job : part.jobs) EXPECT_GT(job.hosts, 0U);
        for (const ExternalEvent& event : scenario.events) EXPECT_TRUE((event.hosts - all).empty());
    }
}

// Else the conformance tool would hardly try what it is for.
TEST(RandomScenario, HasAllSortsOfThingsAmongAFew) {
    std::size_t partial = 0, large = 0, endless = 0, empty = 0, failures = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const Scenario scenario = random_scenario(seed);
        const Scenario::Part& part = scenario.parts.at(0);
        partial += part.hosts.size() < scenario.host_count ? 1 : 0;
        for (const PlannedJob& job : part.jobs) {
            large += job.hosts > part.hosts.size() ? 1 : 0;
            endless += std::isinf(job.walltime) ? 1 : 0;
            empty += job.run_time == 0 ? 1 : 0;
        }
        for (const ExternalEvent& event : scenario.events)
            failures += event.kind == ExternalEvent::Kind::kFailure ? 1 : 0;
    }
    for (const std::size_t count : {partial, large, endless, empty, failures})
        EXPECT_GT(count, 20U);
}

} // namespace
} // namespace batsim
