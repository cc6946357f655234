// host_set.hpp - sets of hosts in C++: HostSet, as the C interface has them, and HostPool, a set
// that changes often.
// SPDX-License-Identifier: MIT

#ifndef BATSCHED_HOST_SET_HPP
#define BATSCHED_HOST_SET_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "../batsched.h"

namespace batsched {

// A HostSet is a set of host identifiers: sorted intervals that neither overlap nor touch.
// Operations take time linear in the intervals of both sets.
class HostSet {
  public:
    using Interval = batsched_interval_t;

    HostSet() = default;
    // Copies `set`, which must be well formed (what comes from the simulator is).
    explicit HostSet(batsched_host_set_t set)
        : intervals_(set.intervals, set.intervals + set.count) {
        count();
    }
    static HostSet range(batsched_host_id_t first, batsched_host_id_t last) {
        HostSet set;
        set.append(first, last);
        return set;
    }

    bool empty() const { return intervals_.empty(); }
    std::size_t size() const { return size_; } // number of hosts
    bool contains(batsched_host_id_t host) const {
        auto after = std::upper_bound(
            intervals_.begin(), intervals_.end(), host,
            [](batsched_host_id_t h, const Interval& interval) { return h < interval.first; });
        return after != intervals_.begin() && host <= std::prev(after)->last;
    }

    // The `count` hosts with the lowest identifiers (all of them if there are fewer).
    HostSet first(std::size_t count) const {
        HostSet set;
        for (const Interval& interval : intervals_) {
            if (set.size_ == count) break;
            const std::size_t taken = std::min(count - set.size_, size(interval));
            set.append(interval.first, static_cast<batsched_host_id_t>(interval.first + taken - 1));
        }
        return set;
    }

    // Adds hosts that are all greater than those in the set; joins touching intervals.
    void append(batsched_host_id_t first, batsched_host_id_t last) {
        if (!intervals_.empty() && std::uint64_t{intervals_.back().last} + 1 == first)
            intervals_.back().last = last;
        else
            intervals_.push_back({first, last});
        size_ += size({first, last});
    }

    HostSet& operator|=(const HostSet& other) {
        std::vector<Interval> all;
        all.reserve(intervals_.size() + other.intervals_.size());
        std::merge(intervals_.begin(), intervals_.end(), other.intervals_.begin(),
                   other.intervals_.end(), std::back_inserter(all),
                   [](const Interval& a, const Interval& b) { return a.first < b.first; });
        intervals_.clear();
        for (const Interval& interval : all) {
            const bool joins =
                !intervals_.empty() && std::uint64_t{intervals_.back().last} + 1 >= interval.first;
            if (joins)
                intervals_.back().last = std::max(intervals_.back().last, interval.last);
            else
                intervals_.push_back(interval);
        }
        count();
        return *this;
    }
    HostSet& operator-=(const HostSet& other) {
        std::vector<Interval> kept;
        auto cut = other.intervals_.begin();
        for (Interval interval : intervals_) {
            while (cut != other.intervals_.end() && cut->last < interval.first) ++cut;
            bool remains = true;
            for (auto c = cut; c != other.intervals_.end() && c->first <= interval.last; ++c) {
                if (c->first > interval.first) kept.push_back({interval.first, c->first - 1});
                if (c->last >= interval.last) {
                    remains = false;
                    break;
                }
                interval.first = c->last + 1;
            }
            if (remains) kept.push_back(interval);
        }
        intervals_ = std::move(kept);
        count();
        return *this;
    }
    HostSet& operator&=(const HostSet& other) { return *this = *this & other; }
    friend HostSet operator&(const HostSet& a, const HostSet& b) {
        HostSet common;
        for_each_common(a, b, [&](batsched_host_id_t first, batsched_host_id_t last) {
            common.append(first, last);
            return true;
        });
        return common;
    }
    // Whether a host is in both.
    bool intersects(const HostSet& other) const {
        return !for_each_common(*this, other,
                                [](batsched_host_id_t, batsched_host_id_t) { return false; });
    }
    friend HostSet operator|(HostSet a, const HostSet& b) { return a |= b; }
    friend HostSet operator-(HostSet a, const HostSet& b) { return a -= b; }
    friend bool operator==(const HostSet& a, const HostSet& b) { return a.equals(b.view()); }
    friend bool operator!=(const HostSet& a, const HostSet& b) { return !(a == b); }
    // Whether these are the same hosts.
    bool equals(batsched_host_set_t set) const {
        return std::equal(intervals_.begin(), intervals_.end(), set.intervals,
                          set.intervals + set.count, [](const Interval& x, const Interval& y) {
                              return x.first == y.first && x.last == y.last;
                          });
    }

    const std::vector<Interval>& intervals() const { return intervals_; }
    // For the C interface; valid until the set changes.
    batsched_host_set_t view() const { return {intervals_.data(), intervals_.size()}; }

    // "0-3,7" (other separators on request)
    std::string to_string(char separator = ',') const {
        std::string text;
        for (const Interval& interval : intervals_) {
            if (!text.empty()) text += separator;
            text += std::to_string(interval.first);
            if (interval.last != interval.first) text += '-' + std::to_string(interval.last);
        }
        return text;
    }

