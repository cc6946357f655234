// outputs.hpp - the output files of a simulation, from their creation to the last byte.
#ifndef BATSIM_CLI_OUTPUTS_HPP
#define BATSIM_CLI_OUTPUTS_HPP

#include <memory>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "engine/energy_meter.hpp"
#include "output/host_activity.hpp"
#include "output/host_files.hpp"
#include "output/jobs_csv.hpp"
#include "output/metrics.hpp"
#include "output/row_file.hpp"

namespace batsim {

// All functions throw OutputError.
class Outputs {
  public:
    // Makes the folder and the files that are written while the simulation runs, and removes what an
    // earlier simulation has left of the others. The names are those of workloads and schedulers by
    // index. Platform and meter must outlive the files; without a meter energy is not simulated.
    Outputs(const Options& options, const Platform& platform, EnergyMeter* meter,
            std::vector<std::string> workloads, std::vector<std::string> schedulers);

    // In the order in which they are to be told.
    std::vector<Observer*> observers();
    RowFile* decision_trace() { return decision_trace_.get(); } // nullptr if it is not wanted
    const Metrics& metrics() const { return metrics_; }

    // Ends all files; the text is the content of real_exec_info.json. `joules` is what all hosts have
    // consumed.
    void write_results(const std::string& execution_info, double joules);

  private:
    std::string path(const char* name) const { return folder_ + "/" + name; }

    std::string folder_;
    Metrics metrics_;
    HostActivity activity_;
    std::unique_ptr<JobsCsv> jobs_csv_;
    std::unique_ptr<MachineStatesCsv> machine_states_csv_;
    std::unique_ptr<PstateChangesCsv> pstate_changes_csv_;
    std::unique_ptr<ConsumedEnergyCsv> consumed_energy_csv_;
    std::unique_ptr<RowFile> decision_trace_;
};

} // namespace batsim

#endif
