#include "base/page_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace batsim {
namespace {

TEST(PageTable, FindsWhatWasPutInUntilItIsErased) {
    PageTable<std::string> table;
    table.emplace(7, "seven");
    ASSERT_NE(table.find(7), nullptr);
    EXPECT_EQ(*table.find(7), "seven");
    EXPECT_EQ(table.find(8), nullptr);
    EXPECT_EQ(table.find(1'000'000), nullptr);
    table.erase(7);
    EXPECT_EQ(table.find(7), nullptr);
    EXPECT_EQ(table.size(), 0U);
}

TEST(PageTable, KeepsAddressesStable) {
    PageTable<int> table;
    const int* first = &table.emplace(0, 42);
    for (std::uint64_t i = 1; i < 10'000; ++i) table.emplace(i, 0);
    EXPECT_EQ(table.find(0), first);
}

TEST(PageTable, RefusesANumberThatIsInUse) {
    PageTable<int> table;
    table.emplace(3, 1);
    EXPECT_THROW(table.emplace(3, 2), InternalError);
    EXPECT_THROW(table.erase(4), InternalError);
}

TEST(PageTable, HoldsTwoRunsOfNumbers) {
    constexpr std::uint64_t kSecond = PageTable<std::string>::kSecondRun;
    PageTable<std::string> table;
    table.emplace(kSecond + 1, "late");
    table.emplace(1, "early");
    EXPECT_EQ(*table.find(kSecond + 1), "late");
    EXPECT_EQ(table.find(kSecond), nullptr);
    EXPECT_EQ(table.find(kSecond - 1), nullptr);
    EXPECT_EQ(table.find(2 * kSecond + 1), nullptr);
    EXPECT_EQ(table.find(UINT64_MAX), nullptr);
    std::string visited;
    table.for_each([&](std::uint64_t number, const std::string& value) {
        visited += value + (number < kSecond ? "<" : ">=");
    });
    EXPECT_EQ(visited, "early<late>=");
    table.erase(kSecond + 1);
    EXPECT_EQ(table.find(kSecond + 1), nullptr);
    EXPECT_EQ(table.size(), 1U);
}

TEST(PageTable, VisitsInAscendingOrderWhatAMapWouldHold) {
    PageTable<int> table;
    std::map<std::uint64_t, int> model;
    std::mt19937 random(5);
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t number = random() % 3000;
        if (table.find(number) == nullptr) {
            table.emplace(number, i);
            model.emplace(number, i);
        } else {
            table.erase(number);
            model.erase(number);
        }
    }
    auto expected = model.begin();
    table.for_each([&](std::uint64_t number, int value) {
        EXPECT_EQ(number, expected->first);
        EXPECT_EQ(value, expected->second);
        ++expected;
    });
    EXPECT_EQ(expected, model.end());
    EXPECT_EQ(table.size(), model.size());
}

} // namespace
} // namespace batsim
