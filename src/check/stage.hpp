// stage.hpp - what instances of a plugin need around them.
#ifndef BATSIM_CHECK_STAGE_HPP
#define BATSIM_CHECK_STAGE_HPP

#include <memory>
#include <string>
#include <vector>

#include "check/scenario.hpp"
#include "check/subject.hpp"
#include "plugin/abi/host_views.hpp"
#include "plugin/scheduler/plugin_scheduler.hpp"
#include "workload/workload_directory.hpp"

namespace batsim {

// What is done to the events on their way to the plugin.
enum class Meddling {
    kNone,
    kUnknownEvents, // before each event comes one of a type that no version of the ABI has
    kLargerEvents,  // each event has more members than this version knows
};

// A Stage is the platform and the workloads of a scenario, for instances that play in it.
class Stage {
  public:
    // With `understudies` there is a second scheduler for each part, which runs the jobs for one that only
    // observes.
    explicit Stage(const Scenario& scenario, bool understudies = false);
    ~Stage() = default;
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    // The instance for a part of the scenario; it must not outlive the stage.
    std::unique_ptr<PluginScheduler> instance(std::unique_ptr<Plugin> plugin, const Log& log,
                                              Meddling meddling = Meddling::kNone);
    // What its sched_init is told; if there are understudies, that it owns nothing.
    InstanceRole role(std::size_t part, const std::string& config, std::uint64_t seed) const;

    const Platform& platform() const { return platform_; }
    WorkloadDirectory& directory() { return directory_; }
    // The jobs of a part, once.
    std::unique_ptr<JobStream> take_jobs(std::size_t part) {
        return std::move(workloads_[part].jobs);
    }

  private:
    Platform platform_;
    HostViews host_views_;
    std::vector<HostSet> partitions_;
    std::vector<Workload> workloads_;
    WorkloadDirectory directory_;
    bool understudies_;
};

} // namespace batsim

#endif
