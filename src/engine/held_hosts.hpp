// held_hosts.hpp - the hosts of one scheduler: those that it owns and those that it may use now.
#ifndef BATSIM_ENGINE_HELD_HOSTS_HPP
#define BATSIM_ENGINE_HELD_HOSTS_HPP

#include <utility>

#include "platform/platform.hpp"

namespace batsim {

// A scheduler owns the hosts that the user has given to it, for ever. It holds them as long as it does
// not lend them to another scheduler, which holds them then. Only the holder can use a host.
class HeldHosts {
  public:
    explicit HeldHosts(HostSet owned) : owned_(std::move(owned)), all_(owned_), pool_(owned_) {}

    bool contains(const HostSet& hosts) const { return pool_.contains(hosts); }
    const HostSet& all() const { return all_; }
    const HostSet& owned() const { return owned_; }
    // Its own that others hold.
    const HostSet& away() const { return away_; }
    // Those of others that it holds.
    HostSet borrowed() const { return all_ - owned_; }

    void arrive(const HostSet& hosts) {
        all_ |= hosts;
        pool_.insert(hosts);
        away_ -= hosts;
    }
    void leave(const HostSet& hosts) {
        all_ -= hosts;
        pool_.erase(hosts);
        away_ |= hosts & owned_;
    }

  private:
    HostSet owned_, all_, away_;
    HostPool pool_; // all_, quick to ask
};

} // namespace batsim

#endif
