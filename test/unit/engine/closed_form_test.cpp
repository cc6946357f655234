#include "engine/closed_form.hpp"

#include <gtest/gtest.h>

#include "playground.hpp"

namespace batsim {
namespace {

class ClosedForm : public ::testing::Test {
  protected:
    // Hosts of 1, 2, 4 and 8 flop/s.
    ClosedForm() {
        for (std::size_t i = 0; i < 4; ++i)
            platform.hosts[i].pstate_speeds = {static_cast<double>(1U << i)};
    }
    Platform platform = flat_platform(4, 1);
    std::optional<double> run_time(const ProfilePtr& profile, const HostSet& hosts) {
        return closed_form_run_time(*profile, RankHosts(hosts, nullptr), HostSpeeds(platform));
    }
};

TEST_F(ClosedForm, OfADelayIsItsLength) {
    EXPECT_EQ(run_time(delay(3.5), HostSet::range(0, 3)), 3.5);
}

TEST_F(ClosedForm, OfAMoldableDelayDependsOnTheNumberOfRanks) {
    const ProfilePtr table = make_profile(MoldableDelayProfile{TabledRunTimes{{2, 4}, {30, 20}}});
    EXPECT_EQ(run_time(table, HostSet::range(0, 0)), 60);
    EXPECT_EQ(run_time(table, HostSet::range(0, 1)), 30);
    EXPECT_EQ(run_time(table, HostSet::range(1, 3)), 30);
    EXPECT_EQ(run_time(table, HostSet::range(0, 3)), 20);
    EXPECT_EQ(run_time(sequence({delay(1), table}), HostSet::range(0, 3)), 21);
}

TEST_F(ClosedForm, OfAParallelTaskIsThatOfItsSlowestRank) {
    EXPECT_EQ(run_time(compute({16, 16, 16, 80}), HostSet::range(0, 3)), 16);
    EXPECT_EQ(run_time(compute({0, 0, 0, 80}), HostSet::range(0, 3)), 10);
    EXPECT_EQ(run_time(compute({6, 8}), HostSet::range(1, 1) | HostSet::range(3, 3)), 3);
}

TEST_F(ClosedForm, OfAHomogeneousTaskDependsOnTheSlowestHost) {
    EXPECT_EQ(run_time(make_profile(HomogeneousProfile{8, 0, AmountMeaning::kForEachValue}),
                       HostSet::range(1, 3)),
              4);
    EXPECT_EQ(run_time(make_profile(HomogeneousProfile{24, 0, AmountMeaning::kSpreadUniformly}),
                       HostSet::range(1, 3)),
              4);
}

TEST_F(ClosedForm, DoesNotExistIfRanksCommunicate) {
    EXPECT_FALSE(run_time(exchange(1), HostSet::range(0, 1)));
    EXPECT_FALSE(run_time(sequence({delay(1), exchange(1)}), HostSet::range(0, 1)));
    EXPECT_EQ(run_time(sequence({delay(1), exchange(1)}), HostSet::range(2, 2)), 1);
}

TEST_F(ClosedForm, OfAUsageTraceHoldsWhateverElseComputes) {
    const HostSet host = HostSet::range(1, 1);
    const RankHosts ranks(host, nullptr);
    const auto usage = make_profile(UsageTraceProfile{{{{0.5, 4}, {0, 2}}}});
    EXPECT_EQ(run_time(usage, host), 3);
    EXPECT_TRUE(has_closed_form(*usage, ranks, /* alone */ false));
    EXPECT_FALSE(has_closed_form(*compute({4}), ranks, /* alone */ false));
}

} // namespace
} // namespace batsim
