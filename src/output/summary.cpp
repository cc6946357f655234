// summary.cpp - the few lines that a simulation ends with.
#include "output/summary.hpp"

#include <algorithm>
#include <utility>

#include "output/numbers.hpp"

namespace batsim {

namespace {

std::string line(const char* label, const std::string& value) {
    std::string text = std::string("  ") + label;
    text.resize(26, ' ');
    return text + value + "\n";
}

const char* reason_text(const Outcome& outcome) {
    switch (outcome.reason) {
        case EndReason::kFinished: return "finished";
        case EndReason::kStopped:
            return outcome.stopped_at_date ? "stopped as asked for" : "stopped by a scheduler";
        case EndReason::kStalled: return "stalled";
        case EndReason::kInterrupted: return "interrupted";
        case EndReason::kFailed: return "failed";
    }
    return "";
}

std::string jobs_text(const Metrics& metrics, std::uint64_t job_count, std::uint64_t cut_off,
                      std::uint64_t left_waiting) {
    std::string text = grouped(job_count);
    const auto add = [&text](std::uint64_t count, const char* what) {
        if (count > 0) text += std::string(", ") + grouped(count) + " " + what;
    };
    add(metrics.count_of(JobEnd::kSucceeded), "succeeded");
    add(metrics.count_of(JobEnd::kFailed), "failed");
    add(metrics.count_of(JobEnd::kWalltimeReached), "reached their walltime");
    add(metrics.count_of(JobEnd::kKilled), "killed");
    add(metrics.count_of(JobEnd::kHostFailed), "lost with a host");
    add(metrics.count_of(JobEnd::kRejected), "rejected");
    add(cut_off, "cut off");
    add(left_waiting, "never started");
    return text;
}

std::string jobs_text(const Metrics& metrics, const Outcome& outcome) {
    return jobs_text(metrics, metrics.job_count(), outcome.running_jobs.size(),
                     outcome.waiting_jobs.size());
}

// A table whose columns are as wide as their widest cells; all but the first and the last one are
// numbers, which end below each other.
std::string table_text(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths(rows[0].size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    std::string text;
    for (const auto& row : rows) {
        text += "  " + row[0] + std::string(widths[0] - row[0].size(), ' ');
        for (std::size_t i = 1; i + 1 < row.size(); ++i)
            text += "  " + std::string(widths[i] - row[i].size(), ' ') + row[i];
        text += "  " + row.back() + "\n";
    }
    return text;
}

std::string schedulers_table(const SchedulerMetrics& schedulers, double makespan) {
    if (schedulers.rows().empty()) return "";
    std::vector<std::vector<std::string>> table{{"scheduler", "hosts", "utilization",
                                                 "mean waiting time", "mean bounded slowdown",
                                                 "jobs"}};
    for (const SchedulerMetrics::Row& row : schedulers.rows()) {
        const Metrics& metrics = row.metrics;
        const auto unless = [](bool none, std::string text) {
            return none ? std::string("-") : std::move(text);
        };
        const bool no_job = metrics.ended_count() == 0;
        table.push_back(
            {row.name, grouped(row.hosts.size()),
             unless(row.hosts.empty(), fixed(100 * row.utilization(makespan), 2) + " %"),
             unless(no_job, fixed(metrics.waiting_time().mean(), 2) + " s"),
             unless(no_job, fixed(metrics.bounded_slowdown().mean(), 6)),
             jobs_text(metrics, row.job_count(), row.cut_off, row.left_waiting)});
    }
    return table_text(table);
}

std::string schedulers_text(const RunFacts& facts) {
    std::string text;
    for (const auto& scheduler : facts.schedulers) {
        const double share = facts.wall_time > 0 ? 100 * scheduler.seconds / facts.wall_time : 0;
        text += (text.empty() ? "" : ", ") + fixed(share, 0) + " % in " + scheduler.name;
    }
    return text;
}

} // namespace

std::string summary_text(const Metrics& metrics, const SchedulerMetrics& schedulers,
                         const Outcome& outcome, const RunFacts& facts) {
    std::string stop = outcome.stop_reason.empty() ? "" : " (" + outcome.stop_reason + ")";
    return std::string("Simulation ") + reason_text(outcome) + stop + " at date " +
           fixed(outcome.date, 2) + " s\n" + line("jobs", jobs_text(metrics, outcome)) +
           line("makespan", fixed(metrics.makespan(), 2) + " s") +
           line("mean waiting time", fixed(metrics.waiting_time().mean(), 2) + " s") +
           line("mean bounded slowdown", fixed(metrics.bounded_slowdown().mean(), 6)) +
           line("utilization", fixed(100 * metrics.utilization(), 2) + " % of " +
                                   grouped(metrics.host_count()) + " hosts") +
           schedulers_table(schedulers, metrics.makespan()) +
           line("wall-clock time", fixed(facts.wall_time, 3) + " s, " + schedulers_text(facts)) +
           line("results", facts.output_folder);
}

} // namespace batsim
