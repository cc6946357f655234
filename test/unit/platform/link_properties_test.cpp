// Power of links.
#include "platform/link_properties.hpp"

#include <gtest/gtest.h>

#include "../expect_error.hpp"

namespace batsim {
namespace {

Link link_with(const std::string& properties) { return {"cable", properties, std::nullopt}; }

std::string error_with(const std::string& properties) {
    Link link = link_with(properties);
    return error_of<InputError>([&] { read_link_power(link, "platform 'p.xml'"); });
}

TEST(LinkProperties, GiveThePower) {
    Link link = link_with(R"({"wattage_range": "10.5 : 30", "wattage_off": "2"})");
    read_link_power(link, "");
    ASSERT_TRUE(link.power);
    EXPECT_EQ(link.power->idle, 10.5);
    EXPECT_EQ(link.power->busy, 30);
    EXPECT_EQ(link.power->off, 2);
}

TEST(LinkProperties, NeedNotGiveAny) {
    Link link = link_with("{}");
    read_link_power(link, "");
    EXPECT_FALSE(link.power);
}

TEST(LinkProperties, OldNamesOfWattsAreErrorsThatNameTheNewOnes) {
    EXPECT_EQ(error_with(R"({"watt_range": "1:2"})"),
              "platform 'p.xml': link 'cable': property watt_range is called wattage_range since "
              "SimGrid 3.28; with the old name energy would be 0");
}

TEST(LinkProperties, MalformedWattsAreErrors) {
    EXPECT_EQ(error_with(R"({"wattage_range": "1"})"),
              "platform 'p.xml': link 'cable': property wattage_range must be idle:busy, is '1'");
    EXPECT_EQ(error_with(R"({"wattage_range": "1:-2"})"),
              "platform 'p.xml': link 'cable': property wattage_range must consist of watts >= 0, "
              "is '1:-2'");
    EXPECT_EQ(error_with(R"({"wattage_range": "1:2", "wattage_off": "x"})"),
              "platform 'p.xml': link 'cable': property wattage_off must be watts >= 0, is 'x'");
}

} // namespace
} // namespace batsim
