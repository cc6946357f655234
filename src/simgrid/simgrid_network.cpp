// simgrid_network.cpp - the links and routes of a platform that SimGrid has read.
#include "simgrid/simgrid_network.hpp"

#include <exception>
#include <utility>
#include <xbt/config.hpp>

#include "base/error.hpp"

namespace batsim {

namespace {

namespace s4u = simgrid::s4u;

NetworkLink describe(const s4u::Link& link) {
    return {link.get_bandwidth(), link.get_sharing_policy() != s4u::Link::SharingPolicy::FATPIPE};
}

} // namespace

SimgridNetwork::SimgridNetwork(const s4u::Engine& engine, std::vector<s4u::Host*> hosts,
                               const std::vector<s4u::Link*>& links, std::string platform_file)
    : engine_(engine),
      hosts_(std::move(hosts)),
      platform_file_(std::move(platform_file)),
      window_(simgrid::config::get_value<double>("network/TCP-gamma")) {
    for (const s4u::Link* link : links) id_of(link);
}

NetworkLinkId SimgridNetwork::id_of(const s4u::Link* link) {
    const auto [entry, is_new] = ids_.try_emplace(link, static_cast<NetworkLinkId>(links_.size()));
    if (is_new) links_.push_back(describe(*link));
    return entry->second;
}

Route SimgridNetwork::route(HostId from, HostId to) {
    const auto known = routes_.find(from, to);
    return known ? *known : find_route(from, to);
}

Route SimgridNetwork::find_route(HostId from, HostId to) {
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
    std::vector<NetworkLinkId> ids;
    ids.reserve(links.size());
    for (const s4u::Link* link : links) ids.push_back(id_of(link));
    return routes_.add(from, to, ids, latency);
}

} // namespace batsim
