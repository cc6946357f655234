// decision_list.cpp - decisions with dates, read from a configuration or a trace of decisions.
#include "decision_list.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>

#include "../common/json.hpp"
#include "../common/text.hpp"
#include "jobs_csv.hpp"

namespace static_order {

namespace {

using nlohmann::json;

// All that a line of a trace may have, so that a misspelt key is noticed.
const std::set<std::string>& known_keys() {
    static const std::set<std::string> keys{
        "aggregation",     "annotation", "call",         "date",
        "decision",        "duration",   "error",        "extra_data",
        "group_id",        "hosts",      "job",          "job_id",
        "job_ids",         "jobs",       "json",         "links",
        "max_hosts",       "metric",     "min_hosts",    "name",
        "parent_id",       "period",     "probe",        "profile",
        "pstate",          "queue_id",   "rank_hosts",   "reason",
        "requested_hosts", "scheduler",  "state",        "status",
        "storage_mapping", "time",       "to",           "user_id",
        "walltime",        "workload",   "executable_id"};
    return keys;
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

    // The job that the decision hands to this scheduler, if it does.
    std::optional<std::string> job_handed_to(const std::string& scheduler) const {
        if (kind() != "forward_job" || text("to", std::nullopt) != scheduler) return std::nullopt;
        return job();
    }
    // The hosts that the decision brings to this scheduler.
    batsched::HostSet hosts_brought_to(const std::string& scheduler) const {
        const bool taken = kind() == "take_hosts" && belongs_to(scheduler);
        const bool lent = kind() == "lend_hosts" && text("to", std::nullopt) == scheduler;
        return taken || lent ? hosts() : batsched::HostSet();
    }

    // The full name of the job that the decision registers, if it does. `scheduler`: whose it is if
    // the entry does not say.
    std::optional<std::string> registered_job(const std::string& scheduler) const {
        if (kind() != "register_job") return std::nullopt;
        const std::string workload =
            has("workload") ? text("workload", "") : text("scheduler", scheduler);
        return workload + "!" + text("name", std::nullopt);
    }

    bool shares_hosts() const {
        return object_.value("event", json()) == "SIMULATION_BEGINS" &&
               object_.value("shared_hosts", json()) == true;
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
        if (decision == "set_pstate") return SetPstate{hosts(), count("pstate", std::nullopt)};
        if (decision == "set_host_state") return SetHostState{hosts(), host_state()};
        if (decision == "register_profile")
            return RegisterProfile{text("profile", std::nullopt), member("json").dump()};
        if (decision == "release_profile") return ReleaseProfile{text("profile", std::nullopt)};
        if (decision == "register_job") return register_job();
        if (decision == "finish_registration") return FinishRegistration{};
        if (decision == "forward_job") return Forward{job(), text("to", std::nullopt)};
        if (decision == "lend_hosts") return Lend{hosts(), text("to", std::nullopt)};
        if (decision == "return_hosts") return Return{hosts()};
        if (decision == "take_hosts") return Take{hosts()};
        fail("the decision '" + decision + "' cannot be replayed");
    }
    Execute execute() const {
        Execute execute{job(), hosts(), {}, "", 0};
        if (object_.contains("walltime")) execute.walltime = walltime();
        if (object_.contains("rank_hosts")) execute.rank_hosts = rank_hosts();
        if (object_.contains("storage_mapping"))
            execute.storage_mapping = member("storage_mapping").dump();
        return execute;
    }

    RegisterJob register_job() const {
        std::optional<std::string> workload;
        if (has("workload")) workload = text("workload", std::nullopt);
        return {workload,
                text("name", std::nullopt),
                text("profile", std::nullopt),
                has("extra_data") ? member("extra_data").dump() : "{}",
                count("requested_hosts", std::nullopt),
                count("min_hosts", 0),
                count("max_hosts", 0),
                has("parent_id") ? whole<batsched_job_id_t>("parent_id") : BATSCHED_NO_JOB,
                walltime(),
                user("user_id"),
                user("group_id"),
                user("queue_id"),
                user("executable_id")};
    }
    double walltime() const {
        return has("walltime") ? number("walltime", std::nullopt) : batsched::kNoWalltime;
    }
    batsched_host_state_t host_state() const {
        const std::string state = text("state", std::nullopt);
        if (state == "ON") return BATSCHED_HOST_ON;
        if (state == "OFF") return BATSCHED_HOST_OFF;
        fail("'state' must be ON or OFF, is '" + state + "'");
    }

    // A trace has null for what is not there.
    bool has(const char* key) const { return object_.contains(key) && !object_[key].is_null(); }
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
    // Of any integer type.
    template <class Integer>
    Integer whole(const char* key) const {
        const json& value = member(key);
        using Limits = std::numeric_limits<Integer>;
        const bool fits = value.is_number_unsigned()
                              ? value.get<std::uint64_t>() <= std::uint64_t{Limits::max()}
                              : value.is_number_integer() && Limits::is_signed &&
                                    value.get<std::int64_t>() >= std::int64_t(Limits::min());
        if (!fits) fail(std::string("'") + key + "' must be a whole number, is " + excerpt(value));
        return value.get<Integer>();
    }
    std::uint32_t count(const char* key, std::optional<std::uint32_t> otherwise) const {
        return otherwise && !has(key) ? *otherwise : whole<std::uint32_t>(key);
    }
    std::int32_t user(const char* key) const { return has(key) ? whole<std::int32_t>(key) : -1; }
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
        const auto hosts = batsched::read_hosts(list);
        if (!hosts) fail("'hosts' must be a set of hosts such as 0-3,7, is '" + list + "'");
        return *hosts;
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

void add(const Entry& entry, const std::string& scheduler, DecisionList& list) {
    if (entry.shares_hosts() && entry.belongs_to(scheduler)) list.shared_hosts = true;
    if (entry.is_event() || !entry.has_effect()) return;
    if (const auto job = entry.registered_job(scheduler)) list.later_jobs.insert(*job);
    if (const auto job = entry.job_handed_to(scheduler)) list.later_jobs.insert(*job);
    list.borrowed |= entry.hosts_brought_to(scheduler);
    if (entry.belongs_to(scheduler)) list.decisions.push_back(entry.read());
}

DecisionList read_list(const json& entries, const std::string& scheduler) {
    DecisionList list;
    std::size_t number = 0;
    for (const json& entry : entries)
        add(Entry(entry, "decision " + std::to_string(++number)), scheduler, list);
    return list;
}

DecisionList read_object(const json& object, const std::string& scheduler) {
    DecisionList list = read_list(object["decisions"], scheduler);
    const json shared = object.value("shared_hosts", json(false));
    if (!shared.is_boolean())
        throw std::invalid_argument("configuration: 'shared_hosts' must be true or false, is " +
                                    batsched::shortened(shared.dump()));
    list.shared_hosts = list.shared_hosts || shared.get<bool>();
    return list;
}

DecisionList read_lines(const std::string& text, const std::string& scheduler) {
    DecisionList list;
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
        add(Entry(object, place), scheduler, list);
    }
    return list;
}

DecisionList read_unsorted(const std::string& text, const std::string& scheduler) {
    if (is_jobs_csv(text)) return read_jobs_csv(text, scheduler);
    const json whole = batsched::parse_json(text);
    const bool is_list = whole.is_object() && whole.contains("decisions");
    return is_list ? read_object(whole, scheduler) : read_lines(text, scheduler);
}

} // namespace

DecisionList read_decisions(const std::string& text, const std::string& scheduler) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        throw std::invalid_argument(
            "configuration: is empty; it must be the decisions to make, as a rule "
            "@<file of --trace-decisions> or @<jobs.csv>");
    DecisionList list = read_unsorted(text, scheduler);
    std::stable_sort(list.decisions.begin(), list.decisions.end(),
                     [](const Decision& a, const Decision& b) { return a.date < b.date; });
    return list;
}

