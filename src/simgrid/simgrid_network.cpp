// simgrid_network.cpp - the links and routes of a platform that SimGrid has read.
#include "simgrid/simgrid_network.hpp"

#include <exception>
#include <utility>
#include <xbt/config.hpp>

#include "base/error.hpp"

namespace batsim {

namespace {

namespace s4u = simgrid::s4u;

// More would take more than some ten megabytes.
constexpr std::size_t kMostRoutes = std::size_t{1} << 20;
constexpr std::size_t kMostCells = std::size_t{1} << 23; // of rows

NetworkLink describe(const s4u::Link& link) {
    return {link.get_bandwidth(), link.get_sharing_policy() != s4u::Link::SharingPolicy::FATPIPE};
}

} // namespace

SimgridNetwork::SimgridNetwork(const s4u::Engine& engine, std::vector<s4u::Host*> hosts,
                               std::vector<s4u::Link*> links, std::string platform_file)
    : engine_(engine),
      hosts_(std::move(hosts)),
      platform_file_(std::move(platform_file)),
      window_(simgrid::config::get_value<double>("network/TCP-gamma")),
      routes_from_(hosts_.size()) {
    for (const s4u::Link* link : links) id_of(link);
}

NetworkLinkId SimgridNetwork::id_of(const s4u::Link* link) {
    const auto [entry, is_new] = ids_.try_emplace(link, static_cast<NetworkLinkId>(links_.size()));
    if (is_new) links_.push_back(describe(*link));
    return entry->second;
}

Route SimgridNetwork::route(HostId from, HostId to) {
    if (routes_from_[from].empty() || routes_from_[from][to] == 0) remember(from, to);
    const Remembered& route = remembered_[routes_from_[from][to] - 1];
    return {route_links_.data() + route.first_link, route.link_count, route.latency};
}

void SimgridNetwork::remember(HostId from, HostId to) {
    const bool is_full = row_count_ * hosts_.size() >= kMostCells;
    if (remembered_.size() >= kMostRoutes || (is_full && routes_from_[from].empty()))
        forget_routes();
    if (routes_from_[from].empty()) {
        routes_from_[from].resize(hosts_.size());
        ++row_count_;
    }
    remembered_.push_back(find(from, to));
    routes_from_[from][to] = static_cast<std::uint32_t>(remembered_.size());
}

SimgridNetwork::Remembered SimgridNetwork::find(HostId from, HostId to) {
    if (!missing_) missing_ = std::make_unique<Routes>(engine_);
    if (missing_->is_missing(hosts_[from], hosts_[to]))
        throw InputError(platform_file_, "",
                         "there is no route from host '" + hosts_[from]->get_name() + "' to '" +
                             hosts_[to]->get_name() + "', between which a job communicates");
    std::vector<s4u::Link*> links;
    double latency = 0;
    try {
        hosts_[from]->route_to(hosts_[to], links, &latency);
    } catch (const std::exception& error) {
        throw InputError(platform_file_, "", error.what()); // no route between zones
    }
    const std::size_t first = route_links_.size();
    for (const s4u::Link* link : links) route_links_.push_back(id_of(link));
    return {first, static_cast<std::uint32_t>(links.size()), latency};
}

void SimgridNetwork::forget_routes() {
    for (auto& row : routes_from_) std::vector<std::uint32_t>().swap(row);
    remembered_.clear();
    route_links_.clear();
    row_count_ = 0;
}

} // namespace batsim
