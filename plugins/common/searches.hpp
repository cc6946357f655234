// searches.hpp - what need not be searched again when reservations are moved.
#ifndef BATSIM_PLUGINS_SEARCHES_HPP
#define BATSIM_PLUGINS_SEARCHES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <vector>

#include "job_order.hpp"

namespace batsched {

// What has been searched in vain in a pass over all jobs: if a job found no free interval that begins
// before some date, no job of as many hosts and at least its walltime finds one, unless another job has
// moved since. Jobs often come in large numbers with the same request.
class Searches {
  public:
    explicit Searches(double now) : now_(now) {}

    // There is no free interval for such a job that begins before this date.
    double begin(const WaitingJob& job) const {
        const auto of_size = searches_.find(job.requested_hosts);
        if (of_size == searches_.end()) return now_;
        auto search = of_size->second.upper_bound(job.walltime);
        if (search == of_size->second.begin()) return now_;
        const auto& [end, move_count] = std::prev(search)->second;
        if (move_count == moves_.size()) return end;
        // What is free since is not before the first of these moves, as jobs move in this order.
        return std::max(now_, std::min(end, moves_[move_count] - job.walltime));
    }
    void note(const WaitingJob& job, double end) {
        searches_[job.requested_hosts][job.walltime] = {end, moves_.size()};
    }
    // The reservation that began at `start` is free now.
    void note_move(double start) { moves_.push_back(start); }

  private:
    struct Search {
        double end;
        std::size_t move_count; // before it
    };
    double now_;
    std::map<std::uint32_t, std::map<double, Search>> searches_; // by hosts, walltime
    std::vector<double> moves_;
};

} // namespace batsched

#endif
