// scheduler_setup.cpp - the plugins that the options name, and the hosts that each scheduler owns.
#include "cli/scheduler_setup.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/error.hpp"
#include "cli/installation.hpp"
#include "cli/restart.hpp"

namespace batsim {

namespace {

std::string hosts_text(const HostSet& hosts) { return "{" + hosts.to_string() + "}"; }

// What has been read before plugins are loaded: their configurations.
bool can_be_read_again(const Options& options) {
    std::error_code ignored;
    return std::all_of(options.schedulers.begin(), options.schedulers.end(), [&](const auto& s) {
        return s.config_file.empty() || std::filesystem::is_regular_file(s.config_file, ignored);
    });
}

} // namespace

SchedulerRegistry load_plugins(const Options& options) try {
    SchedulerRegistry registry(PluginSearchPath(plugin_folders(options.plugin_folders)),
                               options.isolation);
    constexpr double kTrialLimit = 10;
    if (options.probe_plugins) registry.probe_within(options.call_limit.value_or(kTrialLimit));
    for (const auto& scheduler : options.schedulers) registry.load(scheduler.library);
    return registry;
} catch (const NoRoomError&) {
    if (can_be_read_again(options)) restart_with_room_for_plugins(options.command_line);
    throw;
}

std::vector<HostSet> partitions(const Options& options, const Platform& platform) {
    std::vector<HostSet> partitions;
    HostSet taken;
    for (const auto& scheduler : options.schedulers) {
        HostSet hosts = scheduler.hosts.value_or(platform.compute_hosts());
        if (const HostSet missing = hosts - platform.compute_hosts(); !missing.empty())
            throw UsageError("option --sched-hosts: the platform has no hosts " +
                             hosts_text(missing) + ", only " +
                             hosts_text(platform.compute_hosts()));
        if (const HostSet twice = hosts & taken; !twice.empty())
            throw UsageError("option --sched-hosts: hosts " + hosts_text(twice) +
                             " are given to two schedulers");
        taken |= hosts;
        partitions.push_back(std::move(hosts));
    }
    return partitions;
}

} // namespace batsim
