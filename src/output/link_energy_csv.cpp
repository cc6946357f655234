// link_energy_csv.cpp - link_energy.csv: what each link of the network has consumed.
#include "output/link_energy_csv.hpp"

#include "output/csv_row.hpp"

namespace batsim {

LinkEnergyCsv::LinkEnergyCsv(const std::string& path, const LinkEnergy& energy)
    : energy_(energy), file_(path) {
    file_.write("link,energy,mean_load\n");
}

void LinkEnergyCsv::on_simulation_over(const Outcome& outcome) {
    CsvRow row;
    for (const LinkId link : energy_.links()) {
        row.text(energy_.platform().links[link].name);
        row.number(energy_.joules(link, outcome.date));
        row.number(energy_.mean_load(link, outcome.date));
        file_.write(row.end());
    }
}

} // namespace batsim
