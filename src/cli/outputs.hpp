// outputs.hpp - the output files of a simulation, from their creation to the last byte.
#ifndef BATSIM_CLI_OUTPUTS_HPP
#define BATSIM_CLI_OUTPUTS_HPP

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "output/jobs_csv.hpp"
#include "output/metrics.hpp"
#include "output/progress_line.hpp"
#include "output/row_file.hpp"
#include "output/schedule_json.hpp"
#include "workload/workload.hpp"

namespace batsim {

// All functions throw OutputError.
class Outputs {
  public:
    // Makes the folder and the files that are written while the simulation runs, and removes what an
    // earlier simulation has left of the others. The names are those of the schedulers by index.
    Outputs(const Options& options, std::uint32_t host_count,
            const std::vector<Workload>& workloads, std::vector<std::string> schedulers);

    std::vector<Observer*> observers();
    RowFile* decision_trace() { return decision_trace_.get(); } // nullptr if it is not wanted
    const Metrics& metrics() const { return metrics_; }

    // Ends all files; the text is the content of real_exec_info.json.
    void write_results(const std::string& execution_info, const RealTimes& times);

  private:
    std::string path(const char* name) const { return prefix_ + name; }
    const char* schedule_name() const {
        return format_ == OutputFormat::kV4 ? "schedule.csv" : "schedule.json";
    }

    OutputFormat format_;
    std::string prefix_; // of all files' paths
    Metrics metrics_;
    std::unique_ptr<JobsCsv> jobs_csv_;
    std::unique_ptr<RowFile> decision_trace_;
    std::unique_ptr<ProgressLine> progress_; // if it is wanted
};

} // namespace batsim

#endif
