// probes_csv.cpp - probes.csv: what the probes of schedulers have measured.
#include "output/probes_csv.hpp"

#include <utility>

#include "engine/host_states.hpp"

namespace batsim {

namespace {

const char* name_of(Metric metric) {
    switch (metric) {
        case Metric::kPower: return "power";
        case Metric::kEnergy: return "energy";
        case Metric::kLoad: return "load";
    }
    return "";
}

const char* name_of(Aggregation aggregation) {
    switch (aggregation) {
        case Aggregation::kNone: return "none";
        case Aggregation::kSum: return "sum";
        case Aggregation::kMean: return "mean";
        case Aggregation::kMin: return "min";
        case Aggregation::kMax: return "max";
    }
    return "";
}

// What each value is of, or all values together.
std::vector<std::string> names_of(const HostSet& hosts, bool each, const Platform&) {
    if (!each) return {hosts.to_string(' ')};
    std::vector<std::string> names;
    for_each_host(hosts, [&](HostId host) { names.push_back(std::to_string(host)); });
    return names;
}

// Links have long names: where there are several, only their number is said.
std::vector<std::string> names_of(const std::vector<LinkId>& links, bool each,
                                  const Platform& platform) {
    if (!each && links.size() > 1) return {std::to_string(links.size()) + " links"};
    std::vector<std::string> names;
    names.reserve(links.size());
    for (const LinkId link : links) names.push_back(platform.links[link].name);
    return names;
}

} // namespace

ProbesCsv::ProbesCsv(std::string path, const Platform& platform,
                     std::vector<std::string> schedulers)
    : path_(std::move(path)), platform_(platform), schedulers_(std::move(schedulers)) {}

void ProbesCsv::on_probe_data(const ProbeReading& reading) {
    if (!file_) {
        file_ = std::make_unique<RowFile>(path_);
        file_->write("time,scheduler,probe,target,name,metric,aggregation,value\n");
    }
    const bool each = reading.probe.aggregation == Aggregation::kNone;
    const std::vector<std::string> names =
        std::visit([&](const auto& targets) { return names_of(targets, each, platform_); },
                   reading.probe.targets);
    for (std::size_t i = 0; i < names.size(); ++i) write(reading, names[i], reading.values[i]);
}

void ProbesCsv::write(const ProbeReading& reading, const std::string& name, double value) {
    const bool of_hosts = std::holds_alternative<HostSet>(reading.probe.targets);
    row_.number(reading.date).text(schedulers_[reading.scheduler]).count(reading.id);
    row_.text(of_hosts ? "hosts" : "links").text(name);
    row_.text(name_of(reading.probe.metric)).text(name_of(reading.probe.aggregation));
    file_->write(row_.number(value).end());
}

void ProbesCsv::close() {
    if (file_) file_->close();
}

} // namespace batsim
