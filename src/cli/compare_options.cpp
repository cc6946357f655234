// compare_options.cpp - what a comparison of schedulers was asked to do.
#include "cli/compare_options.hpp"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>

#include "base/error.hpp"
#include "base/text.hpp"

namespace batsim {

namespace {

constexpr std::int64_t kMostProcesses = 512; // each has a pipe to this process
constexpr std::size_t kMostSeeds = 100'000;
constexpr double kLongestShake = 1e9; // s
constexpr std::size_t kLongestName = 100;

[[noreturn]] void bad_seeds(const std::string& text, const std::string& why) {
    throw UsageError("option --seeds: " + why + ", is '" + text + "'");
}

// "7" or "1-30"
void read_seed_range(std::string_view range, const std::string& text,
                     std::vector<std::uint64_t>& seeds) {
    const std::size_t dash = range.find('-', 1);
    const auto first = parse_integer(range.substr(0, dash));
    const auto last =
        dash == std::string_view::npos ? first : parse_integer(range.substr(dash + 1));
    if (!first || !last || *first < 0 || *last < *first)
        bad_seeds(text, "must be numbers and ranges such as 1-30 or 1,2,7-9");
    if (static_cast<std::uint64_t>(*last - *first) >= kMostSeeds - seeds.size())
        bad_seeds(text, "must be at most " + std::to_string(kMostSeeds) + " seeds");
    for (std::int64_t seed = *first;; ++seed) {
        seeds.push_back(static_cast<std::uint64_t>(seed));
        if (seed == *last) break;
    }
}

std::vector<std::uint64_t> read_seeds(const std::string& text) {
    std::vector<std::uint64_t> seeds;
    for (const std::string& range : split(text, ',')) read_seed_range(range, text, seeds);
    std::set<std::uint64_t> seen;
    for (const std::uint64_t seed : seeds)
        if (!seen.insert(seed).second)
            bad_seeds(text, "seed " + std::to_string(seed) + " must be given once only");
    return seeds;
}

// How many threads this process may use at once.
std::size_t core_count() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    const bool is_known = sched_getaffinity(0, sizeof cores, &cores) == 0;
    const std::int64_t count = is_known ? CPU_COUNT(&cores) : sysconf(_SC_NPROCESSORS_ONLN);
    return static_cast<std::size_t>(std::clamp<std::int64_t>(count, 1, kMostProcesses));
}

// No '.', so that no name is that of a file beside the folder.
bool is_fit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("_-+=").find(c) != std::string_view::npos;
}

bool is_fit_for_a_folder(const std::string& name) {
    return !name.empty() && name.size() <= kLongestName &&
           std::all_of(name.begin(), name.end(), is_fit);
}

// Of the file, which is that of the plugin.
std::string name_of(const std::string& library) {
    const std::filesystem::path path = std::filesystem::path(library).filename();
    std::string name = path.extension() == ".so" ? path.stem() : path;
    name.resize(std::min(name.size(), kLongestName));
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !is_fit(c); }, '-');
    return name.empty() ? "scheduler" : name;
}

// "easy", then "easy-2", "easy-3", ...
std::string unique(const std::string& name, const std::set<std::string>& taken) {
    if (taken.count(name) == 0) return name;
    for (int i = 2;; ++i)
        if (std::string next = name + "-" + std::to_string(i); taken.count(next) == 0) return next;
}

std::vector<std::string> read_names(const CommandLine& line,
                                    const std::vector<SchedulerOptions>& schedulers) {
    std::vector<std::string> names = line.list("--name");
    if (names.size() > schedulers.size())
        throw UsageError("there are more --name than --sched-lib");
    names.resize(schedulers.size());
    std::set<std::string> taken;
    for (const std::string& name : names) {
        if (name.empty()) continue;
        if (!is_fit_for_a_folder(name))
            throw UsageError(
                "option --name: must be of at most 100 letters, digits and _-+=, is '" + name +
                "'");
        if (!taken.insert(name).second)
            throw UsageError("option --name: '" + name + "' is given twice");
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!names[i].empty()) continue;
        names[i] = unique(name_of(schedulers[i].library), taken);
        taken.insert(names[i]);
    }
    return names;
}

TableFormat read_format(const CommandLine& line) {
    const std::string format = line.word("--format", {"text", "csv", "json", "markdown"});
    if (format == "csv") return TableFormat::kCsv;
    if (format == "json") return TableFormat::kJson;
    return format == "markdown" ? TableFormat::kMarkdown : TableFormat::kText;
}

} // namespace

CompareOptions read_compare_options(const CommandLine& line) {
    CompareOptions options;
    options.common = read_common_options(line);
    options.schedulers = read_sched_libs(line, options.common.workloads.size());
    options.names = read_names(line, options.schedulers);
    options.seeds = read_seeds(line.text("--seeds").value_or(""));
    options.process_count = core_count();
    if (const auto count = line.integer("--jobs", 1, kMostProcesses))
        options.process_count = static_cast<std::size_t>(*count);
    options.shake = line.number("--shake", 0, kLongestShake).value_or(0);
    options.format = read_format(line);
    return options;
}

} // namespace batsim
