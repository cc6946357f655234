// rank_hosts.hpp - which rank of a job runs on which host, and which storage hosts it uses.
#ifndef BATSIM_ENGINE_RANK_HOSTS_HPP
#define BATSIM_ENGINE_RANK_HOSTS_HPP

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "platform/platform.hpp"

namespace batsim {

// How a scheduler wants a job to be executed, where that differs from the default.
struct Placement {
    std::vector<HostId> rank_hosts;         // of each rank; empty: one rank on each host, in order
    std::map<std::string, HostId> storages; // which storage host a label of the profile means
};

// RankHosts is the hosts of a job's ranks: rank i is on the i-th host of the allocation unless the
// placement says otherwise. A view of both.
class RankHosts {
  public:
    // `placement` may be nullptr.
    RankHosts(const HostSet& hosts, const Placement* placement)
        : hosts_(hosts),
          explicit_(placement == nullptr || placement->rank_hosts.empty()
                        ? nullptr
                        : &placement->rank_hosts) {}

    const HostSet& hosts() const { return hosts_; }
    std::size_t size() const { return explicit_ == nullptr ? hosts_.size() : explicit_->size(); }
    // Whether several ranks may be on one host.
    bool may_share_hosts() const { return explicit_ != nullptr; }

    // Calls handle(rank, host) for each rank.
    template <class Handle>
    void for_each(Handle&& handle) const {
        std::size_t rank = 0;
        if (explicit_ != nullptr) {
            for (const HostId host : *explicit_) handle(rank++, host);
            return;
        }
        for (const HostSet::Interval& interval : hosts_.intervals())
            for (HostId host = interval.first; host <= interval.last; ++host) handle(rank++, host);
    }

    std::vector<HostId> all() const {
        std::vector<HostId> hosts;
        hosts.reserve(size());
        for_each([&](std::size_t, HostId host) { hosts.push_back(host); });
        return hosts;
    }

  private:
    const HostSet& hosts_;
    const std::vector<HostId>* explicit_;
};

} // namespace batsim

#endif
