// decision_list.cpp - decisions with dates, read from a configuration or a trace of decisions.
#include "decision_list.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "../common/json.hpp"

namespace static_order {

namespace {

using nlohmann::json;

// All that a line of a trace may have, so that a misspelt key is noticed.
const std::set<std::string>& known_keys() {
    static const std::set<std::string> keys{
        "annotation", "call",    "date",        "decision", "duration", "error",  "hosts",
        "job",        "job_id",  "job_ids",     "jobs",     "period",   "reason", "rank_hosts",
        "scheduler",  "status",  "aggregation", "links",    "metric",   "probe",  "storage_mapping",
        "time",       "walltime"};
    return keys;
}

// Takes a number from the front of the text.
bool take_number(std::string_view& text, batsched_host_id_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc();
}

// One host or one interval: "7", "0-3".
std::optional<batsched::HostSet> read_interval(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    batsched_host_id_t first = 0;
    if (!take_number(text, first)) return std::nullopt;
    batsched_host_id_t last = first;
    if (!text.empty() && text[0] == '-') {
        text.remove_prefix(1);
        if (!take_number(text, last)) return std::nullopt;
    }
    if (!text.empty() || last < first) return std::nullopt;
    return batsched::HostSet::range(first, last);
}

// One object of the list.
class Entry {
  public:
    Entry(const json& object, std::string place) : object_(object), place_(std::move(place)) {
        if (!object.is_object()) fail("must be a JSON object, is " + excerpt(object));
    }

    bool is_event() const { return object_.contains("event"); }
    // A trace has all schedulers of a simulation; a list written by hand need not say whose it is.
    bool belongs_to(const std::string& scheduler) const {
        return object_.value("scheduler", json(scheduler)) == scheduler;
    }
    // What was refused did nothing, and what only wakes the scheduler is not needed here.
    bool has_effect() const {
        static const std::set<std::string> without{"call_me_later", "cancel_call", "create_probe",
                                                   "stop_probe"};
        return object_.value("status", json("OK")) == "OK" && without.count(kind()) == 0;
    }

    Decision read() const {
        for (const auto& [key, value] : object_.items())
            if (known_keys().count(key) == 0) fail("unknown key '" + key + "'");
        return {number("date", std::nullopt), place_, what()};
    }

  private:
    [[noreturn]] void fail(const std::string& message) const {
        throw std::invalid_argument("configuration: " + place_ + ": " + message);
    }
    static std::string excerpt(const json& value) { return batsched::shortened(value.dump()); }

    std::string kind() const { return text("decision", std::nullopt); }

    decltype(Decision::what) what() const {
        const std::string decision = kind();
        if (decision == "execute_job") return execute();
        if (decision == "reject_job") return Reject{job(), text("reason", "")};
        if (decision == "kill_jobs") return Kill{jobs()};
        if (decision == "annotate_job") return Annotate{job(), member("annotation").dump()};
        if (decision == "delay_decisions") return Delay{number("duration", std::nullopt)};
        if (decision == "stop_simulation") return Stop{text("reason", "")};
        fail("the decision '" + decision + "' cannot be replayed");
    }
    Execute execute() const {
        Execute execute{job(), hosts(), {}, "", number("walltime", 0)};
        if (object_.contains("rank_hosts")) execute.rank_hosts = rank_hosts();
        if (object_.contains("storage_mapping"))
            execute.storage_mapping = member("storage_mapping").dump();
        return execute;
    }

