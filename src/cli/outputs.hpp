// outputs.hpp - the output files of a simulation, from their creation to the last byte.
#ifndef BATSIM_CLI_OUTPUTS_HPP
#define BATSIM_CLI_OUTPUTS_HPP

#include <memory>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "engine/energy_meter.hpp"
#include "engine/link_energy.hpp"
#include "output/host_activity.hpp"
#include "output/host_files.hpp"
#include "output/jobs_csv.hpp"
#include "output/link_energy_csv.hpp"
#include "output/metrics.hpp"
#include "output/probes_csv.hpp"
#include "output/progress_line.hpp"
#include "output/row_file.hpp"
#include "output/schedule_json.hpp"
#include "output/scheduler_metrics.hpp"
#include "workload/workload.hpp"
#include "workload/workload_directory.hpp"

namespace batsim {

// What is simulated of energy: nullptr stands for nothing.
struct EnergyModels {
    EnergyMeter* hosts;
    LinkEnergy* links;
};

// Makes the folder if needed. Its absolute path: a plugin may change the working directory. Throws
// OutputError.
std::string make_folder(const std::string& folder);

// Removes what an earlier simulation has left in the folder.
void remove_results(const std::string& folder);

// All functions throw OutputError.
class Outputs {
  public:
    // Makes the folder and the files that are written while the simulation runs, and removes what an
    // earlier simulation has left of the others. The schedulers are by index.
    // Platform and energy must outlive the files.
    Outputs(const Options& options, const Platform& platform, EnergyModels energy,
            const std::vector<Workload>& workloads, const WorkloadDirectory& directory,
            const std::vector<OwnedHosts>& schedulers);

    // In the order in which they are to be told.
    std::vector<Observer*> observers();
    RowFile* decision_trace() { return decision_trace_.get(); } // nullptr if it is not wanted
    const Metrics& metrics() const { return metrics_; }
    // Of each of several.
    const SchedulerMetrics& scheduler_metrics() const { return scheduler_metrics_; }

    // Ends all files; the text is the content of real_exec_info.json.
    void write_results(const std::string& execution_info, const Outcome& outcome,
                       const RealTimes& times);

  private:
    std::string path(const char* name) const { return prefix_ + name; }
    const char* schedule_name() const {
        return format_ == OutputFormat::kV4 ? "schedule.csv" : "schedule.json";
    }

    OutputFormat format_;
    std::string prefix_; // of all files' paths
    Metrics metrics_;
    SchedulerMetrics scheduler_metrics_;
    HostActivity activity_;
    std::unique_ptr<JobsCsv> jobs_csv_;
    std::unique_ptr<MachineStatesCsv> machine_states_csv_;
    std::unique_ptr<PstateChangesCsv> pstate_changes_csv_;
    std::unique_ptr<ConsumedEnergyCsv> consumed_energy_csv_;
    std::unique_ptr<LinkEnergyCsv> link_energy_csv_;
    std::unique_ptr<ProbesCsv> probes_csv_;
    std::unique_ptr<RowFile> decision_trace_;
    std::unique_ptr<ProgressLine> progress_; // if it is wanted
};

} // namespace batsim

#endif
