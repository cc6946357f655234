// demand.cpp - what a parallel task takes of the hosts and links that it uses.
#include "sharing/demand.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace batsim {

Demand DemandMaker::demand_of(const ParallelTask& task) {
    Demand demand;
    for (std::size_t rank = 0; rank < task.flops.size(); ++rank)
        if (task.flops[rank] > 0) demand.uses.push_back({task.hosts[rank], task.flops[rank]});
    const bool sends = task.hosts.size() > 1 && !task.bytes.empty();
    if (sends) add_messages(task, demand);
    return demand;
}

void DemandMaker::add_messages(const ParallelTask& task, Demand& demand) {
    const std::size_t ranks = task.hosts.size();
    double slowest = 0; // s * bytes
    for (std::size_t from = 0; from < ranks; ++from)
        for (std::size_t to = 0; to < ranks; ++to) {
            const double bytes = task.bytes[from * ranks + to];
            if (!(bytes > 0)) continue;
            BATSIM_ASSERT(network_ != nullptr);
            const Route route = network_->route(task.hosts[from], task.hosts[to]);
            demand.latency = std::max(demand.latency, route.latency);
            slowest = std::max(slowest, route.latency * bytes);
            send(route, bytes);
        }
    if (slowest > 0) demand.most_by_latency = network_->window() / (2 * slowest);
    for (const NetworkLinkId link : links_) {
        demand.uses.push_back({static_cast<ResourceId>(host_count_ + link), bytes_[link]});
        bytes_[link] = 0;
    }
    links_.clear();
}

void DemandMaker::send(const Route& route, double bytes) {
    for (std::size_t i = 0; i < route.link_count; ++i) {
        const NetworkLinkId link = route.links[i];
        if (link >= bytes_.size()) bytes_.resize(link + 1, 0);
        double& sum = bytes_[link];
        if (!(sum > 0)) links_.push_back(link);
        sum = network_->link(link).is_divided ? sum + bytes : std::max(sum, bytes);
    }
}

} // namespace batsim
