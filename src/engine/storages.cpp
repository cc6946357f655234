// storages.cpp - the storage hosts of a platform, by the labels that profiles use.
#include "engine/storages.hpp"

namespace batsim {

Storages::Storages(const Platform& platform) : hosts_(platform.storage_hosts()) {
    for (const HostSet::Interval& interval : hosts_.intervals())
        for (HostId host = interval.first; host <= interval.last; ++host)
            by_name_.emplace(platform.hosts[host].name, host);
}

std::optional<HostId> Storages::find(const std::string& label, const Placement* placement) const {
    if (placement != nullptr)
        if (const auto mapped = placement->storages.find(label);
            mapped != placement->storages.end())
            return mapped->second;
    if (const auto named = by_name_.find(label); named != by_name_.end()) return named->second;
    if (by_name_.size() == 1) return by_name_.begin()->second;
    return std::nullopt;
}

std::string Storages::names() const {
    std::string text;
    for (const auto& [name, host] : by_name_) text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace batsim
