// branch.hpp - a walk through the parts of a profile in the order in which they run.
#ifndef BATSIM_ENGINE_BRANCH_HPP
#define BATSIM_ENGINE_BRANCH_HPP

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "engine/backend.hpp"
#include "engine/host_use.hpp"
#include "engine/rank_amounts.hpp"
#include "engine/rank_hosts.hpp"
#include "workload/profile.hpp"

namespace batsim {

// What all branches of an execution share. Everything referred to must outlive them.
struct ExecutionContext {
    RankHosts ranks;
    const HostSpeeds& speeds;
    FindStorage find_storage;
    bool alone; // no other job computes on the hosts
    // Walk through what computes also where the run time of the whole is known: a meter or the speeds
    // may need its leaves. What takes the same time at all speeds, like delays, stays whole.
    bool by_leaves;

    bool goes_into_known(const Profile& part) const { return by_leaves && !part.traits.seconds; }
};

// A Branch walks through the parts of a profile: stretches of known length, tasks for the backend,
// and forks, whose elements run as branches of their own. Offsets are seconds since the start of
// the job: sums of durations relative to it, so that nothing is lost at late dates.
class Branch {
  public:
    struct Over {};
    struct Stretch {
        double seconds;
    };
    struct Fork {
        const ForkJoinProfile* profile;
    };
    using Part = std::variant<Over, Stretch, BackendTask, Fork>;

    // `alone`: nothing else computes on the hosts while the branch runs, so that closed forms hold.
    Branch(const Profile& profile, const ExecutionContext& context, bool alone, double start);

    // Goes to the next part, which begins where the present one ends.
    Part next();
    const Profile& profile() const { return profile_; } // the whole of it
    // What the present part runs.
    const Profile& part() const { return *part_; }
    double part_start() const { return part_start_; }
    // Whether the run time of the present part is known.
    bool part_has_closed_form() const { return has_closed_form(*part_); }
    // Whether a branch that the present part forks computes alone on the hosts.
    bool forks_alone() const { return alone_ && !part_->traits.shares_itself; }
    // The offset at which the present part ends if it takes so many seconds. At the end of a sequence
    // of known length it is the sequence's, without the rounding errors of its parts.
    double part_end(double seconds) const;
    void set_part_end(double offset) { next_start_ = offset; }
    // Lengths that were computed at the beginning do not hold any more.
    void forget_lengths();

    // Seconds that all parts after the present one take at least: infinite if the length of one is not
    // known. A sum above `enough` need not be complete.
    double seconds_after_part(double enough) const;

    // A sequence that is under way.
    struct Level {
        const Profile* profile;
        const SequenceProfile* sequence;
        std::size_t index;         // of the element that runs
        std::uint64_t repetition;  // from 0
        std::optional<double> end; // offset, if it is known
    };
    const std::vector<Level>& levels() const { return levels_; } // outermost first

  private:
    bool has_closed_form(const Profile& profile) const;
    double seconds_of(const Profile& profile) const;
    bool goes_into(const Profile& profile) const;
    Part start(const Profile& profile);
    BackendTask task_of(const Profile& profile) const;

    const Profile& profile_;
    const ExecutionContext& context_;
    bool alone_;
    std::vector<Level> levels_;
    const Profile* part_ = nullptr; // nullptr before the first and after the last
    double part_start_;
    double next_start_; // offset of the end of the present part, once it is known
};

} // namespace batsim

#endif
