// Power and sleep pstates of hosts.
#include "platform/host_properties.hpp"

#include <gtest/gtest.h>

#include "../expect_error.hpp"

namespace batsim {
namespace {

using ::testing::HasSubstr;

Host host_with(const std::string& properties) {
    Host host;
    host.name = "mars";
    host.pstate_speeds = {100, 50, 1e-9, 0.5, 0.05};
    host.properties = properties;
    return host;
}

std::string power_error(const std::string& properties) {
    Host host = host_with(properties);
    return error_of<InputError>([&] { read_power(host, "platform 'p.xml'"); });
}

std::string sleep_error(const std::string& pstates) {
    Host host = host_with("{\"sleep_pstates\": \"" + pstates + "\"}");
    return error_of<InputError>(
        [&] { read_sleep_pstates(host, "platform 'p.xml'", Strictness::kStrict); });
}

TEST(HostProperties, GiveThePowerOfEachPstate) {
    Host host = host_with(
        R"({"wattage_per_state": "30:100, 20:25:60,9:9,200:200,400:400", "wattage_off": "7"})");
    read_power(host, "");
    ASSERT_EQ(host.power.size(), 5U);
    EXPECT_EQ(host.power[0].epsilon, 30); // not given: as idle
    EXPECT_EQ(host.power[1].epsilon, 25);
    EXPECT_EQ(host.power[1].full, 60);
    EXPECT_EQ(host.off_watts, 7);
}

TEST(HostProperties, GiveTheDurationsAndPowerOfSwitches) {
    Host host = host_with(
        R"({"sleep_pstates": "2:3:4", "wattage_per_state": "30:100,20:60,9:9,200:200,400:400"})");
    read_sleep_pstates(host, "", Strictness::kStrict);
    read_power(host, "");
    EXPECT_EQ(host.switch_off_duration(), 2);
    EXPECT_EQ(host.switch_on_duration(), 20);
    EXPECT_EQ(host.sleeping_watts(), 9);
    EXPECT_EQ(host.switching_off_watts(), 200);
    EXPECT_EQ(host.switching_on_watts(), 400);
    EXPECT_TRUE(host.is_computing(1));
    EXPECT_FALSE(host.is_computing(3));
}

TEST(HostProperties, OldNamesOfWattsAreErrorsThatNameTheNewOnes) {
    EXPECT_EQ(power_error(R"({"watt_per_state": "30:100"})"),
              "platform 'p.xml': host 'mars': property watt_per_state is called wattage_per_state "
              "since SimGrid 3.28; with the old name energy would be 0");
    EXPECT_THAT(power_error(R"({"watt_off": "3"})"), HasSubstr("is called wattage_off"));
}

TEST(HostProperties, WrongWattsAreErrors) {
    EXPECT_THAT(power_error("{}"), HasSubstr("has no property wattage_per_state"));
    EXPECT_THAT(power_error(R"({"wattage_per_state": "30:100"})"), HasSubstr("for 5 pstates"));
    EXPECT_THAT(power_error(R"({"wattage_per_state": "1"})"), HasSubstr("idle:full"));
    EXPECT_THAT(power_error(R"({"wattage_per_state": "1:-2"})"), HasSubstr("watts >= 0"));
    EXPECT_THAT(power_error(R"({"wattage_per_state": "1:2:x"})"), HasSubstr("watts >= 0"));
}

TEST(HostProperties, WrongSleepPstatesAreErrors) {
    EXPECT_THAT(sleep_error("1:2"), HasSubstr("must be sleep:off:on, three pstates, is '1:2'"));
    EXPECT_THAT(sleep_error("1:2:7"), HasSubstr("pstates from 0 to 4"));
    EXPECT_THAT(sleep_error("a"), HasSubstr("pstates from 0 to 4"));
    EXPECT_THAT(sleep_error("0:2:3"), HasSubstr("must not name pstate 0"));
}

} // namespace
} // namespace batsim
