// idle_shutdown.cpp - switches hosts of other schedulers off while these have nothing for them to do.
#include <algorithm>
#include <batsched.hpp>
#include <batsched/transfer.hpp>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "../common/config.hpp"
#include "../common/wake_up.hpp"
#include "host_watch.hpp"

namespace idle_shutdown {

// Before all hosts are returned to a scheduler that is stuck, at least.
constexpr double kLeastPatience = 1; // seconds

struct Settings {
    double idle_time;
    std::uint32_t spare_hosts;
};

Settings read_settings(const char* text) {
    batsched::Config config(text);
    constexpr double kLongestTime = 1e9; // seconds
    Settings settings;
    settings.idle_time = config.number("idle_time", 0, kLongestTime, 300);
    settings.spare_hosts =
        static_cast<std::uint32_t>(config.integer("spare_hosts", 0, UINT32_MAX, 0));
    config.check_unused();
    return settings;
}

// A scheduler whose hosts are managed.
struct Client {
    std::uint32_t scheduler;
    HostSet owned;
    // Since when its jobs have waited although nothing runs and idle hosts are enough for all of them.
    std::optional<double> stuck_since;
};

class IdleShutdown : public batsched::Scheduler {
  public:
    explicit IdleShutdown(const batsched::Context& context)
        : Scheduler(context),
          settings_(read_settings(context.init.config)),
          transfer_(simulator()),
          lending_(simulator()),
          index_(context.init.index),
          count_(context.init.count),
          own_workloads_(context.init.workloads,
                         context.init.workloads + context.init.workload_count),
          wake_up_(simulator()) {
        own_workloads_.push_back(name()); // of jobs that are registered
        context.reply.features |= BATSCHED_FEATURE_OBSERVER;
    }

  private:
    // ---- What happens ----------------------------------------------------------------------------

    void on_simulation_begins(const batsched_simulation_begins_t&) override {
        for (std::uint32_t other = 0; other < count_; ++other) {
            if ((transfer_.scheduler(other).flags & BATSCHED_PEER_TAKEABLE) == 0) continue;
            clients_.push_back({other, transfer_.owned_hosts(other), std::nullopt});
            watch_.add(clients_.back().owned, now());
        }
        if (clients_.empty())
            simulator().warning(
                "has nothing to do: there is no scheduler whose hosts it may take; "
                "\"takes_from\" in the file of --schedulers says which");
    }

    void on_job_submitted(const batsched_job_t& job) override {
        const auto& own = own_workloads_;
        if (std::find(own.begin(), own.end(), job.workload) != own.end())
            simulator().reject_job(job.id, "idle-shutdown executes no jobs");
    }
    void on_job_started(const batsched_job_started_t& start) override {
        watch_.job_started(HostSet(start.hosts));
    }
    void on_job_completed(const batsched_job_completed_t& end) override {
        watch_.job_completed(HostSet(end.hosts), now());
    }
    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        watch_.state_changed(HostSet(change.hosts), change.state, now());
    }
    void on_requested_call(batsched_call_id_t) override { wake_up_.clear(); }
    void on_hosts_lent(const batsched_hosts_lent_t& lent) override {
        if (lent.from == index_) watch_.came_back(HostSet(lent.hosts), now());
    }

    // ---- What is done about it -------------------------------------------------------------------

    void on_decide() override {
        for (Client& client : clients_) manage(client);
    }

    void manage(Client& client) {
        const batsched_peer_t peer = transfer_.scheduler(client.scheduler);
        const HostSet at_home = transfer_.held_hosts(client.scheduler) & client.owned;
        const HostSet idle = watch_.idle().all() & at_home;
        const HostSet here = transfer_.held_hosts(index_) & client.owned;
        const std::size_t wanted = wanted_hosts(client, peer, idle.size());
        if (!here.empty()) bring_back(here, wanted > idle.size() ? wanted - idle.size() : 0);
        if (peer.waiting_jobs == 0) take_away(idle);
    }

    // How many hosts of it should be idle or on the way.
    std::size_t wanted_hosts(Client& client, const batsched_peer_t& peer, std::size_t idle) {
        const bool stuck =
            peer.waiting_jobs > 0 && peer.running_jobs == 0 && idle >= peer.waiting_hosts;
        if (!stuck) {
            client.stuck_since.reset();
            return peer.waiting_hosts + settings_.spare_hosts;
        }
        // The scheduler may want certain hosts, or has not come to its turn yet.
        if (!client.stuck_since) client.stuck_since = now();
        const double patience_ends =
            *client.stuck_since + std::max(settings_.idle_time, kLeastPatience);
        if (patience_ends <= now()) return client.owned.size();
        wake_up_.set_no_later(patience_ends);
        return peer.waiting_hosts + settings_.spare_hosts;
    }

    // Of the hosts that are held here, so many are needed by the scheduler that owns them.
    void bring_back(const HostSet& here, std::size_t needed) {
        const HostSet on = here & watch_.in(BATSCHED_HOST_ON);
        const HostSet back = on.first(needed);
        // When they have been repaired they are on.
        give(back | (here & watch_.in(BATSCHED_HOST_FAILED)));
        needed -= back.size();
        const HostSet coming = here & watch_.in(BATSCHED_HOST_SWITCHING_ON);
        if (needed > coming.size())
            switch_hosts((here & watch_.in(BATSCHED_HOST_OFF)).first(needed - coming.size()),
                         BATSCHED_HOST_ON);
        switch_hosts(on - back, BATSCHED_HOST_OFF);
    }

    void give(const HostSet& hosts) {
        if (!hosts.empty() && !lending_.return_hosts(hosts))
            throw std::logic_error("hosts " + hosts.to_string() + " run jobs here");
    }

    // Hosts that cannot be switched now have changed, of which an event will tell.
    void switch_hosts(const HostSet& hosts, batsched_host_state_t state) {
        if (!hosts.empty()) simulator().set_host_state(hosts, state);
    }

    void take_away(const HostSet& idle) {
        if (idle.size() <= settings_.spare_hosts) return;
        const std::size_t surplus = idle.size() - settings_.spare_hosts;
        const IdleHosts& times = watch_.idle();
        const HostSet chosen = times.longest(idle, settings_.idle_time, now(), surplus);
        if (!chosen.empty() && !lending_.take_hosts(chosen)) take_one_by_one(chosen);
        wake_up_.set_no_later(times.next_date(idle, settings_.idle_time, now()));
    }

    // Some of them are reserved: their scheduler has decided, but the decision has not taken effect.
    void take_one_by_one(const HostSet& hosts) {
        for (const auto& interval : hosts.intervals())
            for (batsched_host_id_t host = interval.first; host <= interval.last; ++host)
                static_cast<void>(lending_.take_hosts(HostSet::range(host, host)));
    }

    Settings settings_;
    batsched::Transfer transfer_;
    batsched::Lending lending_;
    std::uint32_t index_, count_;
    std::vector<std::string> own_workloads_;
    std::vector<Client> clients_;
    HostWatch watch_;
    batsched::WakeUp wake_up_; // when hosts have been idle for long, or a scheduler stuck
};

} // namespace idle_shutdown

BATSCHED_PLUGIN(idle_shutdown::IdleShutdown, "idle-shutdown", "1.0.0",
                "Switches hosts of other schedulers off while they are not needed");
