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

} // namespace
} // namespace batsim
