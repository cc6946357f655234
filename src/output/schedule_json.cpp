// schedule_json.cpp - schedule.json and schedule.csv: the metrics of the whole simulation.
#include "output/schedule_json.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace batsim {

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

Members members_of(const ScheduleFacts& facts) {
    const Metrics& metrics = facts.metrics;
    const HostActivity& activity = facts.activity;
    const auto count = [](std::uint64_t value) { return std::to_string(value); };
    const auto time = [&](Activity one) { return number_text(activity.time_of(one)); };
    const std::uint64_t jobs = metrics.job_count();
    const std::uint64_t successes = metrics.count_of(JobEnd::kSucceeded);
    const double success_rate =
        jobs == 0 ? 0 : static_cast<double>(successes) / static_cast<double>(jobs);
    Members members{
        {"batsim_version", '"' + facts.version + '"'},
        {"consumed_joules", number_text(facts.joules)},
        {"makespan", number_text(metrics.makespan())},
        {"max_slowdown", number_text(metrics.slowdown().maximum())},
        {"max_turnaround_time", number_text(metrics.turnaround_time().maximum())},
        {"max_waiting_time", number_text(metrics.waiting_time().maximum())},
        {"mean_slowdown", number_text(metrics.slowdown().mean())},
        {"mean_turnaround_time", number_text(metrics.turnaround_time().mean())},
        {"mean_waiting_time", number_text(metrics.waiting_time().mean())},
        {"nb_computing_machines", count(metrics.host_count())},
        {"nb_grouped_switches", count(activity.grouped_switch_count())},
        {"nb_jobs", count(jobs)},
        {"nb_jobs_finished", count(metrics.ended_count())},
        {"nb_jobs_killed", count(metrics.killed_count())},
        {"nb_jobs_rejected", count(metrics.count_of(JobEnd::kRejected))},
        {"nb_jobs_success", count(successes)},
        {"nb_machine_switches", count(activity.switch_count())},
        {"success_rate", number_text(success_rate)},
        {"time_computing", time(Activity::kComputing)},
        {"time_idle", time(Activity::kIdle)},
        {"time_sleeping", time(Activity::kSleeping)},
        {"time_switching_off", time(Activity::kSwitchingOff)},
        {"time_switching_on", time(Activity::kSwitchingOn)},
        {"time_unavailable", time(Activity::kUnavailable)},
    };
    if (facts.link_joules)
        members.emplace_back("consumed_joules_links", number_text(*facts.link_joules));
    std::sort(members.begin(), members.end());
    return members;
}

std::string json_of(const SchedulerMetrics::Row& row, double makespan) {
    const Metrics& metrics = row.metrics;
    const auto count = [](std::uint64_t value) { return std::to_string(value); };
    const Members members{
        {"name", '"' + row.name + '"'},
        {"makespan", number_text(metrics.makespan())},
        {"mean_bounded_slowdown", number_text(metrics.bounded_slowdown().mean())},
        {"mean_slowdown", number_text(metrics.slowdown().mean())},
        {"mean_turnaround_time", number_text(metrics.turnaround_time().mean())},
        {"mean_waiting_time", number_text(metrics.waiting_time().mean())},
        {"nb_computing_machines", count(row.hosts.size())},
        {"nb_jobs", count(row.job_count())},
        {"nb_jobs_finished", count(metrics.ended_count())},
        {"nb_jobs_killed", count(metrics.killed_count())},
        {"nb_jobs_rejected", count(metrics.count_of(JobEnd::kRejected))},
        {"nb_jobs_success", count(metrics.count_of(JobEnd::kSucceeded))},
        {"utilization", number_text(row.utilization(makespan))},
    };
    std::string text;
    for (const auto& [key, value] : members) {
        text.append(text.empty() ? "{\"" : ", \"").append(key).append("\": ").append(value);
    }
    return text + "}";
}

std::string json_of(const SchedulerMetrics& schedulers, double makespan) {
    std::string text;
    for (const SchedulerMetrics::Row& row : schedulers.rows())
        text += (text.empty() ? "[\n    " : ",\n    ") + json_of(row, makespan);
    return text + "\n  ]";
}

} // namespace

std::string schedule_json(const ScheduleFacts& facts) {
    Members members = members_of(facts);
    if (!facts.schedulers.rows().empty())
        members.emplace_back("schedulers", json_of(facts.schedulers, facts.metrics.makespan()));
    std::sort(members.begin(), members.end());
    std::string text = "{\n";
    for (const auto& [key, value] : members) {
        text.append("  \"").append(key).append("\": ").append(value);
        text += key == members.back().first ? "\n" : ",\n";
    }
    return text + "}\n";
}

std::string schedule_csv(const ScheduleFacts& facts, const RealTimes& times) {
    Members members = members_of(facts);
    members.emplace_back("scheduling_time", number_text(times.in_schedulers));
    members.emplace_back("simulation_time", number_text(times.whole));
    std::sort(members.begin(), members.end());
    std::string keys, values;
    for (auto& [key, value] : members) {
        if (key == "batsim_version") value = facts.version;
        if (key == "makespan") value = number_text(facts.metrics.last_end());
        keys += (keys.empty() ? "" : ",") + key;
        values += (values.empty() ? "" : ",") + value;
    }
    return keys + "\n" + values + "\n";
}

} // namespace batsim
