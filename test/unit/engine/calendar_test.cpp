#include "engine/calendar.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace batsim {
namespace {

TEST(Calendar, GivesTheEarliestEntryFirst) {
    Calendar<int> calendar;
    calendar.add(3, 30);
    calendar.add(1, 10);
    calendar.add(2, 20);
    EXPECT_EQ(calendar.next_date(), 1);
    EXPECT_EQ(calendar.take(), 10);
    EXPECT_EQ(calendar.take(), 20);
    EXPECT_EQ(calendar.take(), 30);
    EXPECT_TRUE(calendar.empty());
    EXPECT_THROW(calendar.take(), InternalError);
}

TEST(Calendar, ActsLikeASortedListUnderInsertionsAndRemovals) {
    Calendar<int> calendar;
    std::multimap<double, int> model; // date -> entry
    std::map<int, Calendar<int>::Handle> handles;
    std::mt19937 random(3);
    for (int i = 0; i < 50'000; ++i) {
        const unsigned action = random() % 4;
        if (action < 2 || model.empty()) {
            const auto date = static_cast<double>(random() % 1000);
            handles[i] = calendar.add(date, i);
            model.emplace(date, i);
        } else if (action == 2) {
            auto victim = model.begin();
            for (auto steps = random() % std::min<std::size_t>(model.size(), 50); steps > 0;
                 --steps)
                ++victim;
            EXPECT_EQ(calendar.remove(handles[victim->second]), victim->second);
            model.erase(victim);
        } else {
            const double date = calendar.next_date();
            EXPECT_EQ(date, model.begin()->first);
            const int entry = calendar.take();
            auto [first, last] = model.equal_range(date);
            while (first != last && first->second != entry) ++first;
            ASSERT_NE(first, last);
            model.erase(first);
        }
        EXPECT_EQ(calendar.size(), model.size());
    }
}

} // namespace
} // namespace batsim
