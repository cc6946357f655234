// comparison_text.cpp - a comparison for people to read, on a terminal or in Markdown.
#include "compare/comparison_text.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "compare/text_table.hpp"
#include "output/numbers.hpp"

namespace batsim {

namespace {

constexpr std::size_t kWidth = 100;

using Summaries = std::vector<SchedulerSummary>;
using Estimates = ByMetric<std::optional<Estimate>>;

std::string counted(std::uint64_t count, const std::string& what) {
    return grouped(count) + " " + what + (count == 1 ? "" : "s");
}

// "3 schedulers on 393 jobs and 32 hosts, 3 seeds (1-3), submit times shaken by up to 60 s"
std::string title(const Comparison& comparison) {
    std::string text =
        counted(comparison.contestants.size(), "scheduler") + " on " +
        counted(comparison.job_count, "job") + " and " + counted(comparison.host_count, "host") +
        ", " + counted(comparison.seeds.size(), "seed") + " (" + seeds_text(comparison.seeds) + ")";
    if (comparison.shake > 0)
        text += ", submit times shaken by up to " + number_text(comparison.shake) + " s";
    return text;
}

std::string runs_text(const SchedulerSummary& summary, const Comparison& comparison) {
    return std::to_string(summary.completed) + " of " + std::to_string(comparison.seeds.size());
}

std::string plugin_text(const Contestant& contestant) {
    return printable(contestant.plugin) +
           (contestant.config.empty() ? "" : " " + printable(shortened(contestant.config)));
}

// What is to be said of a scheduler beyond its numbers.
std::vector<std::string> remarks(const Comparison& comparison, const SchedulerSummary& summary) {
    std::vector<std::string> lines;
    for (const Failures& failures : summary.failures) {
        const std::string seeds =
            comparison.seeds.size() == 1 ? "" : " with " + named_seeds(failures.seeds);
        const std::string first_line = failures.message.substr(0, failures.message.find('\n'));
        lines.push_back("failed" + seeds + ": " + printable(first_line));
    }
    const std::size_t ended = summary.completed + summary.failed;
    if (ended < comparison.seeds.size())
        lines.push_back(counted(comparison.seeds.size() - ended, "run") + " interrupted");
    if (summary.same_with_all_seeds) lines.emplace_back("all seeds give the same schedule");
    if (summary.same_as)
        lines.push_back("the same schedules as " + comparison.contestants[*summary.same_as].name);
    return lines;
}

// Those of which there is something to say: numbers of jobs that are always 0 are left out.
std::vector<RunMetric> shown_metrics(const Summaries& summaries, RealTimeRows real_times,
                                     Estimates SchedulerSummary::*table) {
    std::vector<RunMetric> metrics;
    for_each_metric([&](RunMetric metric) {
        const MetricText& text = text_of(metric);
        if (text.is_real_time && real_times == RealTimeRows::kLeftOut) return;
        const bool is_shown =
            std::any_of(summaries.begin(), summaries.end(), [&](const SchedulerSummary& summary) {
                const auto& estimate = (summary.*table)[metric];
                return estimate && !(text.is_job_count && estimate->is_zero());
            });
        if (is_shown) metrics.push_back(metric);
    });
    return metrics;
}

// "12.50", but no "-0.00".
std::string rounded(double value, int digits) {
    std::string text = fixed(value, digits);
    if (text[0] == '-' && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
    return text;
}

int digits_of(const Estimate& estimate, const MetricText& text) {
    const auto is_whole = [](double value) { return value == std::floor(value); };
    const bool is_count =
        text.is_job_count && is_whole(estimate.mean) && is_whole(estimate.half_width.value_or(0));
    return is_count ? 0 : text.digits;
}

NumberCell cell_of(const std::optional<Estimate>& estimate, const MetricText& text) {
    if (!estimate) return {"-", ""};
    const int digits = digits_of(*estimate, text);
    NumberCell cell{rounded(estimate->mean * text.scale, digits), ""};
    if (estimate->half_width) cell.half_width = rounded(*estimate->half_width * text.scale, digits);
    return cell;
}

// With a sign; marked if zero is outside of the interval.
NumberCell difference_cell(const std::optional<Estimate>& estimate, const MetricText& text) {
    NumberCell cell = cell_of(estimate, text);
    if (!estimate) return cell;
    const bool is_zero = cell.value.find_first_of("123456789") == std::string::npos;
    if (estimate->mean > 0 && !is_zero) cell.value.insert(0, "+");
    cell.is_marked = estimate->differs_from_zero();
    return cell;
}

// One table of numbers: the means, or the differences.
struct Numbers {
    std::string title;
    std::vector<std::string> labels;
    std::vector<TextTable::Column> columns;
};

std::vector<std::string> labels_of(const std::vector<RunMetric>& metrics) {
    std::vector<std::string> labels;
    labels.reserve(metrics.size());
    for (const RunMetric metric : metrics) labels.emplace_back(text_of(metric).label);
    return labels;
}

Numbers means(const Comparison& comparison, const Summaries& summaries,
              const std::vector<RunMetric>& metrics) {
    const bool one_seed = comparison.seeds.size() == 1;
    Numbers numbers{one_seed ? "Results" : "Means over the seeds, with 95 % confidence intervals",
                    labels_of(metrics),
                    {}};
    for (std::size_t i = 0; i < summaries.size(); ++i) {
        if (summaries[i].completed == 0) continue;
        TextTable::Column column{comparison.contestants[i].name, {}};
        for (const RunMetric metric : metrics)
            column.cells.push_back(cell_of(summaries[i].means[metric], text_of(metric)));
        numbers.columns.push_back(std::move(column));
    }
    return numbers;
}

bool has_any(const Estimates& estimates) {
    bool any = false;
    for_each_metric([&](RunMetric metric) { any = any || estimates[metric]; });
    return any;
}

Numbers differences(const Comparison& comparison, const Summaries& summaries,
                    const std::vector<RunMetric>& metrics) {
    const bool one_seed = comparison.seeds.size() == 1;
    Numbers numbers{"Differences from " + comparison.contestants[0].name +
                        (one_seed ? ""
                                  : ", seed by seed, with 95 % confidence intervals "
                                    "(*: zero is outside)"),
                    labels_of(metrics),
                    {}};
    for (std::size_t i = 1; i < summaries.size(); ++i) {
        if (!has_any(summaries[i].differences)) continue;
        TextTable::Column column{comparison.contestants[i].name, {}};
        for (const RunMetric metric : metrics)
            column.cells.push_back(
                difference_cell(summaries[i].differences[metric], text_of(metric)));
        numbers.columns.push_back(std::move(column));
    }
    return numbers;
}

std::vector<Numbers> numbers_of(const Comparison& comparison, const Summaries& summaries,
                                RealTimeRows real_times) {
    std::vector<Numbers> tables{
        means(comparison, summaries,
              shown_metrics(summaries, real_times, &SchedulerSummary::means)),
        differences(comparison, summaries,
                    shown_metrics(summaries, real_times, &SchedulerSummary::differences))};
    const auto is_empty = [](const Numbers& numbers) { return numbers.columns.empty(); };
    tables.erase(std::remove_if(tables.begin(), tables.end(), is_empty), tables.end());
    return tables;
}

// What the intervals mean where seeds make no difference, or "".
std::string advice(const Comparison& comparison, const Summaries& summaries) {
    const bool is_needed =
        comparison.shake == 0 &&
        std::any_of(summaries.begin(), summaries.end(),
                    [](const SchedulerSummary& summary) { return summary.same_with_all_seeds; });
    if (!is_needed) return "";
    return "Where all seeds give the same schedule, one run says as much as all of them, and "
           "intervals of 0 say nothing. --shake makes the runs differ.";
}

std::string schedulers_text(const Comparison& comparison, const Summaries& summaries) {
    std::size_t name_width = std::string_view("scheduler").size();
    std::size_t runs_width = std::string_view("runs").size();
    for (std::size_t i = 0; i < summaries.size(); ++i) {
        name_width = std::max(name_width, comparison.contestants[i].name.size());
        runs_width = std::max(runs_width, runs_text(summaries[i], comparison).size());
    }
    const auto line = [&](std::string name, std::string runs, const std::string& plugin) {
        name.resize(name_width + 2, ' ');
        runs.resize(runs_width + 2, ' ');
        return name.append(runs).append(plugin) + "\n";
    };
    std::string text = line("scheduler", "runs", "plugin");
    for (std::size_t i = 0; i < summaries.size(); ++i) {
        const Contestant& contestant = comparison.contestants[i];
        text += line(contestant.name, runs_text(summaries[i], comparison), plugin_text(contestant));
        for (const std::string& remark : remarks(comparison, summaries[i]))
            text += wrapped(remark, name_width + 2 + runs_width + 2, kWidth);
    }
    return text;
}

std::string markdown_cell(const NumberCell& cell) {
    return cell.value + (cell.half_width.empty() ? "" : " ± " + cell.half_width) +
           (cell.is_marked ? " \\*" : "");
}

// Nothing in it means anything to Markdown.
std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (std::string_view("\\`*_{}[]<>|#").find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
    return result;
}

std::string markdown_table(const Numbers& numbers) {
    std::string head = "| |", rule = "| --- |";
    for (const TextTable::Column& column : numbers.columns) {
        head += " " + escaped(column.name) + " |";
        rule += " ---: |";
    }
    std::string text = head + "\n" + rule + "\n";
    for (std::size_t row = 0; row < numbers.labels.size(); ++row) {
        text += "| " + escaped(numbers.labels[row]) + " |";
        for (const TextTable::Column& column : numbers.columns)
            text += " " + markdown_cell(column.cells[row]) + " |";
        text += "\n";
    }
    return text;
}

std::string markdown_schedulers(const Comparison& comparison, const Summaries& summaries) {
    std::string text = "| scheduler | runs | plugin | |\n| --- | --- | --- | --- |\n";
    for (std::size_t i = 0; i < summaries.size(); ++i) {
        const Contestant& contestant = comparison.contestants[i];
        std::string all;
        for (const std::string& remark : remarks(comparison, summaries[i]))
            all += (all.empty() ? "" : "; ") + remark;
        text += "| " + escaped(contestant.name) + " | " + runs_text(summaries[i], comparison) +
                " | " + escaped(plugin_text(contestant)) + " | " + escaped(all) + " |\n";
    }
    return text;
}

} // namespace

std::string seeds_text(const std::vector<std::uint64_t>& seeds) {
    std::string text;
    for (std::size_t begin = 0; begin < seeds.size();) {
        std::size_t end = begin + 1;
        while (end < seeds.size() && seeds[end] == seeds[end - 1] + 1) ++end;
        text += (text.empty() ? "" : ",") + std::to_string(seeds[begin]);
        if (end - begin > 1) text += "-" + std::to_string(seeds[end - 1]);
        begin = end;
    }
    return text;
}

std::string named_seeds(const std::vector<std::uint64_t>& seeds) {
    return (seeds.size() == 1 ? "seed " : "seeds ") + seeds_text(seeds);
}

std::string comparison_text(const Comparison& comparison) {
    const Summaries summaries = comparison.summaries();
    std::string text = title(comparison) + "\n\n" + schedulers_text(comparison, summaries);
    for (const Numbers& numbers : numbers_of(comparison, summaries, RealTimeRows::kShown)) {
        std::vector<std::string> labels;
        for (const std::string& label : numbers.labels) labels.push_back("  " + label);
        TextTable table(std::move(labels));
        for (const TextTable::Column& column : numbers.columns) table.add(column);
        text += "\n" + numbers.title + "\n\n" + table.text(kWidth);
    }
    const std::string more = advice(comparison, summaries);
    return text + (more.empty() ? "" : "\n" + wrapped(more, 0, kWidth));
}

std::string comparison_markdown(const Comparison& comparison, RealTimeRows real_times) {
    const Summaries summaries = comparison.summaries();
    std::string text = title(comparison) + "\n\n" + markdown_schedulers(comparison, summaries);
    for (const Numbers& numbers : numbers_of(comparison, summaries, real_times))
        text += "\n" + escaped(numbers.title) + "\n\n" + markdown_table(numbers);
    const std::string more = advice(comparison, summaries);
    return text + (more.empty() ? "" : "\n" + more + "\n");
}

} // namespace batsim
