// availability.hpp - how many hosts will be free at which date, as far as a scheduler knows.
#ifndef BATSIM_PLUGINS_AVAILABILITY_HPP
#define BATSIM_PLUGINS_AVAILABILITY_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace batsched {

// An Availability is a step function from dates to numbers of free hosts, from some date on. It keeps
// the dates at which the number changes, and by how much, in a search tree (a treap: a binary tree by
// date that is a heap by random numbers, which keep it shallow). Each node knows of the changes below
// it their sum and the least and the greatest sum of the first of them. So to occupy hosts in an
// interval is two changes, and the first date at which the number crosses a bound is found by one
// descent: both take O(log n) for n dates.
class Availability {
  public:
    using Count = std::int64_t;
    static constexpr double kNever = std::numeric_limits<double>::infinity();

    // So many hosts are free from now on.
    void reset(double now, Count free) {
        nodes_.assign(1, Node{});
        spare_.clear();
        root_ = kNone;
        first_date_ = kNever;
        begin_ = now;
        free_at_begin_ = free;
    }
    // Forgets what was before.
    void advance(double now) {
        begin_ = now;
        while (first_date_ <= now) {
            const Count difference = nodes_[first()].difference;
            free_at_begin_ += difference;
            change(first_date_, -difference);
        }
    }

    // Takes hosts away in [from, until), which may begin before the date that is known from; `until`
    // may be infinity.
    void occupy(double from, double until, Count hosts) {
        if (from >= until) return;
        add(from, -hosts);
        add(until, hosts);
    }
    void release(double from, double until, Count hosts) { occupy(from, until, -hosts); }

    Count free_at(double date) const {
        Count free = free_at_begin_;
        if (date < first_date_) return free;
        for (Index at = root_; at != kNone;) {
            const Node& node = nodes_[at];
            if (node.date > date) {
                at = node.left;
            } else {
                free += nodes_[node.left].sum + node.difference;
                at = node.right;
            }
        }
        return free;
    }
    // The least number in [from, until), which is not empty.
    Count least_in(double from, double until) const {
        return std::min(free_at(from), least_between(root_, free_at_begin_, from, until));
    }
    // The next date from which on more may be free for that long than from `from` on: when the first date
    // with the fewest has passed, and there are more again.
    double next_with_more(double from, double duration) const {
        const Count fewest = least_in(from, from + duration);
        return first_with(first_below(from, fewest + 1), fewest + 1);
    }
    // The first date, not before `from`, at which at least so many hosts are free; or fewer.
    double first_with(double from, Count hosts) const {
        return free_at(from) >= hosts ? from
                                      : first_change_to(root_, free_at_begin_, from, hosts, true);
    }
    double first_below(double from, Count hosts) const {
        return free_at(from) < hosts ? from
                                     : first_change_to(root_, free_at_begin_, from, hosts, false);
    }
    // The begin of the time before `until` in which so many hosts are always free; `until` if there is
    // none.
    double begin_of_run(double until, Count hosts) const {
        const double last = last_date_below(root_, free_at_begin_, until, hosts);
        if (last != kNever) return std::min(until, first_with(last, hosts));
        return std::min(until, first_with(begin_, hosts));
    }
    // The first date, not before `from`, from which on so many hosts are free for that long. Takes
    // O(log n) for each time that there are too few of them in between.
    double earliest(double from, Count hosts, double duration) const {
        double begin = first_with(from, hosts);
        while (begin != kNever) {
            const double end = first_below(begin, hosts);
            if (begin + duration <= end) break;
            begin = first_with(end, hosts);
        }
        return begin;
    }
    // Whether so many hosts are free from a date on for that long.
    bool has(double from, Count hosts, double duration) const {
        const double end = first_below(from, hosts);
        return end > from && from + duration <= end;
    }

  private:
    using Index = std::uint32_t;
    static constexpr Index kNone = 0; // nodes_[0], of which all sums are 0

    struct Node {
        double date = 0;
        Count difference = 0;
        std::uint32_t weight = 0; // parents have greater ones
        Index left = kNone, right = kNone;
        Count sum = 0;                 // of all differences from here down
        Count least = 0, greatest = 0; // sums of the first of them, of one at least
    };

    void add(double date, Count difference) {
        if (date <= begin_)
            free_at_begin_ += difference;
        else if (date != kNever && difference != 0)
            change(date, difference);
    }
    void change(double date, Count difference) {
        root_ = changed(root_, date, difference);
        if (date <= first_date_) first_date_ = root_ == kNone ? kNever : nodes_[first()].date;
    }
    Index first() const {
        Index at = root_;
        while (nodes_[at].left != kNone) at = nodes_[at].left;
        return at;
    }

