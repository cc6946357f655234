#include "plugin/scheduler/scheduler_trace.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "../expect_error.hpp"
#include "base/json.hpp"

namespace batsim {
namespace {

TEST(JsonRow, RepairsWhatJsonCannotSay) {
    JsonRow row;
    row.text("text", "a\"b\n\xff").text("none", nullptr).number("never", INFINITY);
    row.json("json", "{\"a\": [1]}").json("no_json", "{").integer("negative", -3);
    const Json parsed = Json::parse(row.line());
    EXPECT_EQ(parsed["text"], "a\"b\n\xef\xbf\xbd");
    EXPECT_EQ(parsed["json"], Json::parse(R"({"a": [1]})"));
    for (const char* key : {"none", "never", "no_json"}) EXPECT_TRUE(parsed[key].is_null()) << key;
    EXPECT_EQ(parsed["negative"], -3);
}

TEST(SchedulerTrace, HasALineForEachDecisionWithTheAnswer) {
    std::string text;
    SchedulerTrace trace([&](std::string_view row) { text += row; }, "s1");
    JsonRow row = trace.decision(0.1, "delay_decisions");
    row.number("duration", 2);
    trace.finish(row, BATSCHED_OK, "");
    trace.finish(trace.decision(2, "cancel_call"), BATSCHED_UNKNOWN_ID, "no such call");
    EXPECT_EQ(text,
              "{\"date\": 0.1, \"scheduler\": \"s1\", \"decision\": \"delay_decisions\", "
              "\"duration\": 2, \"status\": \"OK\"}\n"
              "{\"date\": 2, \"scheduler\": \"s1\", \"decision\": \"cancel_call\", "
              "\"status\": \"UNKNOWN_ID\", \"error\": \"no such call\"}\n");
}

TEST(SchedulerTrace, KeepsTheErrorOfItsFileUntilThePluginHasReturned) {
    SchedulerTrace trace([](std::string_view) { throw OutputError("f", "disk full"); }, "s0");
    trace.finish(trace.decision(0, "stop_simulation"), BATSCHED_OK, "");
    EXPECT_EQ(error_of<OutputError>([&] { trace.check(); }), "output 'f': disk full");
}

} // namespace
} // namespace batsim
