#include "sharing/route_memory.hpp"

#include <gtest/gtest.h>

namespace batsim {
namespace {

// Between so many hosts, each from and to each: the links are those of the two hosts.
void add_all(RouteMemory& memory, HostId hosts) {
    for (HostId from = 0; from < hosts; ++from)
        for (HostId to = 0; to < hosts; ++to) memory.add(from, to, {from, to}, from + to);
}

TEST(RoutesThatHaveBeenFound, AreKept) {
    RouteMemory memory;
    add_all(memory, 100);
    for (HostId from = 0; from < 100; ++from)
        for (HostId to = 0; to < 100; ++to) {
            const auto route = memory.find(from, to);
            ASSERT_TRUE(route);
            ASSERT_EQ(route->link_count, 2u);
            ASSERT_EQ(route->links[0], from);
            ASSERT_EQ(route->links[1], to);
            ASSERT_EQ(route->latency, from + to);
        }
}

TEST(RoutesThatHaveBeenFound, AreNotThoseOfOtherHosts) {
    RouteMemory memory;
    memory.add(1, 2, {7}, 0.5);
    EXPECT_FALSE(memory.find(2, 1));
    EXPECT_FALSE(memory.find(1, 1));
}

TEST(RoutesThatHaveBeenFound, MayHaveNoLinks) {
    RouteMemory memory;
    memory.add(1, 2, {}, 0.5);
    EXPECT_EQ(memory.find(1, 2)->link_count, 0u);
    EXPECT_EQ(memory.find(1, 2)->latency, 0.5);
}

TEST(RoutesThatHaveBeenFound, AreForgottenWhenThereAreTooMany) {
    RouteMemory memory(/* most_routes */ 100);
    add_all(memory, 10);
    EXPECT_TRUE(memory.find(0, 0));
    memory.add(10, 0, {3}, 0);
    EXPECT_FALSE(memory.find(0, 0));
    EXPECT_EQ(memory.find(10, 0)->links[0], 3u);
}

} // namespace
} // namespace batsim
