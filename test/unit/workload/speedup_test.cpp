#include "workload/speedup.hpp"

#include <gtest/gtest.h>

namespace batsim {
namespace {

TEST(DowneySpeedup, IsOneOnOneRank) {
    for (const double sigma : {0.0, 0.5, 1.0, 2.0})
        EXPECT_DOUBLE_EQ(downey_speedup({1, 8, sigma}, 1), 1) << sigma;
}

TEST(DowneySpeedup, WithoutVarianceIsLinearUpToTheParallelism) {
    EXPECT_DOUBLE_EQ(downey_speedup({1, 8, 0}, 5), 5);
    EXPECT_DOUBLE_EQ(downey_speedup({1, 8, 0}, 8), 8);
    EXPECT_DOUBLE_EQ(downey_speedup({1, 8, 0}, 9), 8);
}

TEST(DowneySpeedup, WithLowVarianceHasThreePieces) {
    EXPECT_DOUBLE_EQ(downey_speedup({1, 4, 1}, 3), 2.4);      // 4 3 / (4 + 1)
    EXPECT_DOUBLE_EQ(downey_speedup({1, 4, 1}, 6), 24 / 6.5); // 4 6 / (3.5 + 3)
    EXPECT_DOUBLE_EQ(downey_speedup({1, 4, 1}, 7), 4);
    EXPECT_DOUBLE_EQ(downey_speedup({1, 4, 1}, 100), 4);
}

TEST(DowneySpeedup, WithHighVarianceHasTwoPieces) {
    EXPECT_DOUBLE_EQ(downey_speedup({1, 4, 2}, 3), 2.25); // 3 4 3 / (2 6 + 4)
    EXPECT_DOUBLE_EQ(downey_speedup({1, 4, 2}, 10), 4);   // 4 + 8 - 2
    EXPECT_DOUBLE_EQ(downey_speedup({1, 4, 2}, 11), 4);
}

TEST(DowneySpeedup, IsTheSameFromBothSidesOfAVarianceOfOne) {
    for (const std::size_t ranks : {1U, 3U, 4U, 6U, 7U, 9U})
        EXPECT_NEAR(downey_speedup({1, 4, 1}, ranks), downey_speedup({1, 4, 1 + 1e-9}, ranks), 1e-6)
            << ranks;
}

TEST(DowneySpeedup, NeverFallsWithMoreRanks) {
    for (const double sigma : {0.0, 0.3, 1.0, 1.7})
        for (std::size_t ranks = 1; ranks < 40; ++ranks)
            EXPECT_LE(downey_speedup({1, 9.5, sigma}, ranks),
                      downey_speedup({1, 9.5, sigma}, ranks + 1))
                << sigma << " " << ranks;
}

} // namespace
} // namespace batsim
