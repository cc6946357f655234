#include "platform/platform.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "platform/text.hpp"

namespace batsim {
namespace {

TEST(NaturalLess, ComparesRunsOfDigitsAsNumbers) {
    std::vector<std::string> names{"host10", "host2",   "host1",    "a",     "host2b",
                                   "host",   "rack2n1", "rack10n1", "host02"};
    std::sort(names.begin(), names.end(), natural_less);
    EXPECT_EQ(names, (std::vector<std::string>{"a", "host", "host1", "host02", "host2", "host2b",
                                               "host10", "rack2n1", "rack10n1"}));
}

TEST(NaturalLess, IsAStrictOrder) {
    const std::vector<std::string> names{"",  "0",  "00", "a0", "a00", "a0b",
                                         "1", "10", "9",  "a",  "b1"};
    for (const auto& a : names)
        for (const auto& b : names) {
            EXPECT_FALSE(natural_less(a, b) && natural_less(b, a)) << a << " " << b;
            EXPECT_EQ(natural_less(a, b) || natural_less(b, a), a != b) << a << " " << b;
            for (const auto& c : names) {
                if (natural_less(a, b) && natural_less(b, c)) {
                    EXPECT_TRUE(natural_less(a, c));
                }
            }
        }
}

TEST(FlatPlatform, HasEqualHostsAndNoNetwork) {
    const Platform platform = flat_platform(3, 2e9);
    EXPECT_EQ(platform.hosts[2].name, "host2");
    EXPECT_EQ(platform.hosts[2].pstate_speeds, std::vector<double>{2e9});
    EXPECT_EQ(platform.compute_hosts().to_string(), "0-2");
    EXPECT_TRUE(platform.storage_hosts().empty());
    EXPECT_FALSE(platform.has_network);
}

TEST(ParseHostSet, TakesIntervalsInAnyOrder) {
    EXPECT_EQ(parse_host_set("7,0-3 5")->to_string(), "0-3,5,7");
    EXPECT_EQ(parse_host_set("0-3,2-6")->to_string(), "0-6");
    EXPECT_TRUE(parse_host_set("")->empty());
    for (const char* text : {"a", "3-1", "1-", "-1", "1-2-3", "4294967295"})
        EXPECT_FALSE(parse_host_set(text)) << text;
}

TEST(ParseSpeed, KnowsUnits) {
    EXPECT_EQ(parse_speed("1Gf"), 1e9);
    EXPECT_EQ(parse_speed("98.095Mf"), 98.095e6);
    EXPECT_EQ(parse_speed("2.5e9"), 2.5e9);
    EXPECT_EQ(parse_speed("3f"), 3);
    for (const char* text : {"", "0", "-1Gf", "1GB", "Gf", "1e40Gf", "nan"})
        EXPECT_FALSE(parse_speed(text)) << text;
}

TEST(Platform, FindsLinksByName) {
    Platform platform;
    for (const char* name : {"l2", "l02b", "l10"}) platform.links.push_back({name, "{}", {}});
    std::sort(platform.links.begin(), platform.links.end(),
              [](const Link& a, const Link& b) { return natural_less(a.name, b.name); });
    for (LinkId link = 0; link < 3; ++link)
        EXPECT_EQ(platform.find_link(platform.links[link].name), link);
    for (const char* name : {"", "l", "l3", "l02", "l11"}) EXPECT_FALSE(platform.find_link(name));
}

} // namespace
} // namespace batsim
