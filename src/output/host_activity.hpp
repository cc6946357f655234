// host_activity.hpp - how many hosts do what, and for how long they did.
#ifndef BATSIM_OUTPUT_HOST_ACTIVITY_HPP
#define BATSIM_OUTPUT_HOST_ACTIVITY_HPP

#include <array>
#include <cstdint>
#include <vector>

#include "engine/host_use.hpp"
#include "engine/observer.hpp"

namespace batsim {

// Each host does exactly one of these.
enum class Activity {
    kIdle,
    kComputing, // is on and has a job
    kSleeping,  // is off
    kSwitchingOn,
    kSwitchingOff,
    kUnavailable, // or has failed; with a job or without
};
inline constexpr std::size_t kActivities = 6;

class HostActivity : public Observer {
  public:
    // The compute hosts of the platform, which are on and idle.
    explicit HostActivity(const HostSet& hosts);

    void on_job_started(const JobRecord& job) override;
    void on_job_ended(const JobRecord& job) override;
    void on_host_states_changed(const HostSet& hosts, HostState state, double date) override;
    void on_job_over(const JobRecord&) override {}
    void on_simulation_over(const Outcome& outcome) override;

    std::uint64_t count_of(Activity activity) const { return counts_[index(activity)]; }
    // Host-seconds, from date 0 to the last change, or to the end when the simulation is over.
    double time_of(Activity activity) const { return times_[index(activity)]; }
    // Hosts that were switched on or off, and how often any were.
    std::uint64_t switch_count() const { return switch_count_; }
    std::uint64_t grouped_switch_count() const { return grouped_switch_count_; }

  private:
    static std::size_t index(Activity activity) { return static_cast<std::size_t>(activity); }
    Activity activity_of(HostId host) const;
    void pass_time(double date);
    template <class Change>
    void change_use(const HostSet& hosts, double date, Change&& change);

    std::vector<HostState> states_;
    HostUse use_;
    std::uint64_t not_on_count_ = 0;
    std::array<std::uint64_t, kActivities> counts_{};
    std::array<double, kActivities> times_{};
    double since_ = 0;
    std::uint64_t switch_count_ = 0, grouped_switch_count_ = 0;
};

} // namespace batsim

#endif
