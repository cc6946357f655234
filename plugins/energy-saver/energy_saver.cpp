// energy_saver.cpp - EASY backfilling that switches idle hosts off, and on in time.
#include <algorithm>
#include <batsched.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "../common/config.hpp"
#include "../common/easy_by_orders.hpp"
#include "../common/idle_hosts.hpp"
#include "../common/wake_up.hpp"
#include "sleeping_hosts.hpp"

namespace energy_saver {

using batsched::Availability;

struct Policy {
    double idle_time; // s, before a host is switched off
    std::size_t spare_hosts;
    batsched::EasyOptions easy;
};

Policy read_policy(const char* text) {
    batsched::Config config(text);
    constexpr double kLongestTime = 1e9; // seconds
    Policy policy;
    policy.idle_time = config.number("idle_time", 0, kLongestTime, 300);
    policy.spare_hosts = config.integer("spare_hosts", 0, UINT32_MAX, 0);
    policy.easy = batsched::read_easy_options(config);
    config.check_unused();
    return policy;
}

class EnergySaver : public batsched::EasyByOrders {
  public:
    explicit EnergySaver(const batsched::Context& context)
        : EnergySaver(context, read_policy(context.init.config)) {}

  private:
    EnergySaver(const batsched::Context& context, const Policy& policy)
        : EasyByOrders(context, policy.easy),
          idle_time_(policy.idle_time),
          spare_hosts_(policy.spare_hosts),
          sleeping_(simulator(), hosts()),
          wake_up_(simulator()) {}

    void on_event(const batsched_event_t& event) override {
        if (event.type == BATSCHED_EVENT_HOSTS_STATE_CHANGED) {
            const auto& change = event.hosts_state_changed;
            sleeping_.change_state(HostSet(change.hosts), change.state, event.time);
        }
        EasyByOrders::on_event(event);
    }

    void on_requested_call(batsched_call_id_t) override { wake_up_.clear(); }

    void on_decide() override {
        const auto on_the_way = sleeping_.on_the_way(now());
        const auto asleep = sleeping_.asleep(now());
        HostsToCome to_come = on_the_way;
        for (const auto& [date, count] : asleep) to_come[date] += count;
        Availability& left = start_and_plan(to_come);
        // What will be left if no further host is switched on; less than nothing where some must be.
        for (const auto& [date, count] : asleep)
            left.occupy(date, Availability::kNever, static_cast<Availability::Count>(count));

        std::size_t on = partition().free_hosts();
        for (const auto& [date, count] : on_the_way) on += count;
        on += switch_on(left, on);
        switch_off(left, on);
    }

    // Those that the plan needs, and spare ones. Gives how many; so many without a job are on, or on the
    // way.
    std::size_t switch_on(Availability& left, std::size_t on) {
        HostSet chosen = needed_now(left);
        const std::size_t there = on + chosen.size();
        const std::size_t spare = there - std::min(there, promised_hosts());
        if (spare < spare_hosts_) chosen |= (sleeping_.off() - chosen).first(spare_hosts_ - spare);
        if (!chosen.empty()) simulator().set_host_state(chosen, BATSCHED_HOST_ON);
        return chosen.size();
    }
    // Hosts that must be switched on now for hosts not to be missing later. What is missing beyond them is
    // on the way off.
    HostSet needed_now(Availability& left) {
        HostSet needed;
        HostGroups off = sleeping_.off_by_time();
        double date = left.first_below(now(), 0);
        while (date != Availability::kNever) {
            const Availability::Count missing = -left.free_at(date);
            needed |= needed_now_for(date, static_cast<std::size_t>(missing), off);
            left.release(date, Availability::kNever, missing);
            date = left.first_below(date, 0);
        }
        return needed;
    }
    // Takes those hosts from `off` that will be switched on for this date, those first that may be switched
    // on the latest.
    HostSet needed_now_for(double date, std::size_t missing, HostGroups& off) {
        HostSet needed;
        for (auto& [seconds, hosts] : off) {
            const HostSet some = now() + seconds <= date ? hosts.first(missing) : HostSet();
            if (some.empty()) continue;
            missing -= some.size();
            hosts -= some;
            if (const double begin = switch_on_date(date, seconds); begin > now())
                wake_up_.set_no_later(begin);
            else
                needed |= some;
        }
        return needed;
    }
    // So that hosts are on at a date, not later.
    static double switch_on_date(double date, double seconds) {
        const double begin = date - seconds;
        return begin + seconds <= date ? begin : std::nextafter(begin, 0);
    }

    // Hosts that have been idle for long, that are not spare ones, and that no plan needs before they
    // could be on again.
    void switch_off(const Availability& left, std::size_t on) {
        const HostSet idle = partition().all_free_hosts();
        idle_.erase(idle_.all() - idle);
        idle_.insert(idle - idle_.all(), now());
        const std::size_t kept = spare_hosts_ + promised_hosts();
        if (on <= kept) return;
        const std::size_t count = std::min(on - kept, unneeded(left));
        const HostSet chosen = idle_.longest(idle, idle_time_, now(), count);
        if (!chosen.empty()) simulator().set_host_state(chosen, BATSCHED_HOST_OFF);
        wake_up_.set_no_later(idle_.next_date(idle, idle_time_, now()));
    }
    std::size_t unneeded(const Availability& left) const {
        const double back =
            now() + sleeping_.longest_switch_off_time() + sleeping_.longest_switch_on_time();
        auto least = left.free_at(now());
        double date = left.first_below(now(), least);
        while (date <= back) {
            least = left.free_at(date);
            date = left.first_below(date, least);
        }
        return static_cast<std::size_t>(std::max<Availability::Count>(0, least));
    }

    double idle_time_; // seconds
    std::size_t spare_hosts_;
    SleepingHosts sleeping_;
    batsched::IdleHosts idle_; // since a decision after which they were so
    batsched::WakeUp wake_up_; // when hosts are to be switched
};

} // namespace energy_saver

BATSCHED_PLUGIN(energy_saver::EnergySaver, "energy-saver", "1.0.0",
                "EASY backfilling that switches idle hosts off, and on in time");
