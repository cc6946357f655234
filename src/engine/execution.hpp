// execution.hpp - how far a job has come whose run time has no closed form.
#ifndef BATSIM_ENGINE_EXECUTION_HPP
#define BATSIM_ENGINE_EXECUTION_HPP

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "engine/backend.hpp"
#include "engine/calendar.hpp"
#include "engine/host_use.hpp"
#include "workload/profile.hpp"

namespace batsim {

// An Execution walks through the parts of a profile in the order in which they run: parallel tasks
// for the backend and, between them, stretches of known length.
class Execution {
  public:
    struct Wait {
        double seconds;
    };
    struct Over {};
    using Part = std::variant<Over, Wait, ParallelTask>;

    // All references must outlive the execution.
    Execution(const Profile& profile, const HostSet& hosts, const HostSpeeds& speeds);

    // Goes to the next part.
    Part next();
    // Seconds that all parts after the present one take at least: infinite if one of them is a task
    // of the backend. A sum above `enough` need not be complete.
    double seconds_after_part(double enough) const;

    // Seconds since the start of the job at which the present part began: a sum of durations
    // relative to the start, so that nothing is lost at late dates.
    double part_start = 0;
    // Length of the present part; nothing while it is a task of the backend.
    std::optional<double> part_length;
    // The entries in the calendar of the part's end and of the walltime.
    std::optional<std::uint32_t> part_entry, walltime_entry;

  private:
    // A sequence that is under way.
    struct Level {
        const SequenceProfile* sequence;
        std::size_t index;        // of the element that runs
        std::uint64_t repetition; // from 0
    };

    bool has_closed_form(const Profile& profile) const;
    double seconds_of(const Profile& profile) const;
    Part start(const Profile& profile);
    ParallelTask task_of(const Profile& profile) const;

    const Profile& profile_;
    const HostSet& hosts_;
    const HostSpeeds& speeds_;
    std::vector<Level> levels_; // outermost first
    bool started_ = false;
};

} // namespace batsim

#endif
