// instruments.cpp - reads what probes measure.
#include "engine/instruments.hpp"

#include <algorithm>

namespace batsim {

bool Instruments::can_measure(const Probe& probe) const {
    if (probe.metric == Metric::kLoad) return true;
    if (const auto* hosts = std::get_if<HostSet>(&probe.targets))
        return energy_ != nullptr && energy_->knows(*hosts);
    if (link_energy_ == nullptr) return false;
    const auto& links = std::get<std::vector<LinkId>>(probe.targets);
    return std::all_of(links.begin(), links.end(), [this](LinkId link) {
        return link_energy_->platform().links[link].power.has_value();
    });
}

std::vector<double> Instruments::measure(const Probe& probe, double now) {
    if (probe.metric != Metric::kEnergy) backend_.update_rates();
    return aggregated(
        std::visit([&](const auto& targets) { return read(probe.metric, targets, now); },
                   probe.targets),
        probe.aggregation);
}

std::vector<double> Instruments::read(Metric metric, const HostSet& hosts, double now) {
    if (metric == Metric::kEnergy) return energy_->of_hosts(hosts, now);
    executor_.settle(now);
    std::vector<double> values = loads_.of(hosts, now);
    if (metric == Metric::kLoad) {
        for (double& load : values) load = std::min(load, 1.0);
        return values;
    }
    std::size_t i = 0;
    for_each_host(hosts, [&](HostId host) {
        values[i] = energy_->watts(host, values[i]);
        ++i;
    });
    return values;
}

std::vector<double> Instruments::read(Metric metric, const std::vector<LinkId>& links,
                                      double now) const {
    std::vector<double> values;
    values.reserve(links.size());
    for (const LinkId link : links) values.push_back(read(metric, link, now));
    return values;
}

// A link that is off carries nothing.
double Instruments::read(Metric metric, LinkId link, double now) const {
    switch (metric) {
        case Metric::kPower: return link_energy_->watts(link);
        case Metric::kEnergy: return link_energy_->joules(link, now);
        case Metric::kLoad: break;
    }
    return backend_.link_load(link).value_or(0);
}

} // namespace batsim
