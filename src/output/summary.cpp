// summary.cpp - the few lines that a simulation ends with.
#include "output/summary.hpp"

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

std::string jobs_text(const Metrics& metrics, const Outcome& outcome) {
    std::string text = grouped(metrics.job_count());
    const auto add = [&text](std::uint64_t count, const char* what) {
        if (count > 0) text += std::string(", ") + grouped(count) + " " + what;
    };
    add(metrics.count_of(JobEnd::kSucceeded), "succeeded");
    add(metrics.count_of(JobEnd::kFailed), "failed");
    add(metrics.count_of(JobEnd::kWalltimeReached), "reached their walltime");
    add(metrics.count_of(JobEnd::kKilled), "killed");
    add(metrics.count_of(JobEnd::kHostFailed), "lost with a host");
    add(metrics.count_of(JobEnd::kRejected), "rejected");
    add(outcome.running_jobs.size(), "cut off");
    add(outcome.waiting_jobs.size(), "never started");
    return text;
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

std::string summary_text(const Metrics& metrics, const Outcome& outcome, const RunFacts& facts) {
    std::string stop = outcome.stop_reason.empty() ? "" : " (" + outcome.stop_reason + ")";
    return std::string("Simulation ") + reason_text(outcome) + stop + " at date " +
           fixed(outcome.date, 2) + " s\n" + line("jobs", jobs_text(metrics, outcome)) +
           line("makespan", fixed(metrics.makespan(), 2) + " s") +
           line("mean waiting time", fixed(metrics.waiting_time().mean(), 2) + " s") +
           line("mean bounded slowdown", fixed(metrics.bounded_slowdown().mean(), 6)) +
           line("utilization", fixed(100 * metrics.utilization(), 2) + " % of " +
                                   grouped(metrics.host_count()) + " hosts") +
           line("wall-clock time", fixed(facts.wall_time, 3) + " s, " + schedulers_text(facts)) +
           line("results", facts.output_folder);
}

} // namespace batsim
