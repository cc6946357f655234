// easy.cpp - EASY backfilling: a later job may start now if it does not delay the first waiting jobs.
//
// D. Lifka, "The ANL/IBM SP scheduling system", JSSPP 1995; A. Mu'alem and D. Feitelson, "Utilization,
// predictability, workloads, and user runtime estimates in scheduling the IBM SP2 with backfilling",
// IEEE TPDS 12(6), 2001.
#include <batsched.hpp>

#include "../common/config.hpp"
#include "../common/easy_by_orders.hpp"

namespace easy {

batsched::EasyOptions read_options(const char* text) {
    batsched::Config config(text);
    const batsched::EasyOptions options = batsched::read_easy_options(config);
    config.check_unused();
    return options;
}

class Easy : public batsched::EasyByOrders {
  public:
    explicit Easy(const batsched::Context& context)
        : EasyByOrders(context, read_options(context.init.config)) {}
};

} // namespace easy

BATSCHED_PLUGIN(easy::Easy, "easy", "1.1.0", "EASY backfilling");
