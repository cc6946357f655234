#include "plugin/trap/float_environment.hpp"

#include <gtest/gtest.h>

#include <cfenv>

#include "plugin/trap/trap.hpp"

namespace batsim {
namespace {

TEST(FloatEnvironment, IsAfterATrapWhatItWasBefore) {
    remember_float_environment();
    const int rounding = std::fegetround();
    const ForeignCall call("test");
    Trap trap(call);
    trap.run([] { std::fesetround(FE_UPWARD); });
    EXPECT_EQ(std::fegetround(), rounding);
}

TEST(FloatEnvironment, IsTheSimulatorsWhileThePluginCallsIt) {
    remember_float_environment();
    const int rounding = std::fegetround();
    std::fesetround(FE_UPWARD);
    {
        const Service service("test");
        EXPECT_EQ(std::fegetround(), rounding);
    }
    EXPECT_EQ(std::fegetround(), FE_UPWARD);
    restore_float_environment();
}

} // namespace
} // namespace batsim