  private:
    static std::size_t size(const Interval& interval) {
        return std::size_t{interval.last} - interval.first + 1;
    }
    // Calls visit(first, last) for the intervals of hosts that are in both, while it returns true;
    // returns whether it always did.
    template <class Visit>
    static bool for_each_common(const HostSet& one, const HostSet& other, Visit&& visit) {
        auto a = one.intervals_.begin();
        auto b = other.intervals_.begin();
        while (a != one.intervals_.end() && b != other.intervals_.end()) {
            const auto first = std::max(a->first, b->first);
            const auto last = std::min(a->last, b->last);
            if (first <= last && !visit(first, last)) return false;
            if (a->last < b->last)
                ++a;
            else
                ++b;
        }
        return true;
    }
    void count() {
        size_ = 0;
        for (const Interval& interval : intervals_) size_ += size(interval);
    }

    std::vector<Interval> intervals_;
    std::size_t size_ = 0;
};

// A HostPool is a set of hosts that changes often, such as those that are free: a bitmap, so that
// its cost does not grow with the number of intervals. With n hosts on the platform, changing k
// hosts takes O(k / 64 + intervals), and taking the lowest k takes O(n / 4096) more.
class HostPool {
  public:
    HostPool() = default;
    explicit HostPool(const HostSet& hosts) { insert(hosts); }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    bool contains(batsched_host_id_t host) const {
        return host / 64 < words_.size() && (words_[host / 64] >> (host % 64) & 1) != 0;
    }
    // Whether all of these hosts are in the pool.
    bool contains(const HostSet& hosts) const {
        bool all = true;
        for_each_word(hosts, [&](std::size_t word, std::uint64_t mask) {
            all = all && word < words_.size() && (words_[word] & mask) == mask;
        });
        return all;
    }

    void insert(const HostSet& hosts) {
        if (hosts.empty()) return;
        const std::size_t needed = hosts.intervals().back().last / 64 + std::size_t{1};
        if (needed > words_.size()) {
            words_.resize(needed);
            filled_.resize(needed / 64 + 1);
        }
        size_ += hosts.size();
        for_each_word(hosts, [this](std::size_t word, std::uint64_t mask) {
            const std::uint64_t there = mask & words_[word];
            if (there != 0) size_ -= static_cast<std::size_t>(__builtin_popcountll(there));
            words_[word] |= mask;
            filled_[word / 64] |= bit(word);
        });
    }
    // Returns those of `hosts` that were not in the pool.
    HostSet erase(const HostSet& hosts) {
        HostSet missing;
        for_each_word(hosts, [&](std::size_t word, std::uint64_t mask) {
            if (word >= words_.size()) return append_runs(missing, word, mask);
            const std::uint64_t there = mask & words_[word];
            if (there != mask) append_runs(missing, word, mask & ~there);
            words_[word] &= ~mask;
            if (words_[word] == 0) filled_[word / 64] &= ~bit(word);
        });
        size_ -= hosts.size() - missing.size();
        return missing;
    }

    // The `count` hosts with the lowest identifiers (all of them if there are fewer).
    HostSet lowest(std::size_t count) const {
        HostSet taken;
        for (std::size_t block = 0; block < filled_.size(); ++block)
            for (std::uint64_t rest = filled_[block]; rest != 0 && count > 0; rest &= rest - 1) {
                const std::size_t word = block * 64 + lowest_bit(rest);
                count -= append_lowest(taken, word, words_[word], count);
            }
        return taken;
    }
    HostSet all() const { return lowest(size_); }
    // Those of `hosts` that are in the pool.
    HostSet among(const HostSet& hosts) const {
        HostSet common;
        for_each_word(hosts, [&](std::size_t word, std::uint64_t mask) {
            if (word < words_.size()) append_runs(common, word, words_[word] & mask);
        });
        return common;
    }

  private:
    static unsigned lowest_bit(std::uint64_t word) {
        return static_cast<unsigned>(__builtin_ctzll(word));
    }
    static std::uint64_t bit(std::size_t word) { return std::uint64_t{1} << (word % 64); }
    static void append_runs(HostSet& set, std::size_t word, std::uint64_t rest) {
        append_lowest(set, word, rest, 64);
    }
    // The lowest hosts of a word, at most so many; returns how many.
    static std::size_t append_lowest(HostSet& set, std::size_t word, std::uint64_t rest,
                                     std::size_t most) {
        std::size_t left = most;
        while (rest != 0 && left > 0) {
            const unsigned first = lowest_bit(rest);
            const std::uint64_t after = ~(rest >> first); // its lowest bit ends the run
            const unsigned run = after == 0 ? 64 : lowest_bit(after);
            const std::size_t length = std::min<std::size_t>(run, left);
            const auto host = static_cast<batsched_host_id_t>(word * 64 + first);
            set.append(host, static_cast<batsched_host_id_t>(host + length - 1));
            left -= length;
            rest = first + run >= 64 ? 0 : rest >> (first + run) << (first + run);
        }
        return most - left;
    }
    // Calls visit(word, mask) for each word of the bitmap in which the set has hosts.
    template <class Visit>
    static void for_each_word(const HostSet& hosts, Visit&& visit) {
        constexpr std::uint64_t kAll = ~std::uint64_t{0};
        for (const HostSet::Interval& interval : hosts.intervals()) {
            const std::size_t first = interval.first / 64;
            const std::size_t last = interval.last / 64;
            for (std::size_t word = first; word <= last; ++word) {
                const std::uint64_t from = word == first ? kAll << (interval.first % 64) : kAll;
                const std::uint64_t to = word == last ? kAll >> (63 - interval.last % 64) : kAll;
                visit(word, from & to);
            }
        }
    }

    std::vector<std::uint64_t> words_;
    std::vector<std::uint64_t> filled_; // one bit for each of these words: whether it is not 0
    std::size_t size_ = 0;
};

} // namespace batsched

#endif
