// options.cpp - what a simulation was asked to do.
#include "cli/options.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "engine/limits.hpp"
#include "platform/text.hpp"
#include "workload/limits.hpp"

namespace batsim {

namespace {

// In seconds.
constexpr double kShortestCallLimit = 0.01;
constexpr double kLongestCallLimit = 1e6;

std::optional<std::uint32_t> host_count(const CommandLine& line, const std::string& option) {
    const auto count = line.integer(option, 1, kMaxHosts);
    if (!count) return std::nullopt;
    return static_cast<std::uint32_t>(*count);
}

// "host1,host2=role"; Batsim 4 has ':' for '='.
void read_role(const std::string& argument, std::map<std::string, std::string>& roles) {
    const std::vector<std::string> known{"compute_node", "storage", "master"};
    const std::size_t separator = argument.find_last_of("=:");
    if (separator == std::string::npos || separator == 0)
        throw UsageError(
            "option --add-role-to-hosts: must be hosts and a role such as a,b=storage, is '" +
            argument + "'");
    const std::string role = argument.substr(separator + 1);
    if (std::find(known.begin(), known.end(), role) == known.end())
        throw UsageError(
            "option --add-role-to-hosts: the role must be compute_node, storage or master, is '" +
            role + "'" + suggestion(role, known));
    for (const std::string& host : split(argument.substr(0, separator), ','))
        if (const auto [entry, is_new] = roles.emplace(host, role);
            !is_new && entry->second != role)
            throw UsageError("option --add-role-to-hosts: host '" + host + "' is given two roles");
}

void read_simgrid_options(const CommandLine& line, Options& options) {
    options.simgrid = {line.list("--sg-cfg"), line.list("--sg-log")};
    // SimGrid would take several settings in one text, apart from each other by any of these.
    const auto is_one = [](const std::string& text, std::size_t separator) {
        return separator != std::string::npos && separator > 0 &&
               text.find_first_of(" \t\n,") == std::string::npos;
    };
    for (const std::string& value : options.simgrid.values)
        if (!is_one(value, value.find(':')))
            throw UsageError(
                "option --sg-cfg: must be one key and its value such as "
                "maxmin/precision:1e-6, is '" +
                value + "'");
    for (const std::string& message : options.simgrid.messages)
        if (!is_one(message, message.substr(0, message.find(':')).rfind('.')) ||
            message.find(':') == std::string::npos)
            throw UsageError("option --sg-log: must be one setting such as root.thres:info, is '" +
                             message + "'");
    for (const std::string& role : line.list("--add-role-to-hosts"))
        read_role(role, options.host_roles);
    if (!options.platform && !options.host_roles.empty())
        throw UsageError("--add-role-to-hosts is for --platform");
}

void read_platform_options(const CommandLine& line, Options& options) {
    options.platform = line.text("--platform");
    options.hosts = host_count(line, "--hosts");
    if (options.platform && options.hosts)
        throw UsageError(
            "--platform and --hosts exclude each other; use --mmax to limit the hosts "
            "of a platform file");
    if (options.platform && line.is_given("--host-speed"))
        throw UsageError("--host-speed is for --hosts; the hosts of a platform file have speeds");
    if (!options.platform && line.is_given("--master-host"))
        throw UsageError("--master-host is for --platform");
    if (!options.platform && line.flag("--energy"))
        throw UsageError("--energy needs --platform: hosts of --hosts have no power model");
    if (line.is_given("--mmax") && line.is_given("--mmax-workload"))
        throw UsageError("--mmax and --mmax-workload exclude each other");
    const std::string speed = line.text("--host-speed").value_or("");
    const auto parsed = parse_speed(speed);
    if (!parsed)
        throw UsageError(
            "option --host-speed: must be a positive speed such as 1Gf or 2.5e9, is '" + speed +
            "'");
    options.host_speed = *parsed;
    options.master_host = line.text("--master-host").value_or("");
    options.most_hosts = host_count(line, "--mmax");
    options.most_hosts_from_workloads = line.flag("--mmax-workload");
}

void read_walltime_rule(const CommandLine& line, SwfOptions& swf) {
    const std::string rule = line.text("--swf-walltime").value_or("");
    if (!rule.empty() && rule.back() == 'x') {
        const auto factor = parse_double(std::string_view(rule).substr(0, rule.size() - 1));
        if (factor && *factor > 0 && *factor <= 1e6) {
            swf.walltime = SwfOptions::Walltime::kFactor;
            swf.walltime_factor = *factor;
            return;
        }
    }
    if (rule == "requested")
        swf.walltime = SwfOptions::Walltime::kRequested;
    else if (rule == "runtime")
        swf.walltime = SwfOptions::Walltime::kRunTime;
    else if (rule == "none")
        swf.walltime = SwfOptions::Walltime::kNone;
    else
        throw UsageError(
            "option --swf-walltime: must be requested, runtime, none or a factor "
            "such as 1.5x, is '" +
            rule + "'" + suggestion(rule, {"requested", "runtime", "none"}));
}

void read_job_range(const CommandLine& line, SwfOptions& swf) {
    const auto range = line.text("--swf-jobs");
    if (!range) return;
    const std::size_t dash = range->find('-');
    const auto first = parse_integer(std::string_view(*range).substr(0, dash));
    const auto last = dash == std::string::npos
                          ? std::nullopt
                          : parse_integer(std::string_view(*range).substr(dash + 1));
    if (!first || !last || *first < 1 || *last < *first)
        throw UsageError("option --swf-jobs: must be two positions such as 1-1000, is '" + *range +
                         "'");
    swf.first_job = static_cast<std::uint64_t>(*first);
    swf.last_job = static_cast<std::uint64_t>(*last);
}

SwfOptions read_swf_options(const CommandLine& line) {
    SwfOptions swf;
    if (line.word("--swf-processors", {"requested", "allocated"}) == "allocated")
        swf.processors = SwfOptions::Processors::kAllocated;
    read_walltime_rule(line, swf);
    if (line.word("--swf-overruns", {"extend", "kill"}) == "kill")
        swf.overruns = SwfOptions::Overruns::kKill;
    if (line.word("--swf-zero-runtime", {"drop", "keep"}) == "keep")
        swf.zero_run_time = SwfOptions::ZeroRunTime::kKeep;
    read_job_range(line, swf);
    swf.shift = line.flag("--swf-shift");
    return swf;
}

LogLevel read_log_level(const CommandLine& line) {
    const std::string level = line.word("--log", {"debug", "info", "warning", "error"});
    if (level == "debug") return LogLevel::kDebug;
    if (level == "info") return LogLevel::kInfo;
    return level == "warning" ? LogLevel::kWarning : LogLevel::kError;
}

} // namespace

std::vector<std::string> read_plugin_folders(const CommandLine& line) {
    std::vector<std::string> folders = line.list("--plugin-dir");
    for (const std::string& folder : folders)
        if (!std::filesystem::is_directory(folder))
            throw UsageError("option --plugin-dir: '" + folder + "' is not a folder");
    return folders;
}

Isolation read_isolation(const CommandLine& line) {
    const std::string kind = line.word("--isolation", {"namespace", "process", "none"});
    if (kind == "process") return Isolation::kProcess;
    return kind == "none" ? Isolation::kNone : Isolation::kNamespace;
}

Options read_common_options(const CommandLine& line) {
    Options options;
    options.command_line = line.arguments();
    std::error_code ignored;
    options.working_directory = std::filesystem::current_path(ignored);
    options.values = line.values();
    read_platform_options(line, options);
    read_simgrid_options(line, options);
    options.workloads = line.list("--workload");
    if (options.workloads.empty())
        throw UsageError("no workload: give --workload <file>, a JSON or SWF file");
    options.events = line.list("--events");
    options.energy = line.flag("--energy");
    options.trace_hosts = line.flag("--trace-hosts");
    options.swf = read_swf_options(line);
    options.plugin_folders = read_plugin_folders(line);
    options.log_level = read_log_level(line);
    options.share_everything =
        line.word("--execution-model", {"closed-form", "simgrid"}) == "simgrid";
    options.isolation = read_isolation(line);
    options.probe_plugins = line.flag("--probe-plugins");
    options.call_limit = line.number("--sched-timeout", kShortestCallLimit, kLongestCallLimit);
    options.stop_at = line.number("--stop-at", 0, kLatestDate);
    options.output_folder = *line.text("--export");
    options.quiet = line.flag("--quiet");
    return options;
}

Options read_options(const CommandLine& line) {
    Options options = read_common_options(line);
    options.schedulers_file = line.text("--schedulers");
    options.schedulers = read_schedulers(line, options.workloads.size());
    options.seed = read_seed(line);
    if (line.word("--output-format", {"v4", "v5"}) == "v4")
        options.output_format = OutputFormat::kV4;
    options.decision_trace = line.text("--trace-decisions");
    options.progress = line.flag("--progress");
    options.check_only = line.flag("--check-inputs");
    return options;
}

} // namespace batsim
