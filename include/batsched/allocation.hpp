// allocation.hpp - which of the free hosts a job gets: five strategies behind one class, FreeHosts.
// SPDX-License-Identifier: MIT
//
//   batsched::FreeHosts free(batsched::Allocation::kContiguous, hosts());
//   if (job.requested_hosts <= free.size()) {
//       const auto allocation = free.choose(job.requested_hosts);
//       if (simulator().execute_job(job.id, allocation)) free.erase(allocation);
//   }
//   ...
//   free.insert(batsched::HostSet(end.usable_hosts)); // when it has ended
//
// A strategy is a preference, not a demand: it never refuses a job for which there are enough free
// hosts. So it changes where jobs run, but not what a scheduler that counts hosts may start.

#ifndef BATSCHED_ALLOCATION_HPP
#define BATSCHED_ALLOCATION_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "../batsched.hpp"

namespace batsched {

// A gap is an interval of free hosts that is not part of a longer one. Ties go to lower identifiers.
enum class Allocation {
    kLowest,            // the hosts with the lowest identifiers
    kContiguous,        // the first gap that is long enough
    kBestFitContiguous, // the shortest gap that is long enough
    kFewSwitches,       // as few zones as possible; the last one is that with the least left over
    kSpread             // evenly over the zones, and evenly over the free hosts of each zone
};
// Without a gap that is long enough the two contiguous strategies take the longest gaps first.

inline constexpr std::array<std::pair<Allocation, const char*>, 5> kAllocationNames{{
    {Allocation::kLowest, "lowest"},
    {Allocation::kContiguous, "contiguous"},
    {Allocation::kBestFitContiguous, "best-fit-contiguous"},
    {Allocation::kFewSwitches, "few-switches"},
    {Allocation::kSpread, "spread"},
}};

// The strategy of that name, as configurations have it.
inline std::optional<Allocation> allocation_of(const std::string& name) {
    for (const auto& [allocation, known] : kAllocationNames)
        if (name == known) return allocation;
    return std::nullopt;
}
inline bool needs_zones(Allocation allocation) {
    return allocation == Allocation::kFewSwitches || allocation == Allocation::kSpread;
}

// These hosts by network zone (of a cluster: those behind one switch), in the order of the first
// host of each. Without a platform file there is one zone.
inline std::vector<HostSet> zones_of(const Simulator& simulator, const HostSet& hosts) {
    std::vector<HostSet> zones;
    std::map<std::string, std::size_t> index;
    for (const HostSet::Interval& interval : hosts.intervals())
        for (std::uint64_t id = interval.first; id <= interval.last; ++id) {
            const auto host = static_cast<batsched_host_id_t>(id);
            const auto [zone, is_new] = index.emplace(simulator.host(host).zone, zones.size());
            if (is_new) zones.emplace_back();
            zones[zone->second].append(host, host);
        }
    return zones;
}

namespace detail {

// Free hosts as gaps. With g gaps on n hosts, changing an interval takes O(log g + log n), and so
// does finding a gap. (With 64 hosts in a leaf of the tree, that of 100,000 hosts has 2,048 leaves.)
class FreeGaps {
  public:
    explicit FreeGaps(bool best_fit) : best_fit_(best_fit) {}

    std::size_t size() const { return size_; }
    void insert(const HostSet& hosts) {
        for (const HostSet::Interval& interval : hosts.intervals()) {
            cut(interval);
            join(interval);
        }
    }
    void erase(const HostSet& hosts) {
        for (const HostSet::Interval& interval : hosts.intervals()) cut(interval);
    }
    HostSet choose(std::size_t count) const {
        std::vector<HostSet::Interval> taken;
        auto longest = by_length_.rbegin();
        while (longest != by_length_.rend() && count > longest->length) {
            count -= longest->length;
            taken.push_back(gap_at(longest->first));
            ++longest;
        }
        if (longest != by_length_.rend() && count > 0) {
            const batsched_host_id_t first =
                taken.empty() && !best_fit_ ? first_gap(count) : shortest_gap(count, *longest);
            taken.push_back({first, static_cast<batsched_host_id_t>(first + count - 1)});
        }
        return united(std::move(taken));
    }

