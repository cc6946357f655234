// run_result.cpp - what one simulation of a comparison has given.
#include "compare/run_result.hpp"

#include "base/json.hpp"

namespace batsim {

namespace {

constexpr std::array<MetricText, kMetricCount> kTexts{{
    {"makespan", "makespan [s]", 1, 2},
    {"mean_waiting_time", "mean waiting time [s]", 1, 2},
    {"median_waiting_time", "median waiting time [s]", 1, 2},
    {"waiting_time_95", "95 % quantile of waiting [s]", 1, 2},
    {"max_waiting_time", "maximum waiting time [s]", 1, 2},
    {"mean_turnaround_time", "mean turnaround time [s]", 1, 2},
    {"mean_bounded_slowdown", "mean bounded slowdown", 1, 4},
    {"utilization", "utilization [%]", 100, 2},
    {"energy", "energy [kJ]", 1e-3, 1},
    {"jobs_succeeded", "jobs succeeded", 1, 1, true},
    {"jobs_failed", "jobs failed", 1, 1, true},
    {"jobs_walltime_reached", "jobs at their walltime", 1, 1, true},
    {"jobs_killed", "jobs killed", 1, 1, true},
    {"jobs_host_failed", "jobs lost with a host", 1, 1, true},
    {"jobs_rejected", "jobs rejected", 1, 1, true},
    {"jobs_unfinished", "jobs not finished", 1, 1, true},
    {"decision_time", "real time per decision [us]", 1e6, 2, false, true},
}};

constexpr std::array kStates{RunResult::State::kCompleted, RunResult::State::kFailed,
                             RunResult::State::kInterrupted};

std::optional<RunResult::State> read_state(const std::string& name) {
    for (const RunResult::State state : kStates)
        if (name == state_name(state)) return state;
    return std::nullopt;
}

} // namespace

const MetricText& text_of(RunMetric metric) { return kTexts[static_cast<std::size_t>(metric)]; }

const char* state_name(RunResult::State state) {
    switch (state) {
        case RunResult::State::kCompleted: return "completed";
        case RunResult::State::kFailed: return "failed";
        case RunResult::State::kInterrupted: return "interrupted";
    }
    return "";
}

std::string to_text(const RunResult& result) {
    Json values = Json::object();
    for_each_metric([&](RunMetric metric) {
        if (result.values[metric]) values[text_of(metric).key] = *result.values[metric];
    });
    const Json json = {{"state", state_name(result.state)},
                       {"exit_code", result.exit_code.value_or(0)},
                       {"message", result.message},
                       {"values", values},
                       {"schedule", result.schedule},
                       {"batch_count", result.batch_count},
                       {"scheduler_seconds", result.scheduler_seconds},
                       {"wall_seconds", result.wall_seconds}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<RunResult> read_run_result(const std::string& text) try {
    const Json json = Json::parse(text);
    const auto state = read_state(json.at("state"));
    if (!state) return std::nullopt;
    RunResult result;
    result.state = *state;
    result.exit_code = json.at("exit_code").get<int>();
    result.message = json.at("message");
    const Json& values = json.at("values");
    for_each_metric([&](RunMetric metric) {
        const auto value = values.find(text_of(metric).key);
        if (value != values.end()) result.values[metric] = value->get<double>();
    });
    result.schedule = json.at("schedule");
    result.batch_count = json.at("batch_count");
    result.scheduler_seconds = json.at("scheduler_seconds");
    result.wall_seconds = json.at("wall_seconds");
    return result;
} catch (const Json::exception&) {
    return std::nullopt;
}

} // namespace batsim
