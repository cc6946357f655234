// easy.cpp - EASY backfilling: a later job may start now if it does not delay the first waiting jobs.
//
// D. Lifka, "The ANL/IBM SP scheduling system", JSSPP 1995; A. Mu'alem and D. Feitelson, "Utilization,
// predictability, workloads, and user runtime estimates in scheduling the IBM SP2 with backfilling",
// IEEE TPDS 12(6), 2001.
#include <batsched.hpp>
#include <cstddef>

#include "../common/config.hpp"
#include "../common/easy_backfilling.hpp"
#include "../common/job_order.hpp"

namespace easy {

using batsched::Rank;
using batsched::WaitingJob;

struct Policy {
    batsched::JobOrder queue_order, backfill_order;
    std::size_t reservations;
    batsched::Allocation allocation;
};

Policy read_policy(const char* text) {
    batsched::Config config(text);
    const Policy policy{batsched::read_order(config, "queue_order"),
                        batsched::read_order(config, "backfill_order"),
                        config.whole_number("reservations", /* least */ 1, /* otherwise */ 1),
                        batsched::read_allocation(config)};
    config.check_unused();
    return policy;
}

class Easy : public batsched::EasyBackfilling {
  public:
    explicit Easy(const batsched::Context& context)
        : Easy(context, read_policy(context.init.config)) {}

  private:
    Easy(const batsched::Context& context, const Policy& policy)
        : EasyBackfilling(context, {policy.reservations, policy.allocation,
                                    policy.queue_order == policy.backfill_order}),
          policy_(policy) {}

    Rank queue_rank(const WaitingJob& job) const override {
        return batsched::rank(policy_.queue_order, job, ordered_at_);
    }
    Rank backfill_rank(const WaitingJob& job) const override {
        return batsched::rank(policy_.backfill_order, job, ordered_at_);
    }
    bool update_ranks() override {
        ordered_at_ = now();
        return batsched::changes_with_time(policy_.queue_order) ||
               batsched::changes_with_time(policy_.backfill_order);
    }

    Policy policy_;
    double ordered_at_ = 0; // date for scores that change with time
};

} // namespace easy

BATSCHED_PLUGIN(easy::Easy, "easy", "1.1.0", "EASY backfilling");