  private:
    static constexpr std::size_t kHostsOfLeaf = 64;
    // Order: by length, longest last, of equal ones that with the lowest hosts.
    struct Gap {
        std::size_t length;
        batsched_host_id_t first;
        bool operator<(const Gap& other) const {
            return length != other.length ? length < other.length : first > other.first;
        }
    };

    static std::size_t length(const HostSet::Interval& interval) {
        return std::size_t{interval.last} - interval.first + 1;
    }
    HostSet::Interval gap_at(batsched_host_id_t first) const { return {first, gaps_.at(first)}; }

    // The shortest gap of at least `count` hosts. Those after `longest`, which has as many, are taken.
    batsched_host_id_t shortest_gap(std::size_t count, const Gap& longest) const {
        const auto shortest = by_length_.lower_bound({count, UINT32_MAX});
        if (shortest->length == longest.length) return longest.first;
        return std::prev(by_length_.upper_bound({shortest->length, 0}))->first;
    }
    // The first gap of at least `count` hosts, which is there.
    batsched_host_id_t first_gap(std::size_t count) const {
        std::size_t node = 1;
        while (node < leaves_) node = longest_[2 * node] >= count ? 2 * node : 2 * node + 1;
        auto gap =
            gaps_.lower_bound(static_cast<batsched_host_id_t>((node - leaves_) * kHostsOfLeaf));
        while (length({gap->first, gap->second}) < count) ++gap;
        return gap->first;
    }
    static HostSet united(std::vector<HostSet::Interval> intervals) {
        std::sort(intervals.begin(), intervals.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        HostSet set;
        for (const HostSet::Interval& interval : intervals)
            set.append(interval.first, interval.last);
        return set;
    }

    // No host of the interval is free afterwards.
    void cut(const HostSet::Interval& interval) {
        auto gap = gaps_.upper_bound(interval.first);
        if (gap != gaps_.begin() && std::prev(gap)->second >= interval.first) --gap;
        while (gap != gaps_.end() && gap->first <= interval.last) {
            const HostSet::Interval old{gap->first, gap->second};
            gap = std::next(gap);
            remove(old);
            if (old.first < interval.first) add({old.first, interval.first - 1});
            if (old.last > interval.last) add({interval.last + 1, old.last});
        }
    }
    // Adds an interval of hosts of which none is free.
    void join(HostSet::Interval interval) {
        const auto after = gaps_.upper_bound(interval.first);
        if (after != gaps_.end() && after->first == std::uint64_t{interval.last} + 1) {
            interval.last = after->second;
            remove(gap_at(after->first));
        }
        const auto next = gaps_.upper_bound(interval.first);
        if (next != gaps_.begin() && std::uint64_t{std::prev(next)->second} + 1 == interval.first) {
            interval.first = std::prev(next)->first;
            remove(gap_at(interval.first));
        }
        add(interval);
    }
    void add(const HostSet::Interval& gap) {
        gaps_.emplace(gap.first, gap.last);
        by_length_.insert({length(gap), gap.first});
        size_ += length(gap);
        update_leaf(gap.first);
    }
    void remove(const HostSet::Interval& gap) {
        gaps_.erase(gap.first);
        by_length_.erase({length(gap), gap.first});
        size_ -= length(gap);
        update_leaf(gap.first);
    }
    // The tree knows the longest gap that begins in each leaf.
    void update_leaf(batsched_host_id_t host) {
        if (best_fit_) return;
        const std::size_t leaf = host / kHostsOfLeaf;
        if (leaf >= leaves_) return grow(leaf);
        std::size_t longest = 0;
        for (auto gap = gaps_.lower_bound(static_cast<batsched_host_id_t>(leaf * kHostsOfLeaf));
             gap != gaps_.end() && gap->first / kHostsOfLeaf == leaf; ++gap)
            longest = std::max(longest, length({gap->first, gap->second}));
        longest_[leaves_ + leaf] = longest;
        for (std::size_t node = (leaves_ + leaf) / 2; node > 0; node /= 2)
            longest_[node] = std::max(longest_[2 * node], longest_[2 * node + 1]);
    }
    void grow(std::size_t leaf) {
        while (leaves_ <= leaf) leaves_ *= 2;
        longest_.assign(2 * leaves_, 0);
        for (const auto& [first, last] : gaps_)
            longest_[leaves_ + first / kHostsOfLeaf] =
                std::max(longest_[leaves_ + first / kHostsOfLeaf], length({first, last}));
        for (std::size_t node = leaves_ - 1; node > 0; --node)
            longest_[node] = std::max(longest_[2 * node], longest_[2 * node + 1]);
    }

    bool best_fit_;
    std::map<batsched_host_id_t, batsched_host_id_t> gaps_; // first host to last host
    std::set<Gap> by_length_;
    std::size_t leaves_ = 1;
    std::vector<std::size_t> longest_ = {0, 0}; // heap: children of i are 2 i and 2 i + 1
    std::size_t size_ = 0;
};

// Free hosts by zone. Choosing looks at the bitmaps of the zones that are taken (and with kSpread at
// the number of free hosts of each zone).
class FreeInZones {
  public:
    FreeInZones(bool spread, std::vector<HostSet> zones)
        : spread_(spread), zones_(std::move(zones)), free_(zones_.size()) {
        for (std::size_t zone = 0; zone < zones_.size(); ++zone) {
            for (const HostSet::Interval& interval : zones_[zone].intervals())
                parts_.emplace(interval.first, Part{interval.last, zone});
            by_free_.insert({0, zone});
        }
    }

