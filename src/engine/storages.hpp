// storages.hpp - the storage hosts of a platform, by the labels that profiles use.
#ifndef BATSIM_ENGINE_STORAGES_HPP
#define BATSIM_ENGINE_STORAGES_HPP

#include <map>
#include <optional>
#include <string>

#include "engine/rank_hosts.hpp"
#include "platform/platform.hpp"

namespace batsim {

// Storages finds the storage host that a label of a profile means: the one that the placement of the
// job says, else the storage host of that name, else the only storage host of the platform.
class Storages {
  public:
    explicit Storages(const Platform& platform);

    // `placement` may be nullptr. Nothing if no storage host is meant.
    std::optional<HostId> find(const std::string& label, const Placement* placement) const;
    bool is_storage(HostId host) const { return hosts_.contains(host); }
    std::string names() const; // for messages: "pfs, archive"

  private:
    HostSet hosts_;
    std::map<std::string, HostId> by_name_;
};

} // namespace batsim

#endif
