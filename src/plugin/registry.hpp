// registry.hpp - SchedulerRegistry: from --sched-lib arguments to scheduler instances.
#ifndef BATSIM_PLUGIN_REGISTRY_HPP
#define BATSIM_PLUGIN_REGISTRY_HPP

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "plugin/abi/host_views.hpp"
#include "plugin/loading/plugin.hpp"
#include "plugin/loading/search_path.hpp"
#include "plugin/scheduler/plugin_scheduler.hpp"
#include "workload/workload_directory.hpp"

namespace batsim {

// The SchedulerRegistry finds and loads the plugins of a simulation, each by itself (also the
// same file twice), and owns the instances in them.
class SchedulerRegistry {
  public:
    SchedulerRegistry(PluginSearchPath search_path, Isolation isolation)
        : search_path_(std::move(search_path)), isolation_(isolation) {}
    ~SchedulerRegistry();
    SchedulerRegistry(const SchedulerRegistry&) = delete;
    SchedulerRegistry& operator=(const SchedulerRegistry&) = delete;
    SchedulerRegistry(SchedulerRegistry&&) = default;
    SchedulerRegistry& operator=(SchedulerRegistry&&) = delete;

    // From now on each plugin is first loaded on trial, by another process, within this time.
    void probe_within(double seconds) { trial_limit_ = seconds; }

    // Loads the plugin that `argument` names, a path or a name. Throws LoadError.
    void load(const std::string& argument);

    // Makes an instance of each loaded plugin, in the order of loading; call once. The references
    // must outlive the registry.
    void create_instances(const Platform& platform, const WorkloadDirectory& workloads,
                          const Log& log);

    // Those that have no instance yet.
    const std::vector<std::unique_ptr<Plugin>>& plugins() const { return plugins_; }
    std::size_t size() const { return plugins_.size() + instances_.size(); }
    PluginScheduler& instance(std::size_t index) { return *instances_[index]; }

    // Finalizes all instances that were initialised, the last one first. Gives what went wrong.
    std::vector<std::string> finalize_all(batsched_exit_reason_t reason,
                                          const std::string& message);

  private:
    PluginSearchPath search_path_;
    Isolation isolation_;
    std::optional<double> trial_limit_;            // seconds
    std::vector<std::unique_ptr<Plugin>> plugins_; // without instance yet
    std::unique_ptr<HostViews> hosts_;
    std::vector<std::unique_ptr<PluginScheduler>> instances_;
};

} // namespace batsim

#endif