    std::size_t size() const { return pool_.size(); }
    void insert(const HostSet& hosts) {
        change(hosts, [this](const HostSet& part) { pool_.insert(part); });
    }
    void erase(const HostSet& hosts) {
        change(hosts, [this](const HostSet& part) { pool_.erase(part); });
    }
    HostSet choose(std::size_t count) const { return spread_ ? spread(count) : few_zones(count); }

  private:
    struct Part {
        batsched_host_id_t last;
        std::size_t zone;
    };

    // Does it zone by zone, so that it is known how many hosts each has.
    template <class Do>
    void change(const HostSet& hosts, Do&& act) {
        for (const HostSet::Interval& interval : hosts.intervals()) {
            auto part = parts_.upper_bound(interval.first);
            if (part != parts_.begin()) --part;
            for (; part != parts_.end() && part->first <= interval.last; ++part) {
                const auto first = std::max(interval.first, part->first);
                const auto last = std::min(interval.last, part->second.last);
                if (first > last) continue;
                const std::size_t before = pool_.size();
                act(HostSet::range(first, last));
                count_again(part->second.zone, free_[part->second.zone] + pool_.size() - before);
            }
        }
    }
    void count_again(std::size_t zone, std::size_t free) {
        by_free_.erase({free_[zone], zone});
        free_[zone] = free;
        by_free_.insert({free, zone});
    }

