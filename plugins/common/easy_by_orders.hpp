// easy_by_orders.hpp - EASY backfilling with orders of job_order.hpp.
#ifndef BATSIM_PLUGINS_EASY_BY_ORDERS_HPP
#define BATSIM_PLUGINS_EASY_BY_ORDERS_HPP

#include <batsched.hpp>
#include <cstddef>

#include "config.hpp"
#include "easy_backfilling.hpp"
#include "job_order.hpp"

namespace batsched {

struct EasyOptions {
    JobOrder queue_order, backfill_order;
    std::size_t reservations;
    Allocation allocation;
};

inline EasyOptions read_easy_options(Config& config) {
    return {read_order(config, "queue_order"), read_order(config, "backfill_order"),
            config.integer("reservations", 1, UINT64_MAX, /* otherwise */ 1),
            read_allocation(config)};
}

// EASY as users can configure it.
class EasyByOrders : public EasyBackfilling {
  protected:
    EasyByOrders(const Context& context, const EasyOptions& options)
        : EasyBackfilling(context, {options.reservations, options.allocation,
                                    options.queue_order == options.backfill_order}),
          options_(options) {}

  private:
    Rank queue_rank(const WaitingJob& job) const final {
        return rank(options_.queue_order, job, ordered_at_);
    }
    Rank backfill_rank(const WaitingJob& job) const final {
        return rank(options_.backfill_order, job, ordered_at_);
    }
    bool update_ranks() final {
        ordered_at_ = now();
        return changes_with_time(options_.queue_order) ||
               changes_with_time(options_.backfill_order);
    }

    EasyOptions options_;
    double ordered_at_ = 0; // date for scores that change with time
};

} // namespace batsched

#endif
