// probes_csv.hpp - probes.csv: what the probes of schedulers have measured.
#ifndef BATSIM_OUTPUT_PROBES_CSV_HPP
#define BATSIM_OUTPUT_PROBES_CSV_HPP

#include <memory>
#include <string>
#include <vector>

#include "engine/observer.hpp"
#include "output/csv_row.hpp"
#include "output/row_file.hpp"

namespace batsim {

// A row for each value; see docs/output.md. The file is made for the first one.
class ProbesCsv : public Observer {
  public:
    // The names are those of the schedulers by index. The platform must outlive it.
    ProbesCsv(std::string path, const Platform& platform, std::vector<std::string> schedulers);

    void on_probe_data(const ProbeReading& reading) override;
    void on_job_over(const JobRecord&) override {}
    void on_simulation_over(const Outcome&) override {}
    void close();

  private:
    void write(const ProbeReading& reading, const std::string& name, double value);

    std::string path_;
    const Platform& platform_;
    std::vector<std::string> schedulers_;
    std::unique_ptr<RowFile> file_;
    CsvRow row_;
};

} // namespace batsim

#endif
