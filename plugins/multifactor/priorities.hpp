// priorities.hpp - the priorities of jobs as weighted sums of factors.
#ifndef BATSIM_PLUGINS_MULTIFACTOR_PRIORITIES_HPP
#define BATSIM_PLUGINS_MULTIFACTOR_PRIORITIES_HPP

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "../common/job_order.hpp"
#include "fair_share.hpp"

namespace multifactor {

struct Weights {
    double age, job_size, fair_share, queue;
};

struct PrioritySettings {
    Weights weights;
    double max_age; // s; older jobs have the factor 1
    bool favors_small;
    std::map<std::string, double> queues; // their priorities; others have 1
    FairShare::Settings fair_share;
};

// Priorities are those as of the last calculation: ages and usages are as they were then.
class Priorities {
  public:
    Priorities(PrioritySettings settings, std::size_t host_count)
        : settings_(std::move(settings)),
          host_count_(static_cast<double>(host_count)),
          fair_share_(settings_.fair_share) {
        for (const auto& [queue, priority] : settings_.queues)
            highest_queue_ = std::max(highest_queue_, priority);
    }

    // The jobs of a user in a queue.
    std::uint32_t group(const std::string& user, const std::string& queue) {
        const auto [found, is_new] = numbers_.emplace(std::make_pair(user, queue),
                                                      static_cast<std::uint32_t>(groups_.size()));
        if (is_new) groups_.push_back({fair_share_.user(user), queue_factor(queue)});
        return found->second;
    }
    void started(const batsched::WaitingJob& job, double now) {
        fair_share_.started(groups_[job.group].user, job.requested_hosts, now);
    }
    void ended(const batsched::WaitingJob& job, double now) {
        fair_share_.ended(groups_[job.group].user, job.requested_hosts, now);
    }

    void calculate(double date) {
        fair_share_.calculate(date);
        calculated_ = date;
    }
    double of(const batsched::WaitingJob& job) const {
        const Group& group = groups_[job.group];
        const Weights& weights = settings_.weights;
        return weights.age * age_factor(job) + weights.job_size * size_factor(job) +
               weights.fair_share * fair_share_.factor(group.user) +
               weights.queue * group.queue_factor;
    }

  private:
    struct Group {
        FairShare::User user;
        double queue_factor;
    };

    double age_factor(const batsched::WaitingJob& job) const {
        return std::clamp((calculated_ - job.submit_time) / settings_.max_age, 0.0, 1.0);
    }
    double size_factor(const batsched::WaitingJob& job) const {
        const double part = job.requested_hosts / host_count_;
        return settings_.favors_small ? 1 - part : part;
    }
    double queue_factor(const std::string& queue) const {
        const auto found = settings_.queues.find(queue);
        return (found == settings_.queues.end() ? 1 : found->second) / highest_queue_;
    }

    PrioritySettings settings_;
    double host_count_;
    double highest_queue_ = 1;
    FairShare fair_share_;
    std::map<std::pair<std::string, std::string>, std::uint32_t> numbers_; // of groups
    std::vector<Group> groups_;
    double calculated_ = 0; // date
};

} // namespace multifactor

#endif
