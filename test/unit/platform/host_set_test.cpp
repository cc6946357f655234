#include "batsched/host_set.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace batsched {
namespace {

using Model = std::set<batsched_host_id_t>;

HostSet from(const Model& model) {
    HostSet set;
    for (const batsched_host_id_t host : model) set.append(host, host);
    return set;
}

Model random_model(std::mt19937& random, batsched_host_id_t hosts) {
    Model model;
    const auto density = random() % 100;
    for (batsched_host_id_t host = 0; host < hosts; ++host)
        if (random() % 100 < density) model.insert(host);
    return model;
}

void expect_canonical(const HostSet& set) {
    for (std::size_t i = 1; i < set.intervals().size(); ++i)
        EXPECT_GT(set.intervals()[i].first, set.intervals()[i - 1].last + 1);
}

TEST(HostSet, ActsLikeASetOfNumbers) {
    std::mt19937 random(11);
    for (int round = 0; round < 300; ++round) {
        const Model a = random_model(random, 200), b = random_model(random, 200);
        Model both = a, only_a, common;
        both.insert(b.begin(), b.end());
        for (const auto host : a) (b.count(host) != 0 ? common : only_a).insert(host);
        for (const auto& [result, model] :
             {std::pair{from(a) | from(b), both}, std::pair{from(a) - from(b), only_a},
              std::pair{from(a) & from(b), common}}) {
            expect_canonical(result);
            EXPECT_EQ(result, from(model));
            EXPECT_EQ(result.size(), model.size());
        }
        EXPECT_EQ(from(a).intersects(from(b)), !common.empty());
        EXPECT_EQ(from(a).equals(from(b).view()), a == b);
        EXPECT_TRUE(from(a).equals(from(a).view()));
        for (batsched_host_id_t host = 0; host < 200; ++host)
            EXPECT_EQ(from(a).contains(host), a.count(host) != 0);
    }
}

TEST(HostSet, GivesItsFirstHosts) {
    const HostSet set = HostSet::range(2, 4) | HostSet::range(7, 9);
    EXPECT_EQ(set.first(4).to_string(), "2-4,7");
    EXPECT_EQ(set.first(0).to_string(), "");
    EXPECT_EQ(set.first(100), set);
    EXPECT_EQ(set.to_string(' '), "2-4 7-9");
}

TEST(HostPool, ActsLikeAHostSet) {
    std::mt19937 random(12);
    HostPool pool;
    HostSet model;
    for (int round = 0; round < 2000; ++round) {
        const HostSet change = from(random_model(random, 300));
        if (random() % 2 == 0) {
            pool.insert(change);
            model |= change;
        } else {
            EXPECT_EQ(pool.erase(change), change - model);
            model -= change;
        }
        EXPECT_EQ(pool.size(), model.size());
        EXPECT_EQ(pool.all(), model);
        EXPECT_EQ(pool.contains(change), (change - model).empty());
        const std::size_t count = random() % 300;
        EXPECT_EQ(pool.lowest(count), model.first(count));
    }
}

TEST(HostPool, FindsTheLowestHostsOfFullWords) {
    HostPool pool(HostSet::range(0, 191));
    EXPECT_EQ(pool.lowest(130).to_string(), "0-129");
    pool.erase(HostSet::range(0, 129));
    EXPECT_EQ(pool.lowest(100).to_string(), "130-191");
    pool.insert(HostSet::range(5, 5));
    EXPECT_EQ(pool.lowest(2).to_string(), "5,130");
    EXPECT_FALSE(pool.contains(HostSet::range(100, 1'000'000)));
}

} // namespace
} // namespace batsched
