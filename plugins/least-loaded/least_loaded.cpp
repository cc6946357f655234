// least_loaded.cpp - hands each job to the scheduler that has the least to do.
#include <algorithm>
#include <batsched.hpp>
#include <batsched/transfer.hpp>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "../common/config.hpp"

namespace least_loaded {

enum class Measure { kWork, kWaitingHosts };

struct Settings {
    Measure measure = Measure::kWork;
    bool two_choices = false;
    std::vector<std::string> schedulers; // none: all that have hosts
};

Settings read_settings(const char* text) {
    batsched::Config config(text);
    Settings settings;
    const std::string measure = config.word("measure", {"work", "waiting-hosts"});
    if (measure == "waiting-hosts") settings.measure = Measure::kWaitingHosts;
    settings.two_choices = config.word("choice", {"least", "two-random"}) == "two-random";
    settings.schedulers = config.texts("schedulers");
    config.check_unused();
    return settings;
}

// What a scheduler has to do, for each of its hosts.
struct Load {
    std::uint32_t scheduler;
    double hosts;    // of its partition
    double work;     // host-seconds; infinite with jobs without walltime
    double occupied; // hosts that jobs use or wait for
};

class LeastLoaded : public batsched::Scheduler {
  public:
    explicit LeastLoaded(const batsched::Context& context)
        : Scheduler(context),
          settings_(read_settings(context.init.config)),
          transfer_(simulator()),
          index_(context.init.index),
          count_(context.init.count),
          random_(context.init.seed) {
        for (const std::string& name : settings_.schedulers) add_receiver(name);
    }

  private:
    void add_receiver(const std::string& name) {
        const std::uint32_t receiver = transfer_.find_scheduler(name);
        if (receiver == index_)
            throw std::invalid_argument("configuration: 'schedulers' must be others than '" + name +
                                        "' itself");
        receivers_.push_back(receiver);
    }

    // Partitions do not change.
    void on_simulation_begins(const batsched_simulation_begins_t&) override {
        if (settings_.schedulers.empty())
            for (std::uint32_t other = 0; other < count_; ++other)
                if (other != index_) receivers_.push_back(other);
        const auto has_no_hosts = [this](std::uint32_t receiver) {
            return transfer_.scheduler(receiver).owned_hosts == 0;
        };
        receivers_.erase(std::remove_if(receivers_.begin(), receivers_.end(), has_no_hosts),
                         receivers_.end());
    }

    void on_job_submitted(const batsched_job_t& job) override { jobs_.push_back(&job); }

    void on_decide() override {
        if (jobs_.empty()) return;
        loads_.clear();
        for (const std::uint32_t receiver : receivers_) loads_.push_back(load_of(receiver));
        for (const batsched_job_t* job : std::exchange(jobs_, {})) hand_on(*job);
    }

    Load load_of(std::uint32_t receiver) const {
        const batsched_peer_t peer = transfer_.scheduler(receiver);
        const std::uint32_t busy = peer.held_hosts - peer.usable_hosts;
        return {receiver, static_cast<double>(peer.owned_hosts), peer.work_ahead,
                static_cast<double>(peer.waiting_hosts + busy)};
    }

    // The loads that were asked for are those before this batch.
    void hand_on(const batsched_job_t& job) {
        std::vector<Load*> candidates = candidates_for(job);
        if (candidates.empty()) {
            simulator().reject_job(job.id, reason_to_reject(job));
            return;
        }
        if (settings_.two_choices) keep_two(candidates);
        Load& least = **std::min_element(
            candidates.begin(), candidates.end(),
            [this](const Load* a, const Load* b) { return rank(*a) < rank(*b); });
        transfer_.forward_job(job.id, least.scheduler);
        least.work += job.requested_hosts * job.walltime;
        least.occupied += job.requested_hosts;
    }

    // Those that are large enough. Where a job has been it does not go again: meta-schedulers could hand
    // it to and fro for ever.
    std::vector<Load*> candidates_for(const batsched_job_t& job) {
        const auto history = transfer_.job_history(job.id);
        std::vector<Load*> candidates;
        for (Load& load : loads_) {
            const bool has_had_it =
                std::any_of(history.begin(), history.end(),
                            [&](const auto& move) { return move.from == load.scheduler; });
            if (load.hosts >= job.requested_hosts && !has_had_it) candidates.push_back(&load);
        }
        return candidates;
    }

    std::string reason_to_reject(const batsched_job_t& job) const {
        if (receivers_.empty()) return "there is no other scheduler with hosts";
        for (const Load& load : loads_)
            if (load.hosts >= job.requested_hosts) return "all schedulers that could run it had it";
        return "larger than each partition";
    }

    void keep_two(std::vector<Load*>& candidates) {
        for (std::size_t i = 0; i < 2 && i < candidates.size(); ++i)
            std::swap(candidates[i], candidates[i + random_() % (candidates.size() - i)]);
        if (candidates.size() > 2) candidates.resize(2);
    }

    // If both have jobs without walltime, the number of hosts decides.
    std::tuple<double, double, std::uint32_t> rank(const Load& load) const {
        const double occupied = load.occupied / load.hosts;
        const double work = settings_.measure == Measure::kWork ? load.work / load.hosts : 0;
        return {work, occupied, load.scheduler};
    }

    Settings settings_;
    batsched::Transfer transfer_;
    std::uint32_t index_, count_;
    std::mt19937_64 random_; // its numbers are the same everywhere
    std::vector<std::uint32_t> receivers_;
    std::vector<const batsched_job_t*> jobs_; // of this batch
    std::vector<Load> loads_;                 // at its beginning, and what was handed on since
};

} // namespace least_loaded

BATSCHED_PLUGIN(least_loaded::LeastLoaded, "least-loaded", "1.0.0",
                "Hands each job to the scheduler that has the least to do");
