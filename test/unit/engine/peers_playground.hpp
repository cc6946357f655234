// peers_playground.hpp - small simulations of schedulers that have to do with each other.
#ifndef BATSIM_TEST_ENGINE_PEERS_PLAYGROUND_HPP
#define BATSIM_TEST_ENGINE_PEERS_PLAYGROUND_HPP

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "playground.hpp"

namespace batsim {

// Schedulers s0, s1, ... on one platform; the i-th is given the i-th partition, and s0 all workloads.
class PeersPlayground {
  public:
    // What a scheduler does in a batch.
    using Act = FunctionScheduler::Function;

    explicit PeersPlayground(std::uint32_t hosts) : play(hosts) {}

    // The next scheduler. "" are no hosts.
    PeersPlayground& scheduler(HostSet hosts, Act act,
                               std::vector<SchedulerIndex> takes_from = {}) {
        const std::size_t index = roles_.size();
        const std::string name = "s" + std::to_string(index);
        told.emplace_back();
        schedulers_.push_back(std::make_unique<FunctionScheduler>(
            [this, index, act = std::move(act)](const Batch& batch, Decisions& decisions) {
                told[index].push_back(number_text(batch.date) + ": " + text_of(batch));
                act(batch, decisions);
            }));
        SchedulerRole role{name, schedulers_.back().get(), std::move(hosts), {}};
        if (index == 0) role.workloads = {0};
        role.takes_from = std::move(takes_from);
        roles_.push_back(std::move(role));
        return *this;
    }
    PeersPlayground& observes(std::size_t scheduler) {
        roles_[scheduler].observes = true;
        return *this;
    }
    Outcome run() { return play.run(std::move(roles_)); }

    Playground play;
    std::vector<std::vector<std::string>> told; // to each scheduler: "date: events"

  private:
    std::vector<std::unique_ptr<FunctionScheduler>> schedulers_;
    std::vector<SchedulerRole> roles_;
};

// Calls what(job) for each job that the batch submits.
template <class What>
void for_each_submitted(const Batch& batch, What&& what) {
    for (const Event& event : batch.events)
        if (const auto* submitted = std::get_if<JobSubmitted>(&event)) what(*submitted->job);
}

template <class Kind>
bool has(const Batch& batch) {
    for (const Event& event : batch.events)
        if (std::holds_alternative<Kind>(event)) return true;
    return false;
}

inline void do_nothing(const Batch&, Decisions&) {}

// Hands all jobs to a scheduler.
inline FunctionScheduler::Function forward_all_to(SchedulerIndex to) {
    return [to](const Batch& batch, Decisions& decisions) {
        for_each_submitted(batch, [&](const JobRecord& job) {
            EXPECT_EQ(decisions.forward_job(job.id, to), Status::kOk);
        });
    };
}

// Starts all jobs on the first of these hosts.
inline FunctionScheduler::Function execute_all_on(const HostSet& hosts) {
    return [hosts](const Batch& batch, Decisions& decisions) {
        for_each_submitted(batch, [&](const JobRecord& job) {
            EXPECT_EQ(decisions.execute_job(job.id, hosts.first(job.job.requested_hosts)),
                      Status::kOk);
        });
    };
}

} // namespace batsim

#endif
