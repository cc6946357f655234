// comparison_files.cpp - a comparison for programs to read.
#include "compare/comparison_files.hpp"

#include "base/json.hpp"
#include "output/csv_row.hpp"

namespace batsim {

namespace {

template <class Use>
void for_each_metric_of(RealTimeRows real_times, const Use& use) {
    for_each_metric([&](RunMetric metric) {
        if (!text_of(metric).is_real_time || real_times == RealTimeRows::kShown) use(metric);
    });
}

void add_estimate(CsvRow& row, const std::optional<Estimate>& estimate) {
    row.number(estimate ? std::optional(estimate->mean) : std::nullopt);
    row.number(estimate ? estimate->half_width : std::nullopt);
}

std::string all_messages(const SchedulerSummary& summary) {
    std::string text;
    for (const Failures& failures : summary.failures)
        text += (text.empty() ? "" : "\n") + failures.message;
    return text;
}

std::string comparison_head(RealTimeRows real_times) {
    CsvRow row;
    for (const char* name : {"scheduler", "plugin", "configuration", "runs", "completed", "failed",
                             "message", "same_with_all_seeds", "same_as"})
        row.text(name);
    for_each_metric_of(real_times, [&](RunMetric metric) {
        const std::string key = text_of(metric).key;
        for (const char* end : {"_mean", "_half_width", "_difference", "_difference_half_width"})
            row.text(key + end);
    });
    return std::string(row.end());
}

Json json_of(const std::optional<Estimate>& estimate) {
    if (!estimate) return nullptr;
    return {{"seeds", estimate->count},
            {"mean", estimate->mean},
            {"half_width", estimate->half_width ? Json(*estimate->half_width) : Json()}};
}

Json json_of(const std::vector<Failures>& all) {
    Json list = Json::array();
    for (const Failures& failures : all)
        list.push_back({{"message", failures.message}, {"seeds", failures.seeds}});
    return list;
}

Json json_of(const Comparison& comparison, const Contestant& contestant,
             const SchedulerSummary& summary, RealTimeRows real_times) {
    Json metrics = Json::object();
    for_each_metric_of(real_times, [&](RunMetric metric) {
        metrics[text_of(metric).key] = {{"mean", json_of(summary.means[metric])},
                                        {"difference", json_of(summary.differences[metric])}};
    });
    const Json same_as =
        summary.same_as ? Json(comparison.contestants[*summary.same_as].name) : Json();
    return {{"name", contestant.name},
            {"plugin", contestant.plugin},
            {"configuration", contestant.config},
            {"completed", summary.completed},
            {"failed", summary.failed},
            {"failures", json_of(summary.failures)},
            {"same_with_all_seeds", summary.same_with_all_seeds},
            {"same_as", same_as},
            {"metrics", metrics}};
}

// Calls `add` with each run, its contestant and its seed; seed by seed, as they are begun.
template <class Add>
void for_each_run(const Comparison& comparison, const Add& add) {
    for (std::size_t seed = 0; seed < comparison.seeds.size(); ++seed)
        for (const Contestant& contestant : comparison.contestants)
            add(contestant, comparison.seeds[seed], contestant.runs[seed]);
}

} // namespace

std::string comparison_csv(const Comparison& comparison, RealTimeRows real_times) {
    std::string text = comparison_head(real_times);
    const std::vector<SchedulerSummary> summaries = comparison.summaries();
    for (std::size_t i = 0; i < summaries.size(); ++i) {
        const Contestant& contestant = comparison.contestants[i];
        const SchedulerSummary& summary = summaries[i];
        CsvRow row;
        row.text(contestant.name).text(contestant.plugin).text(contestant.config);
        row.count(comparison.seeds.size()).count(summary.completed).count(summary.failed);
        row.text(all_messages(summary)).count(summary.same_with_all_seeds ? 1 : 0);
        row.text(summary.same_as ? comparison.contestants[*summary.same_as].name : "");
        for_each_metric_of(real_times, [&](RunMetric metric) {
            add_estimate(row, summary.means[metric]);
            add_estimate(row, summary.differences[metric]);
        });
        text += row.end();
    }
    return text;
}

std::string comparison_json(const Comparison& comparison, RealTimeRows real_times) {
    const std::vector<SchedulerSummary> summaries = comparison.summaries();
    Json schedulers = Json::array();
    for (std::size_t i = 0; i < summaries.size(); ++i)
        schedulers.push_back(
            json_of(comparison, comparison.contestants[i], summaries[i], real_times));
    const Json json = {{"jobs", comparison.job_count}, {"hosts", comparison.host_count},
                       {"seeds", comparison.seeds},    {"shake", comparison.shake},
                       {"confidence", 0.95},           {"schedulers", schedulers}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string runs_csv(const Comparison& comparison) {
    CsvRow head;
    head.text("scheduler").text("seed").text("state").text("exit_code").text("message");
    for_each_metric_of(RealTimeRows::kLeftOut,
                       [&](RunMetric metric) { head.text(text_of(metric).key); });
    std::string text(head.end());
    for_each_run(comparison, [&](const Contestant& contestant, std::uint64_t seed,
                                 const RunResult& run) {
        CsvRow row;
        row.text(contestant.name).count(seed).text(state_name(run.state));
        row.text(run.exit_code ? std::to_string(*run.exit_code) : std::string()).text(run.message);
        for_each_metric_of(RealTimeRows::kLeftOut,
                           [&](RunMetric metric) { row.number(run.values[metric]); });
        text += row.end();
    });
    return text;
}

std::string real_times_csv(const Comparison& comparison) {
    CsvRow head;
    head.text("scheduler").text("seed").text("wall_clock_seconds").text("scheduler_seconds");
    std::string text(head.text("batches").text(text_of(RunMetric::kDecisionTime).key).end());
    for_each_run(comparison,
                 [&](const Contestant& contestant, std::uint64_t seed, const RunResult& run) {
                     CsvRow row;
                     row.text(contestant.name).count(seed).number(run.wall_seconds);
                     row.number(run.scheduler_seconds).count(run.batch_count);
                     row.number(run.values[RunMetric::kDecisionTime]);
                     text += row.end();
                 });
    return text;
}

} // namespace batsim
