// random.cpp - starts waiting jobs in random order, on random hosts: what other policies must be better
// than.
#include <batsched.hpp>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "../common/config.hpp"
#include "../common/queue_scheduler.hpp"

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

class Random : public batsched::QueueScheduler {
  public:
    explicit Random(const batsched::Context& context)
        : Random(context, read_policy(context.init.config)) {}

  private:
    Random(const batsched::Context& context, std::optional<batsched::Allocation> allocation)
        : QueueScheduler(context, allocation.value_or(batsched::Allocation::kLowest)),
          allocation_(allocation),
          generator_(context.init.seed) {}

    void enqueue(const WaitingJob& job) override { waiting_.push_back(job); }

    // Draws jobs until all have been drawn, or no host is free.
    void on_decide() override {
        for (std::size_t drawn = 0; drawn < waiting_.size() && partition().free_hosts() > 0;) {
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
        if (allocation_) return partition().start(job, now());
        return job.requested_hosts <= partition().free_hosts() &&
               partition().start_on(random_hosts(job.requested_hosts), job, now());
    }
    // Each free host in turn is taken with the probability that it must have given what was taken.
    batsched::HostSet random_hosts(std::size_t count) {
        const batsched::HostSet free = partition().all_free_hosts();
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
    std::vector<WaitingJob> waiting_; // in no order
    std::mt19937_64 generator_;
};

} // namespace random_order

BATSCHED_PLUGIN(random_order::Random, "random", "1.0.0", "Jobs in random order, on random hosts");
