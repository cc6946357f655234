// windows.hpp - maintenance windows: when which hosts take no jobs.
#ifndef BATSIM_PLUGINS_RESERVATIONS_WINDOWS_HPP
#define BATSIM_PLUGINS_RESERVATIONS_WINDOWS_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "../common/config.hpp"
#include "../common/text.hpp"

namespace reservations {

using batsched::HostSet;

struct Interval {
    double begin, end; // s; the end does not belong to it
};

// One window of the configuration, as often as it is repeated.
struct Window {
    HostSet hosts;
    std::vector<Interval> intervals; // in order, disjoint

    bool overlaps(const Window& other) const {
        auto mine = intervals.begin();
        auto theirs = other.intervals.begin();
        while (mine != intervals.end() && theirs != other.intervals.end()) {
            if (mine->begin < theirs->end && theirs->begin < mine->end) return true;
            mine->end < theirs->end ? ++mine : ++theirs;
        }
        return false;
    }
};

// Reads windows from a configuration.
class WindowReader {
  public:
    explicit WindowReader(HostSet partition) : partition_(std::move(partition)) {}

    std::vector<Window> read(batsched::Config& config) {
        // Those with a number of hosts take what the others leave.
        std::vector<std::pair<batsched::Config, Window>> with_number;
        for (batsched::Config& object : config.objects("windows", /* least */ 0)) {
            Window window{{}, read_intervals(object)};
            if (object.is_number("hosts")) {
                with_number.emplace_back(object, window);
                continue;
            }
            window.hosts = read_hosts(object);
            object.check_unused();
            windows_.push_back(window);
        }
        for (auto& [object, window] : with_number) {
            window.hosts = choose_hosts(object, window);
            object.check_unused();
            windows_.push_back(window);
        }
        return windows_;
    }

  private:
    static constexpr double kLatest = 1e18; // s, as dates of workloads
    static constexpr std::uint64_t kMostRepetitions = 100'000;

    static std::vector<Interval> read_intervals(batsched::Config& object) {
        if (!object.has("start")) object.fail("must have a 'start'");
        if (object.has("duration") == object.has("end"))
            object.fail("must have either an 'end' or a 'duration'");
        const double start = object.number("start", 0, kLatest, 0);
        if (object.has("duration")) {
            const double duration = object.number("duration", 0, kLatest, 0);
            if (!(start + duration > start))
                object.fail(duration > 0 ? "'duration' is too short for a start at " +
                                               batsched::text_of(start) + ", is " +
                                               batsched::text_of(duration)
                                         : "'duration' must be greater than 0");
            return repeated({start, start + duration}, object);
        }
        const double end = object.number("end", 0, kLatest, 0);
        if (!(end > start))
            object.fail("must end after its start at " + batsched::text_of(start) + ", ends at " +
                        batsched::text_of(end));
        return repeated({start, end}, object);
    }
    static std::vector<Interval> repeated(Interval first, batsched::Config& object) {
        if (object.has("period") != object.has("count"))
            object.fail("must have both a 'period' and a 'count', or neither");
        const double period = object.number("period", 0, kLatest, kLatest);
        const auto count = object.integer("count", 1, kMostRepetitions, 1);
        if (count > 1 && period < first.end - first.begin)
            object.fail("'period' must not be shorter than the window, is " +
                        batsched::text_of(period));
        std::vector<Interval> intervals;
        for (std::uint64_t i = 0; i < count; ++i) {
            const double shift = i == 0 ? 0 : static_cast<double>(i) * period;
            intervals.push_back({first.begin + shift, first.end + shift});
        }
        return intervals;
    }

    HostSet read_hosts(batsched::Config& object) const {
        if (!object.has("hosts")) return partition_;
        const std::string text =
            object.text("hosts", "", "a number or a set of hosts such as \"0-3,7\"");
        const auto hosts = batsched::read_hosts(text);
        if (!hosts || hosts->empty())
            object.fail("'hosts' must be a number or a set of hosts such as 0-3,7, is '" + text +
                        "'");
        const HostSet foreign = *hosts - partition_;
        if (!foreign.empty())
            object.fail("'hosts' has " + foreign.to_string() + ", the scheduler has " +
                        partition_.to_string());
        return *hosts;
    }
    // The hosts with the highest identifiers among those that are in no other window then.
    HostSet choose_hosts(batsched::Config& object, const Window& window) const {
        const auto count = object.integer("hosts", 1, partition_.size(), 0);
        HostSet others = partition_;
        for (const Window& other : windows_)
            if (other.overlaps(window)) others -= other.hosts;
        if (others.size() < count)
            object.fail("'hosts' is " + std::to_string(count) + ", but only " +
                        std::to_string(others.size()) + " are in no other window then");
        return others - others.first(others.size() - count);
    }

    HostSet partition_;
    std::vector<Window> windows_;
};

// Hosts that are in the same windows. Which of them a job has makes no difference to others.
struct HostClass {
    HostSet hosts;
    std::vector<Interval> windows; // in order, disjoint

    // The begin of the first window from a date on, or infinity.
    double next_window(double date) const {
        const auto next =
            std::partition_point(windows.begin(), windows.end(),
                                 [&](const Interval& window) { return window.begin < date; });
        return next == windows.end() ? batsched::kNoWalltime : next->begin;
    }
    // The end of the first window that ends after a date and so many others, or infinity.
    double next_end(double date, std::ptrdiff_t others) const {
        const auto next =
            std::partition_point(windows.begin(), windows.end(),
                                 [&](const Interval& window) { return window.end <= date; });
        return windows.end() - next <= others ? batsched::kNoWalltime : next[others].end;
    }
};

// Of windows that overlap or touch it makes one.
inline void join_overlapping(std::vector<Interval>& windows) {
    std::sort(windows.begin(), windows.end(),
              [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
    std::vector<Interval> joined;
    for (const Interval& window : windows) {
        if (joined.empty() || window.begin > joined.back().end)
            joined.push_back(window);
        else
            joined.back().end = std::max(joined.back().end, window.end);
    }
    windows = std::move(joined);
}

// In the order of their first hosts.
inline std::vector<HostClass> classes_of(const HostSet& partition,
                                         const std::vector<Window>& windows) {
    std::vector<HostClass> classes{{partition, {}}};
    for (const Window& window : windows) {
        std::vector<HostClass> parts;
        for (const HostClass& whole : classes) {
            HostClass inside{whole.hosts & window.hosts, whole.windows};
            HostClass outside{whole.hosts - window.hosts, whole.windows};
            inside.windows.insert(inside.windows.end(), window.intervals.begin(),
                                  window.intervals.end());
            if (!inside.hosts.empty()) parts.push_back(std::move(inside));
            if (!outside.hosts.empty()) parts.push_back(std::move(outside));
        }
        if (!parts.empty()) classes = std::move(parts);
    }
    for (HostClass& of_class : classes) join_overlapping(of_class.windows);
    std::sort(classes.begin(), classes.end(), [](const HostClass& a, const HostClass& b) {
        return a.hosts.intervals().front().first < b.hosts.intervals().front().first;
    });
    return classes;
}

} // namespace reservations

#endif
