// jobs_csv.hpp - jobs.csv: one row for each job that has ended or was rejected.
#ifndef BATSIM_OUTPUT_JOBS_CSV_HPP
#define BATSIM_OUTPUT_JOBS_CSV_HPP

#include <string>
#include <vector>

#include "engine/observer.hpp"
#include "output/csv_row.hpp"
#include "output/row_file.hpp"

namespace batsim {

// The columns are those of Batsim; see docs/output.md. With several schedulers a last column names
// the job's scheduler.
class JobsCsv : public Observer {
  public:
    enum class Metadata { kQuotedWhereNeeded, kAlwaysQuoted };

    // `workloads` and `schedulers` are names by index.
    JobsCsv(const std::string& path, std::vector<std::string> workloads,
            std::vector<std::string> schedulers, Metadata metadata = Metadata::kQuotedWhereNeeded);

    void on_job_over(const JobRecord& record) override;
    void on_simulation_over(const Outcome&) override {}
    // Throws OutputError if not all rows could be written.
    void close() { file_.close(); }

  private:
    void add_times(const JobRecord& record);

    std::vector<std::string> workloads_;
    std::vector<std::string> schedulers_;
    Metadata metadata_;
    RowFile file_;
    CsvRow row_;
};

} // namespace batsim

#endif
