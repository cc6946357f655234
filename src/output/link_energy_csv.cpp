// link_energy_csv.cpp - link_energy.csv: what each link of the network has consumed.
#include "output/link_energy_csv.hpp"

#include "base/text.hpp"

namespace batsim {

LinkEnergyCsv::LinkEnergyCsv(const std::string& path, const LinkEnergy& energy)
    : energy_(energy), file_(path) {
    file_.write("link,energy,mean_load\n");
}

void LinkEnergyCsv::on_simulation_over(const Outcome& outcome) {
    std::string row;
    for (const LinkId link : energy_.links()) {
        row.clear();
        append_csv(row, energy_.platform().links[link].name);
        row += ',';
        append_number(row, energy_.joules(link, outcome.date));
        row += ',';
        append_number(row, energy_.mean_load(link, outcome.date));
        row += '\n';
        file_.write(row);
    }
}

} // namespace batsim
