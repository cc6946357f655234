#include "compare/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace batsim {
namespace {

// Tables of Student's t-distribution, with five digits after the point.
TEST(StudentT, HasTheQuantilesOfTheTables) {
    EXPECT_NEAR(student_t_quantile(0.975, 1), 12.70620, 5e-6);
    EXPECT_NEAR(student_t_quantile(0.975, 2), 4.30265, 5e-6);
    EXPECT_NEAR(student_t_quantile(0.975, 3), 3.18245, 5e-6);
    EXPECT_NEAR(student_t_quantile(0.975, 4), 2.77645, 5e-6);
    EXPECT_NEAR(student_t_quantile(0.975, 9), 2.26216, 5e-6);
    EXPECT_NEAR(student_t_quantile(0.975, 29), 2.04523, 5e-6);
    EXPECT_NEAR(student_t_quantile(0.975, 100), 1.98397, 5e-6);
    EXPECT_NEAR(student_t_quantile(0.95, 5), 2.01505, 5e-6);
    EXPECT_NEAR(student_t_quantile(0.995, 10), 3.16927, 5e-6);
}

TEST(StudentT, ComesNearTheNormalDistributionWithManyDegreesOfFreedom) {
    EXPECT_NEAR(student_t_quantile(0.975, 100'000), 1.95996, 5e-5);
}

TEST(Estimate, OfNothingIsNothing) { EXPECT_FALSE(estimate({})); }

TEST(Estimate, OfOneValueHasNoInterval) {
    const auto result = estimate({3});
    EXPECT_EQ(result->mean, 3);
    EXPECT_FALSE(result->half_width);
    EXPECT_FALSE(result->differs_from_zero());
}

// Standard deviation sqrt(2.5); 2.77645 * sqrt(2.5) / sqrt(5).
TEST(Estimate, HasTheIntervalOfStudent) {
    const auto result = estimate({1, 2, 3, 4, 5});
    EXPECT_EQ(result->count, 5U);
    EXPECT_EQ(result->mean, 3);
    EXPECT_NEAR(*result->half_width, 1.96324, 5e-6);
    EXPECT_TRUE(result->differs_from_zero());
    EXPECT_FALSE(estimate({-1, 2})->differs_from_zero());
}

TEST(Estimate, OfEqualValuesIsExact) {
    const auto result = estimate({0.1, 0.1, 0.1});
    EXPECT_EQ(result->mean, 0.1);
    EXPECT_EQ(result->half_width, 0);
    EXPECT_FALSE(estimate({0, 0, 0})->differs_from_zero());
}

TEST(Quantile, InterpolatesBetweenNeighbours) {
    EXPECT_EQ(quantile({}, 0.5), 0);
    EXPECT_EQ(quantile({7}, 0.95), 7);
    EXPECT_EQ(quantile({1, 2, 10}, 0.5), 2);
    EXPECT_EQ(quantile({1, 2, 10, 20}, 0.5), 6);
    EXPECT_NEAR(quantile({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.95), 9.5, 1e-12);
    EXPECT_EQ(quantile({1, 2, 3}, 1), 3);
}

} // namespace
} // namespace batsim
