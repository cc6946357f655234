// link_energy_csv.hpp - link_energy.csv: what each link of the network has consumed.
#ifndef BATSIM_OUTPUT_LINK_ENERGY_CSV_HPP
#define BATSIM_OUTPUT_LINK_ENERGY_CSV_HPP

#include <string>

#include "engine/link_energy.hpp"
#include "engine/observer.hpp"
#include "output/row_file.hpp"

namespace batsim {

// A row for each link with a power model, written at the end.
class LinkEnergyCsv : public Observer {
  public:
    // The energy must outlive it.
    LinkEnergyCsv(const std::string& path, const LinkEnergy& energy);

    void on_job_over(const JobRecord&) override {}
    void on_simulation_over(const Outcome& outcome) override;
    void close() { file_.close(); }

  private:
    const LinkEnergy& energy_;
    RowFile file_;
};

} // namespace batsim

#endif