std::vector<std::string> jobs_of(const Decision& decision) {
    if (const auto* execute = std::get_if<Execute>(&decision.what)) return {execute->job};
    if (const auto* reject = std::get_if<Reject>(&decision.what)) return {reject->job};
    if (const auto* kill = std::get_if<Kill>(&decision.what)) return kill->jobs;
    if (const auto* annotate = std::get_if<Annotate>(&decision.what)) return {annotate->job};
    if (const auto* forward = std::get_if<Forward>(&decision.what)) return {forward->job};
    return {};
}

batsched::HostSet hosts_of(const Decision& decision) {
    if (const auto* execute = std::get_if<Execute>(&decision.what)) return execute->hosts;
    if (const auto* change = std::get_if<SetPstate>(&decision.what)) return change->hosts;
    if (const auto* change = std::get_if<SetHostState>(&decision.what)) return change->hosts;
    if (const auto* lend = std::get_if<Lend>(&decision.what)) return lend->hosts;
    if (const auto* give = std::get_if<Return>(&decision.what)) return give->hosts;
    if (const auto* take = std::get_if<Take>(&decision.what)) return take->hosts;
    return {};
}

bool registers(const Decision& decision) {
    return std::holds_alternative<RegisterProfile>(decision.what) ||
           std::holds_alternative<ReleaseProfile>(decision.what) ||
           std::holds_alternative<RegisterJob>(decision.what) ||
           std::holds_alternative<FinishRegistration>(decision.what);
}

} // namespace static_order
