// comparison.cpp - several schedulers on the same inputs: what their runs say together.
#include "compare/comparison.hpp"

#include <algorithm>

namespace batsim {

namespace {

using Runs = std::vector<RunResult>;

bool is_completed(const RunResult& run) { return run.state == RunResult::State::kCompleted; }

void add_failure(std::vector<Failures>& all, const std::string& message, std::uint64_t seed) {
    const auto same = std::find_if(all.begin(), all.end(), [&](const Failures& failures) {
        return failures.message == message;
    });
    if (same == all.end())
        all.push_back({message, {seed}});
    else
        same->seeds.push_back(seed);
}

std::optional<Estimate> mean_of(const Runs& runs, RunMetric metric) {
    std::vector<double> values;
    for (const RunResult& run : runs)
        if (is_completed(run) && run.values[metric]) values.push_back(*run.values[metric]);
    return estimate(values);
}

std::optional<Estimate> difference(const Runs& runs, const Runs& first, RunMetric metric) {
    std::vector<double> values;
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (is_completed(runs[i]) && is_completed(first[i]) && runs[i].values[metric] &&
            first[i].values[metric])
            values.push_back(*runs[i].values[metric] - *first[i].values[metric]);
    return estimate(values);
}

bool are_all_the_same(const Runs& runs) {
    return runs.size() > 1 && std::all_of(runs.begin(), runs.end(), [&](const RunResult& run) {
               return is_completed(run) && run.schedule == runs[0].schedule;
           });
}

bool are_the_same(const Runs& a, const Runs& b) {
    return std::equal(a.begin(), a.end(), b.begin(), [](const RunResult& x, const RunResult& y) {
        return is_completed(x) && is_completed(y) && x.schedule == y.schedule;
    });
}

std::optional<std::size_t> find_same(const std::vector<Contestant>& contestants,
                                     std::size_t index) {
    for (std::size_t i = 0; i < index; ++i)
        if (are_the_same(contestants[i].runs, contestants[index].runs)) return i;
    return std::nullopt;
}

SchedulerSummary summary_of(const Runs& runs, const std::vector<std::uint64_t>& seeds) {
    SchedulerSummary summary;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (is_completed(runs[i])) ++summary.completed;
        if (runs[i].state != RunResult::State::kFailed) continue;
        ++summary.failed;
        add_failure(summary.failures, runs[i].message, seeds[i]);
    }
    for_each_metric([&](RunMetric metric) { summary.means[metric] = mean_of(runs, metric); });
    summary.same_with_all_seeds = are_all_the_same(runs);
    return summary;
}

} // namespace

std::vector<SchedulerSummary> Comparison::summaries() const {
    std::vector<SchedulerSummary> all;
    for (std::size_t i = 0; i < contestants.size(); ++i) {
        SchedulerSummary summary = summary_of(contestants[i].runs, seeds);
        if (i > 0)
            for_each_metric([&](RunMetric metric) {
                summary.differences[metric] =
                    difference(contestants[i].runs, contestants[0].runs, metric);
            });
        summary.same_as = find_same(contestants, i);
        all.push_back(std::move(summary));
    }
    return all;
}

std::size_t Comparison::count_of(RunResult::State state) const {
    std::size_t count = 0;
    for (const Contestant& contestant : contestants)
        for (const RunResult& run : contestant.runs) count += run.state == state ? 1 : 0;
    return count;
}

} // namespace batsim
