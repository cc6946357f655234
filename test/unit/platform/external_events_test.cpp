// Files of external events.
#include "platform/external_events.hpp"

#include <gtest/gtest.h>

#include "../expect_error.hpp"
#include "../temporary_folder.hpp"

namespace batsim {
namespace {

class ExternalEvents : public ::testing::Test {
  protected:
    std::vector<ExternalEvent> read(const std::string& content) {
        return read_external_events(folder_.write("events.txt", content), 8);
    }
    TemporaryFolder folder_;
};

TEST_F(ExternalEvents, AreOneObjectInEachLine) {
    const auto events = read(
        "{\"type\": \"machine_unavailable\", \"resources\": \"0-4 6\", \"timestamp\": 10}\r\n"
        "\n"
        "{\"type\": \"host_failure\", \"resources\": \"7\", \"timestamp\": 2.5}\n"
        "{\"type\": \"weather\", \"timestamp\": 3, \"data\": \"rain\"}");
    ASSERT_EQ(events.size(), 3u);
    EXPECT_EQ(events[0].kind, ExternalEvent::Kind::kUnavailable);
    EXPECT_EQ(events[0].hosts.to_string(), "0-4,6");
    EXPECT_EQ(events[0].date, 10);
    EXPECT_EQ(events[1].kind, ExternalEvent::Kind::kFailure);
    EXPECT_EQ(events[2].kind, ExternalEvent::Kind::kForwarded);
    EXPECT_EQ(events[2].json, "{\"type\": \"weather\", \"timestamp\": 3, \"data\": \"rain\"}");
}

TEST_F(ExternalEvents, AreSortedByDateAndElseStayInOrder) {
    auto events = read(
        "{\"type\": \"b\", \"timestamp\": 2}\n{\"type\": \"a\", \"timestamp\": 1}\n"
        "{\"type\": \"c\", \"timestamp\": 2}\n");
    sort_by_date(events);
    EXPECT_EQ(events[0].type + events[1].type + events[2].type, "abc");
}

TEST_F(ExternalEvents, ErrorsNameFileAndLine) {
    const auto expect = [this](const std::string& line, const std::string& error) {
        EXPECT_THAT(
            error_of<InputError>([&] { read("{\"type\": \"a\", \"timestamp\": 1}\n" + line); }),
            ::testing::HasSubstr(error));
    };
    expect("{\"type\": \"a\"}", "line 2: has no 'timestamp'");
    expect("{\"timestamp\": 1}", "line 2: has no 'type'");
    expect("{\"type\": \"a\", \"timestamp\": -1}", "must be >= 0, is -1");
    expect("[1]", "line 2: must be an object");
    expect("{\"type\": \"a\", ", "line 2: not valid JSON");
    expect("{\"type\": \"host_failure\", \"timestamp\": 1}", "line 2: has no 'resources'");
    expect("{\"type\": \"host_failure\", \"timestamp\": 1, \"resources\": \"3-1\"}",
           "must be a set of hosts");
    expect("{\"type\": \"host_failure\", \"timestamp\": 1, \"resources\": \"8\"}",
           "there is no host 8, the last one is 7");
}

} // namespace
} // namespace batsim
