// availability_test.cpp - the step function that backfilling policies plan with.
#include "../../../plugins/common/availability.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace batsched {
namespace {

constexpr double kNever = Availability::kNever;

TEST(Availability, IsConstantAtFirst) {
    Availability availability;
    availability.reset(5, 8);
    EXPECT_EQ(availability.free_at(5), 8);
    EXPECT_EQ(availability.free_at(1e9), 8);
    EXPECT_EQ(availability.earliest(7, 8, kNever), 7);
    EXPECT_EQ(availability.earliest(7, 9, 1), kNever);
}

TEST(Availability, AnIntervalIsOccupiedUntilItsEndAndNotAtIt) {
    Availability availability;
    availability.reset(0, 8);
    availability.occupy(10, 20, 5);
    EXPECT_EQ(availability.free_at(9), 8);
    EXPECT_EQ(availability.free_at(10), 3);
    EXPECT_EQ(availability.free_at(20), 8);
    EXPECT_EQ(availability.earliest(0, 4, 10), 0);
    EXPECT_EQ(availability.earliest(0, 4, 11), 20);
    EXPECT_EQ(availability.earliest(0, 3, kNever), 0);
}

TEST(Availability, WhatIsOccupiedForEverStaysSo) {
    Availability availability;
    availability.reset(0, 8);
    availability.occupy(10, kNever, 5);
    EXPECT_EQ(availability.earliest(0, 4, 11), kNever);
    availability.release(10, kNever, 5);
    EXPECT_EQ(availability.earliest(0, 4, 11), 0);
}

TEST(Availability, WhatWasBeforeIsForgottenButStillCounts) {
    Availability availability;
    availability.reset(0, 8);
    availability.occupy(0, 10, 5);
    availability.occupy(0, 30, 1);
    availability.advance(10);
    EXPECT_EQ(availability.free_at(10), 7);
    availability.release(5, 30, 1);
    EXPECT_EQ(availability.free_at(10), 8);
}

// The same function with one number for each second.
class Seconds {
  public:
    explicit Seconds(int free) : free_(kEnd, free) {}
    void occupy(int from, int until, int hosts) {
        for (int second = from; second < until; ++second) free_[index(second)] -= hosts;
    }
    int free_at(int second) const { return free_[index(second)]; }
    double earliest(int from, int hosts, int duration) const {
        for (int begin = from; begin < kEnd; ++begin)
            if (has(begin, hosts, duration)) return begin;
        return kNever;
    }
    bool has(int begin, int hosts, int duration) const {
        for (int second = begin; second < std::min(begin + duration, kEnd); ++second)
            if (free_at(second) < hosts) return false;
        return true;
    }
    int least_in(int from, int until) const {
        return *std::min_element(free_.begin() + from, free_.begin() + std::min(until, kEnd));
    }
    double next_with_more(int from, int duration) const {
        for (int begin = from; begin < kEnd; ++begin)
            if (least_in(begin, begin + duration) > least_in(from, from + duration)) return begin;
        return kNever;
    }
    static constexpr int kEnd = 400; // constant from here on

  private:
    static std::size_t index(int second) { return static_cast<std::size_t>(second); }
    std::vector<int> free_;
};

TEST(Availability, IsTheSameAsOneNumberForEachSecond) {
    std::mt19937 random(3);
    const auto draw = [&](int from, int to) {
        return from + static_cast<int>(random() % static_cast<unsigned>(to - from));
    };
    for (int round = 0; round < 50; ++round) {
        Availability availability;
        availability.reset(0, 20);
        Seconds seconds(20);
        int now = 0;
        for (int step = 0; step < 100; ++step) {
            const int from = draw(now, 300), until = draw(from, 301), hosts = draw(-3, 6);
            availability.occupy(from, until, hosts);
            seconds.occupy(from, until, hosts);
            if (step % 10 == 0) availability.advance(now += draw(0, 10));
            const int begin = draw(now, 350), width = draw(0, 30), duration = draw(1, 100);
            ASSERT_EQ(availability.free_at(begin), seconds.free_at(begin));
            ASSERT_EQ(availability.least_in(begin, begin + duration),
                      seconds.least_in(begin, begin + duration));
            ASSERT_GT(availability.next_with_more(begin, duration), begin);
            ASSERT_LE(availability.next_with_more(begin, duration),
                      seconds.next_with_more(begin, duration));
            ASSERT_EQ(availability.has(begin, width, duration),
                      seconds.has(begin, width, duration));
            ASSERT_EQ(availability.earliest(begin, width, duration),
                      seconds.earliest(begin, width, duration));
        }
    }
}

} // namespace
} // namespace batsched
