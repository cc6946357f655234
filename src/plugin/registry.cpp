// registry.cpp - SchedulerRegistry: from --sched-lib arguments to scheduler instances.
#include "plugin/registry.hpp"

#include <utility>

#include "plugin/loading/plugin_info.hpp"
#include "plugin/open_plugin.hpp"

namespace batsim {

// Threads of plugins go on until the program ends, and may still call the simulator of their instance.
SchedulerRegistry::~SchedulerRegistry() {
    if (isolation_ != Isolation::kNamespace) return;
    for (auto& instance : instances_) static_cast<void>(instance.release());
}

void SchedulerRegistry::load(const std::string& argument) {
    const std::string path = search_path_.find(argument);
    if (trial_limit_) probe_plugin(path, {isolation_, *trial_limit_});
    plugins_.push_back(open_plugin(path, isolation_));
}

void SchedulerRegistry::create_instances(const Platform& platform,
                                         const WorkloadDirectory& workloads, const Log& log) {
    hosts_ = std::make_unique<HostViews>(platform);
    for (auto& plugin : plugins_)
        instances_.push_back(
            std::make_unique<PluginScheduler>(std::move(plugin), *hosts_, workloads, log));
    plugins_.clear();
}

std::vector<std::string> SchedulerRegistry::finalize_all(batsched_exit_reason_t reason,
                                                         const std::string& message) {
    std::vector<std::string> problems;
    for (auto instance = instances_.rbegin(); instance != instances_.rend(); ++instance)
        if (auto problem = (*instance)->finalize(reason, message))
            problems.push_back(std::move(*problem));
    for (const auto& instance : instances_)
        if (auto problem = instance->late_problem()) problems.push_back(std::move(*problem));
    return problems;
}

} // namespace batsim
