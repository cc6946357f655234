// scheduler_setup.cpp - the plugins that the options name, and the hosts that each scheduler owns.
#include "cli/scheduler_setup.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/input_file.hpp"
#include "cli/installation.hpp"
#include "cli/restart.hpp"
#include "cli/schedulers_file.hpp"

namespace batsim {

namespace {

std::string hosts_text(const HostSet& hosts) { return "{" + hosts.to_string() + "}"; }

// What has been read before plugins are loaded: files about schedulers.
bool can_be_read_again(const Options& options) {
    if (options.schedulers_file && !is_regular_file(*options.schedulers_file)) return false;
    return std::all_of(options.schedulers.begin(), options.schedulers.end(), [&](const auto& s) {
        return s.config_file.empty() || is_regular_file(s.config_file);
    });
}

// Something is wrong with the hosts of the scheduler.
[[noreturn]] void fail(const Options& options, std::size_t scheduler, const std::string& message) {
    if (options.schedulers_file)
        throw InputError(schedulers_file_text(*options.schedulers_file),
                         "/" + std::to_string(scheduler) + "/hosts", message);
    throw UsageError("option --sched-hosts: " + message);
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
    if (options.may_restart && can_be_read_again(options))
        restart_with_room_for_plugins(options.command_line);
    throw;
}

std::vector<HostSet> partitions(const Options& options, const Platform& platform) {
    std::vector<HostSet> partitions;
    for (std::size_t i = 0; i < options.schedulers.size(); ++i) {
        HostSet hosts = options.schedulers[i].hosts.value_or(platform.compute_hosts());
        if (const HostSet missing = hosts - platform.compute_hosts(); !missing.empty())
            fail(options, i,
                 "the platform has no hosts " + hosts_text(missing) + ", only " +
                     hosts_text(platform.compute_hosts()));
        for (std::size_t other = 0; other < i; ++other)
            if (const HostSet twice = hosts & partitions[other]; !twice.empty())
                fail(options, i,
                     "hosts " + hosts_text(twice) + " are given to scheduler '" +
                         options.schedulers[other].name + "' already");
        partitions.push_back(std::move(hosts));
    }
    return partitions;
}

} // namespace batsim