    // The tree below `at` after a change.
    Index changed(Index at, double date, Count difference) {
        if (at == kNone) return make(date, difference);
        if (date == nodes_[at].date) {
            nodes_[at].difference += difference;
            if (nodes_[at].difference == 0) {
                spare_.push_back(at);
                return merged(nodes_[at].left, nodes_[at].right);
            }
        } else if (date < nodes_[at].date) {
            const Index left = changed(nodes_[at].left, date, difference);
            nodes_[at].left = left;
            if (nodes_[left].weight > nodes_[at].weight) {
                nodes_[at].left = nodes_[left].right;
                return with_child(left, nodes_[left].right, at);
            }
        } else {
            const Index right = changed(nodes_[at].right, date, difference);
            nodes_[at].right = right;
            if (nodes_[right].weight > nodes_[at].weight) {
                nodes_[at].right = nodes_[right].left;
                return with_child(right, nodes_[right].left, at);
            }
        }
        update(at);
        return at;
    }
    // Puts `child`, which has changed, where `place` is, a member of `parent`.
    Index with_child(Index parent, Index& place, Index child) {
        update(child);
        place = child;
        update(parent);
        return parent;
    }
    // All dates of `a` are before those of `b`.
    Index merged(Index a, Index b) {
        if (a == kNone) return b;
        if (b == kNone) return a;
        if (nodes_[a].weight > nodes_[b].weight) {
            const Index right = merged(nodes_[a].right, b);
            return with_child(a, nodes_[a].right, right);
        }
        const Index left = merged(a, nodes_[b].left);
        return with_child(b, nodes_[b].left, left);
    }
    Index make(double date, Count difference) {
        auto at = static_cast<Index>(nodes_.size());
        if (spare_.empty()) {
            nodes_.emplace_back();
        } else {
            at = spare_.back();
            spare_.pop_back();
        }
        nodes_[at] = Node{date, difference, next_weight(), kNone, kNone, 0, 0, 0};
        update(at);
        return at;
    }
    void update(Index at) {
        Node& node = nodes_[at];
        const Node& left = nodes_[node.left];
        const Node& right = nodes_[node.right];
        const Count here = left.sum + node.difference;
        node.sum = here + right.sum;
        node.least = node.greatest = here;
        if (node.left != kNone) {
            node.least = std::min(node.least, left.least);
            node.greatest = std::max(node.greatest, left.greatest);
        }
        if (node.right != kNone) {
            node.least = std::min(node.least, here + right.least);
            node.greatest = std::max(node.greatest, here + right.greatest);
        }
    }

    // The first date after `from` in the tree below `at` at which the number is at least `hosts`, or
    // less. `before` is the number before the dates of this tree.
    double first_change_to(Index at, Count before, double from, Count hosts, bool at_least) const {
        if (at == kNone) return kNever;
        const Node& node = nodes_[at];
        if (at_least ? before + node.greatest < hosts : before + node.least >= hosts) return kNever;
        const Count here = before + nodes_[node.left].sum + node.difference;
        if (node.date > from) {
            const double date = first_change_to(node.left, before, from, hosts, at_least);
            if (date != kNever) return date;
            if ((here >= hosts) == at_least) return node.date;
        }
        return first_change_to(node.right, here, from, hosts, at_least);
    }

    // The least number at dates after `from` and before `until` in the tree below `at`, which are
    // infinite if all of its dates are on that side of them.
    Count least_between(Index at, Count before, double from, double until) const {
        if (at == kNone) return std::numeric_limits<Count>::max();
        const Node& node = nodes_[at];
        if (from == -kNever && until == kNever) return before + node.least;
        const Count here = before + nodes_[node.left].sum + node.difference;
        if (node.date <= from) return least_between(node.right, here, from, until);
        if (node.date >= until) return least_between(node.left, before, from, until);
        return std::min({here, least_between(node.left, before, from, kNever),
                         least_between(node.right, here, -kNever, until)});
    }

    // The last date before `until` in the tree below `at` from which on there are fewer hosts, or
    // infinity.
    double last_date_below(Index at, Count before, double until, Count hosts) const {
        if (at == kNone || before + nodes_[at].least >= hosts) return kNever;
        const Node& node = nodes_[at];
        if (node.date >= until) return last_date_below(node.left, before, until, hosts);
        const Count here = before + nodes_[node.left].sum + node.difference;
        const double date = last_date_below(node.right, here, until, hosts);
        if (date != kNever) return date;
        return here < hosts ? node.date : last_date_below(node.left, before, until, hosts);
    }

    // Xorshift: always the same numbers, so that runs can be repeated.
    std::uint32_t next_weight() {
        weight_ ^= weight_ << 13;
        weight_ ^= weight_ >> 17;
        weight_ ^= weight_ << 5;
        return weight_;
    }

    std::vector<Node> nodes_ = std::vector<Node>(1);
    std::vector<Index> spare_; // of nodes_
    Index root_ = kNone;
    double first_date_ = kNever; // in the tree
    double begin_ = 0;
    Count free_at_begin_ = 0;
    std::uint32_t weight_ = 2463534242;
};

} // namespace batsched

#endif