    const json& member(const char* key) const {
        if (!object_.contains(key)) fail(std::string("has no '") + key + "'");
        return object_[key];
    }
    std::string text(const char* key, std::optional<std::string> otherwise) const {
        if (otherwise && !object_.contains(key)) return *otherwise;
        const json& value = member(key);
        if (!value.is_string())
            fail(std::string("'") + key + "' must be a text, is " + excerpt(value));
        return value.get<std::string>();
    }
    double number(const char* key, std::optional<double> otherwise) const {
        if (otherwise && !object_.contains(key)) return *otherwise;
        const json& value = member(key);
        if (!value.is_number() || !(value.get<double>() >= 0))
            fail(std::string("'") + key + "' must be a number >= 0, is " + excerpt(value));
        return value.get<double>();
    }
    const json& list(const char* key) const {
        const json& value = member(key);
        if (!value.is_array())
            fail(std::string("'") + key + "' must be a list, is " + excerpt(value));
        return value;
    }
    std::string job() const { return text("job", std::nullopt); }
    // A trace has null where a job was over already.
    std::vector<std::string> jobs() const {
        std::vector<std::string> names;
        for (const json& name : list("jobs"))
            if (name.is_string()) names.push_back(name.get<std::string>());
        return names;
    }
    batsched::HostSet hosts() const {
        const std::string list = text("hosts", std::nullopt);
        batsched::HostSet hosts;
        std::istringstream in(list);
        for (std::string part; std::getline(in, part, ',');) {
            const auto interval = read_interval(part);
            if (!interval) fail("'hosts' must be a set of hosts such as 0-3,7, is '" + list + "'");
            hosts |= *interval;
        }
        return hosts;
    }
    std::vector<batsched_host_id_t> rank_hosts() const {
        std::vector<batsched_host_id_t> hosts;
        for (const json& host : list("rank_hosts")) {
            if (!host.is_number_unsigned() ||
                host.get<std::uint64_t>() > std::numeric_limits<batsched_host_id_t>::max())
                fail("'rank_hosts' must be a list of hosts, has " + excerpt(host));
            hosts.push_back(host.get<batsched_host_id_t>());
        }
        return hosts;
    }

    const json& object_;
    std::string place_;
};

void add(const Entry& entry, const std::string& scheduler, std::vector<Decision>& decisions) {
    if (!entry.is_event() && entry.belongs_to(scheduler) && entry.has_effect())
        decisions.push_back(entry.read());
}

std::vector<Decision> read_list(const json& list, const std::string& scheduler) {
    std::vector<Decision> decisions;
    std::size_t number = 0;
    for (const json& entry : list)
        add(Entry(entry, "decision " + std::to_string(++number)), scheduler, decisions);
    return decisions;
}

std::vector<Decision> read_lines(const std::string& text, const std::string& scheduler) {
    std::vector<Decision> decisions;
    std::istringstream in(text);
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        const std::string place = "line " + std::to_string(++number);
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const json object = batsched::parse_json(line);
        if (object.is_discarded())
            throw std::invalid_argument("configuration: " + place +
                                        ": must be a JSON object nested less than 250 deep, is '" +
                                        batsched::shortened(line) + "'");
        add(Entry(object, place), scheduler, decisions);
    }
    return decisions;
}

} // namespace

std::vector<Decision> read_decisions(const std::string& text, const std::string& scheduler) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        throw std::invalid_argument(
            "configuration: is empty; it must be the decisions to make, as a rule "
            "@<file of --trace-decisions>");
    const json whole = batsched::parse_json(text);
    const bool is_list = whole.is_object() && whole.contains("decisions");
    std::vector<Decision> decisions =
        is_list ? read_list(whole["decisions"], scheduler) : read_lines(text, scheduler);
    std::stable_sort(decisions.begin(), decisions.end(),
                     [](const Decision& a, const Decision& b) { return a.date < b.date; });
    return decisions;
}

std::vector<std::string> jobs_of(const Decision& decision) {
    if (const auto* execute = std::get_if<Execute>(&decision.what)) return {execute->job};
    if (const auto* reject = std::get_if<Reject>(&decision.what)) return {reject->job};
    if (const auto* kill = std::get_if<Kill>(&decision.what)) return kill->jobs;
    if (const auto* annotate = std::get_if<Annotate>(&decision.what)) return {annotate->job};
    return {};
}

} // namespace static_order
