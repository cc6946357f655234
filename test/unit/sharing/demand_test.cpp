#include "sharing/demand.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wires.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

MATCHER_P2(Uses, resource, amount, "") { return arg.resource == resource && arg.amount == amount; }

// Three hosts, so that the links are resources 3 (hosts 0 to 1), 4 (from both to host 2) and 5, which
// is not divided (host 0 to itself).
class DemandOfATask : public ::testing::Test {
  protected:
    DemandOfATask() {
        wires.add_link(100);
        wires.add_link(100);
        wires.add_link(100, false);
        wires.add_route(0, 1, {0}, 0.5);
        wires.add_route(0, 2, {0, 1}, 2);
        wires.add_route(1, 2, {1});
        wires.add_route(0, 0, {2});
    }
    Wires wires;
    DemandMaker maker{3, &wires};
};

TEST_F(DemandOfATask, IsOneUseForEachRankThatComputes) {
    EXPECT_THAT(maker.demand_of({{0, 2, 0}, {5, 0, 7}, {}}).uses,
                ElementsAre(Uses(0u, 5), Uses(0u, 7)));
}

TEST_F(DemandOfATask, AddsUpWhatIsSentOverALink) {
    const Demand demand = maker.demand_of({{0, 1, 2}, {0, 0, 0}, {0, 1, 2, 4, 0, 8, 0, 0, 0}});
    EXPECT_THAT(demand.uses, ElementsAre(Uses(3u, 1 + 2 + 4), Uses(4u, 2 + 8)));
}

TEST_F(DemandOfATask, IsTheLargestMessageWhereALinkIsNotDivided) {
    EXPECT_THAT(maker.demand_of({{0, 0}, {}, {1, 6, 2, 3}}).uses, ElementsAre(Uses(5u, 6)));
}

TEST_F(DemandOfATask, ForgetsTheMessagesOfTheTaskBefore) {
    maker.demand_of({{0, 1}, {}, {0, 1, 0, 0}});
    EXPECT_THAT(maker.demand_of({{0, 1}, {}, {0, 4, 0, 0}}).uses, ElementsAre(Uses(3u, 4)));
}

TEST_F(DemandOfATask, HasTheLatencyOfItsLongestRoute) {
    EXPECT_EQ(maker.demand_of({{0, 1, 2}, {}, {0, 9, 1, 0, 0, 0, 0, 0, 0}}).latency, 2);
    EXPECT_EQ(maker.demand_of({{0, 1, 2}, {}, {0, 9, 0, 0, 0, 0, 0, 0, 0}}).latency, 0.5);
    EXPECT_EQ(maker.demand_of({{1, 2}, {}, {0, 9, 0, 0}}).latency, 0);
}

// The window is 20 bytes: 20 / (2 * 2 s) bytes a second of 10, or 20 / (2 * 0.5 s) of 50.
TEST_F(DemandOfATask, IsLimitedByTheWindowOfItsSlowestMessage) {
    EXPECT_EQ(maker.demand_of({{0, 2}, {}, {0, 10, 0, 0}}).most_by_latency, 0.5);
    EXPECT_EQ(maker.demand_of({{0, 1, 2}, {}, {0, 50, 10, 0, 0, 0, 0, 0, 0}}).most_by_latency, 0.4);
    EXPECT_EQ(maker.demand_of({{1, 2}, {}, {0, 9, 0, 0}}).most_by_latency,
              std::numeric_limits<double>::infinity());
}

TEST_F(DemandOfATask, HasNoMessagesIfThereIsOneRank) {
    const Demand demand = maker.demand_of({{0}, {0}, {8}});
    EXPECT_THAT(demand.uses, IsEmpty());
    EXPECT_EQ(demand.latency, 0);
}

} // namespace
} // namespace batsim
