// host_files.hpp - machine_states.csv, pstate_changes.csv and consumed_energy.csv: what hosts do.
#ifndef BATSIM_OUTPUT_HOST_FILES_HPP
#define BATSIM_OUTPUT_HOST_FILES_HPP

#include <string>

#include "engine/energy_meter.hpp"
#include "engine/observer.hpp"
#include "output/csv_row.hpp"
#include "output/host_activity.hpp"
#include "output/row_file.hpp"

namespace batsim {

// How many hosts do what: a row for date 0 and one for each date at which that has changed.
class MachineStatesCsv : public Observer {
  public:
    // The activity is asked after it has been told: it must come before in the list of observers.
    MachineStatesCsv(const std::string& path, const HostActivity& activity);

    void on_date(double date) override;
    void on_job_started(const JobRecord& job) override { changed_at(job.start_time); }
    void on_job_ended(const JobRecord& job) override { changed_at(job.end_time); }
    void on_host_states_changed(const HostSet&, HostState, double date) override {
        changed_at(date);
    }
    void on_job_over(const JobRecord&) override {}
    void on_simulation_over(const Outcome&) override { write_row(); }
    void close() { file_.close(); }

  private:
    void changed_at(double date);
    void write_row();

    const HostActivity& activity_;
    RowFile file_;
    CsvRow row_;
    double date_ = 0;
    bool has_changed_ = false; // at that date, and its row is not written yet
};

// Which hosts are in which pstate: rows for date 0, which have each host once, as readers want them to;
// then one for each change.
class PstateChangesCsv : public Observer {
  public:
    // The platform must outlive it.
    PstateChangesCsv(const std::string& path, const Platform& platform);

    void on_date(double date) override {
        if (date > 0) write_first_rows();
    }
    void on_host_states_changed(const HostSet& hosts, HostState state, double date) override;
    void on_pstates_changed(const HostSet& hosts, std::uint32_t pstate, double date) override;
    void on_job_over(const JobRecord&) override {}
    void on_simulation_over(const Outcome&) override { write_first_rows(); }
    void close() { file_.close(); }

  private:
    void change(const HostSet& hosts, std::uint32_t pstate, double date);
    void write_first_rows();
    void write(const HostSet& hosts, std::uint32_t pstate, double date);

    const Platform& platform_;
    RowFile file_;
    std::vector<std::uint32_t> pstates_;       // of each host when it is on
    std::vector<std::uint32_t> first_pstates_; // of each host at date 0, until they are written
};

// What all hosts have consumed at each start (s) and end (e) of a job and each change of hosts (p).
class ConsumedEnergyCsv : public Observer {
  public:
    // The meter must outlive it.
    ConsumedEnergyCsv(const std::string& path, EnergyMeter& meter);

    void on_job_started(const JobRecord& job) override { write('s', job.start_time); }
    void on_job_ended(const JobRecord& job) override { write('e', job.end_time); }
    void on_host_states_changed(const HostSet&, HostState, double date) override {
        write('p', date);
    }
    void on_pstates_changed(const HostSet&, std::uint32_t, double date) override {
        write('p', date);
    }
    void on_job_over(const JobRecord&) override {}
    void on_simulation_over(const Outcome&) override {}
    void close() { file_.close(); }

  private:
    void write(char event, double date);

    EnergyMeter& meter_;
    RowFile file_;
    CsvRow row_;
    double date_ = 0, joules_ = 0; // of the last row
};

} // namespace batsim

#endif
