// fair_share_test.cpp - the usage of users as the plugin multifactor counts it.
#include "../../../plugins/multifactor/fair_share.hpp"

#include <gtest/gtest.h>

namespace {

using multifactor::FairShare;

TEST(FairShare, CountsTheShortestUsageThoughHardlyAnythingIsForgottenMeanwhile) {
    FairShare::Settings settings{};
    settings.half_life = 1e9;
    settings.dampening = 1;
    FairShare fair_share(settings);
    const auto ann = fair_share.user("ann"), bob = fair_share.user("bob");
    fair_share.started(ann, 1, 0);
    fair_share.ended(ann, 1, 1e-7);
    fair_share.calculate(1e-7);
    EXPECT_EQ(fair_share.factor(ann), 0.25); // all usage, half of the shares
    EXPECT_EQ(fair_share.factor(bob), 1);
}

} // namespace
