// external_events.cpp - what happens to a platform from outside, by a file.
#include "platform/external_events.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/input_file.hpp"
#include "base/json.hpp"
#include "platform/text.hpp"

namespace batsim {

namespace {

using Kind = ExternalEvent::Kind;

constexpr double kLatestEvent = 1e18; // like the dates of workloads

Kind kind_of(const std::string& type) {
    static const std::map<std::string, Kind> kinds = {
        {"machine_unavailable", Kind::kUnavailable},
        {"machine_available", Kind::kAvailable},
        {"host_failure", Kind::kFailure},
        {"host_repair", Kind::kRepair},
    };
    const auto found = kinds.find(type);
    return found == kinds.end() ? Kind::kForwarded : found->second;
}

HostSet read_hosts(const JsonObject& object, std::uint32_t host_count) {
    const std::string text = object.string("resources");
    const auto hosts = parse_host_set(text);
    if (!hosts || hosts->empty())
        object.fail("resources", "must be a set of hosts such as '0-4 6', is '" + text + "'");
    const HostId last = hosts->intervals().back().last;
    if (last >= host_count)
        object.fail("resources", "there is no host " + std::to_string(last) + ", the last one is " +
                                     std::to_string(host_count - 1));
    return *hosts;
}

ExternalEvent read_event(const JsonObject& object, std::string_view line,
                         std::uint32_t host_count) {
    ExternalEvent event;
    event.type = object.string("type");
    event.date = object.number("timestamp", 0, kLatestEvent);
    event.kind = kind_of(event.type);
    if (event.kind != Kind::kForwarded) event.hosts = read_hosts(object, host_count);
    event.json = line;
    return event;
}

} // namespace

std::vector<ExternalEvent> read_external_events(const std::string& path, std::uint32_t host_count) {
    InputFile file(path, "events '" + path + "'");
    std::vector<ExternalEvent> events;
    std::string_view line;
    while (file.next_line(line)) {
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const std::string place =
            file.description() + ", line " + std::to_string(file.line_number());
        if (nesting_depth(line) > kDeepestJson) throw InputError(place, "", "is nested too deep");
        const Json value = parse_json(line, place);
        events.push_back(read_event(JsonObject(value, place, ""), line, host_count));
    }
    return events;
}

void sort_by_date(std::vector<ExternalEvent>& events) {
    std::stable_sort(
        events.begin(), events.end(),
        [](const ExternalEvent& a, const ExternalEvent& b) { return a.date < b.date; });
}

} // namespace batsim
