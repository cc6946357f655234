// random.cpp - starts waiting jobs in random order, on random hosts: what other policies must be better
// than.
#include <batsched.hpp>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "../common/config.hpp"
#include "../common/partition.hpp"

namespace random_order {

using batsched::WaitingJob;

// None if hosts are drawn, too.
std::optional<batsched::Allocation> read_policy(const char* text) {
    batsched::Config config(text);
    std::vector<std::string> names{"random"};
    for (const auto& [allocation, name] : batsched::kAllocationNames) names.emplace_back(name);
    const auto allocation = batsched::allocation_of(config.word("allocation", names));
    config.check_unused();
    return allocation;
}

class Random : public batsched::Scheduler {
  public:
    explicit Random(const batsched::Context& context)
        : Scheduler(context),
          allocation_(read_policy(context.init.config)),
          partition_(allocation_.value_or(batsched::Allocation::kLowest), simulator(), hosts()),
          generator_(context.init.seed) {}

  private:
    void on_job_submitted(const batsched_job_t& job) override {
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else
            waiting_.push_back(batsched::waiting(job));
    }
    void on_job_completed(const batsched_job_completed_t& end) override { partition_.end(end); }
    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (dropped.job != nullptr) waiting_.push_back(partition_.drop(dropped.job->id));
    }
    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        partition_.change_state(change);
    }

    // Draws jobs until all have been drawn, or no host is free.
    void on_decide() override {
        for (std::size_t drawn = 0; drawn < waiting_.size() && partition_.free_hosts() > 0;) {
            std::swap(waiting_[drawn], waiting_[drawn + draw(waiting_.size() - drawn)]);
            if (start(waiting_[drawn])) {
                waiting_[drawn] = waiting_.back();
                waiting_.pop_back();
            } else {
                ++drawn;
            }
        }
    }

    bool start(const WaitingJob& job) {
        if (allocation_) return partition_.start(job, now());
        return job.requested_hosts <= partition_.free_hosts() &&
               partition_.start_on(random_hosts(job.requested_hosts), job, now());
    }
    // Each free host in turn is taken with the probability that it must have given what was taken.
    batsched::HostSet random_hosts(std::size_t count) {
        const batsched::HostSet free = partition_.all_free_hosts();
        batsched::HostSet taken;
        std::size_t left = free.size();
        for (const auto& interval : free.intervals())
            for (std::size_t i = 0; interval.first + i <= interval.last; ++i)
                if (draw(left--) < count - taken.size()) {
                    const auto host = static_cast<batsched_host_id_t>(interval.first + i);
                    taken.append(host, host);
                }
        return taken;
    }
    // From 0 to below - 1. (The distributions of the standard library differ between libraries.)
    std::size_t draw(std::size_t below) { return generator_() % below; }

    std::optional<batsched::Allocation> allocation_;
    batsched::Partition partition_;
    std::vector<WaitingJob> waiting_; // in no order
    std::mt19937_64 generator_;
};

} // namespace random_order

BATSCHED_PLUGIN(random_order::Random, "random", "1.0.0", "Jobs in random order, on random hosts");