    HostSet few_zones(std::size_t count) const {
        HostSet taken;
        auto end = by_free_.end(); // zones from here on are taken whole
        while (count > 0 && end != by_free_.begin()) {
            auto zone = by_free_.lower_bound({count, 0});
            if (zone == by_free_.end() || (end != by_free_.end() && !(*zone < *end)))
                zone = std::prev(end);
            const HostSet hosts = pool_.among(zones_[zone->second]).first(count);
            count -= hosts.size();
            taken |= hosts;
            end = zone;
        }
        return taken;
    }
    // Each zone gives its share, or all it has: those with few free hosts come first, so that the
    // others know what is left.
    HostSet spread(std::size_t count) const {
        HostSet taken;
        std::size_t zones = by_free_.size();
        for (const auto& [free, zone] : by_free_) {
            const std::size_t share = std::min(free, count / zones--);
            if (share == 0) continue;
            taken |= evenly(pool_.among(zones_[zone]), share);
            count -= share;
        }
        return taken;
    }
    // `count` > 0 of the hosts, with as many left out after each as after the others, nearly.
    static HostSet evenly(const HostSet& hosts, std::size_t count) {
        HostSet taken;
        std::size_t next = 0, passed = 0; // hosts taken; hosts in the intervals before
        for (const HostSet::Interval& interval : hosts.intervals()) {
            const std::size_t length = std::size_t{interval.last} - interval.first + 1;
            for (; next < count && next * hosts.size() / count < passed + length; ++next) {
                const auto host = static_cast<batsched_host_id_t>(
                    interval.first + next * hosts.size() / count - passed);
                taken.append(host, host);
            }
            passed += length;
        }
        return taken;
    }

    bool spread_;
    std::vector<HostSet> zones_;
    std::map<batsched_host_id_t, Part> parts_; // intervals of zones by their first host
    HostPool pool_;
    std::vector<std::size_t> free_;                         // hosts of each zone
    std::set<std::pair<std::size_t, std::size_t>> by_free_; // free hosts, zone
};

// The pool itself, for kLowest.
class FreeLowest {
  public:
    std::size_t size() const { return pool_.size(); }
    void insert(const HostSet& hosts) { pool_.insert(hosts); }
    void erase(const HostSet& hosts) { pool_.erase(hosts); }
    HostSet choose(std::size_t count) { return pool_.lowest(count); }

  private:
    HostPool pool_;
};

} // namespace detail

// FreeHosts are the free hosts of a scheduler and a strategy that chooses among them. Hosts may be
// inserted that are there, and erased that are not.
class FreeHosts {
  public:
    // All `hosts` are free.
    FreeHosts(Allocation allocation, const Simulator& simulator, const HostSet& hosts)
        : FreeHosts(allocation, hosts,
                    needs_zones(allocation) ? zones_of(simulator, hosts) : std::vector<HostSet>()) {
    }
    // `zones` are disjoint and together contain all hosts that will ever be inserted; only
    // kFewSwitches and kSpread look at them.
    FreeHosts(Allocation allocation, const HostSet& hosts, std::vector<HostSet> zones)
        : free_(make(allocation, std::move(zones))) {
        insert(hosts);
    }

    std::size_t size() const {
        return std::visit([](const auto& free) { return free.size(); }, free_);
    }
    bool empty() const { return size() == 0; }
    void insert(const HostSet& hosts) {
        std::visit([&](auto& free) { free.insert(hosts); }, free_);
    }
    void erase(const HostSet& hosts) {
        std::visit([&](auto& free) { free.erase(hosts); }, free_);
    }
    // `count` of the free hosts (all of them if there are fewer). They stay free until they are
    // erased.
    HostSet choose(std::size_t count) {
        return std::visit([&](auto& free) { return free.choose(count); }, free_);
    }

  private:
    using Free = std::variant<detail::FreeLowest, detail::FreeGaps, detail::FreeInZones>;

    static Free make(Allocation allocation, std::vector<HostSet> zones) {
        switch (allocation) {
            case Allocation::kLowest: break;
            case Allocation::kContiguous: return detail::FreeGaps(/* best_fit */ false);
            case Allocation::kBestFitContiguous: return detail::FreeGaps(/* best_fit */ true);
            case Allocation::kFewSwitches:
                return detail::FreeInZones(/* spread */ false, std::move(zones));
            case Allocation::kSpread:
                return detail::FreeInZones(/* spread */ true, std::move(zones));
        }
        return detail::FreeLowest();
    }

    Free free_;
};

} // namespace batsched

#endif
