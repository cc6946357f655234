// allocation_test.cpp - the strategies of batsched/allocation.hpp, which choose hosts for jobs.
#include "batsched/allocation.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace batsched {
namespace {

HostSet parse(const std::string& text) {
    HostSet set;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t length = 0;
        const auto first = static_cast<batsched_host_id_t>(std::stoul(text.substr(at), &length));
        at += length;
        auto last = first;
        if (at < text.size() && text[at] == '-') {
            last = static_cast<batsched_host_id_t>(std::stoul(text.substr(at + 1), &length));
            at += length + 1;
        }
        set.append(first, last);
        ++at; // the comma
    }
    return set;
}

std::string chosen(Allocation allocation, const std::string& free, std::size_t count,
                   const std::vector<std::string>& zones = {"0-99"}) {
    std::vector<HostSet> sets;
    for (const std::string& zone : zones) sets.push_back(parse(zone));
    return FreeHosts(allocation, parse(free), sets).choose(count).to_string();
}

TEST(Allocation, LowestTakesTheLowestIdentifiers) {
    EXPECT_EQ(chosen(Allocation::kLowest, "1,3-5,9", 3), "1,3-4");
}

TEST(Allocation, ContiguousTakesTheFirstGapThatIsLongEnough) {
    EXPECT_EQ(chosen(Allocation::kContiguous, "1,3-8,10-12,80-99", 3), "3-5");
    EXPECT_EQ(chosen(Allocation::kContiguous, "1,3-8,10-12,80-99", 7), "80-86");
}

TEST(Allocation, BestFitContiguousTakesTheShortestGapThatIsLongEnough) {
    EXPECT_EQ(chosen(Allocation::kBestFitContiguous, "1,3-8,10-12,14-16,80-99", 3), "10-12");
    EXPECT_EQ(chosen(Allocation::kBestFitContiguous, "1,3-8,10-12,14-16,80-99", 2), "10-11");
}

TEST(Allocation, ContiguousTakesTheLongestGapsIfNoneIsLongEnough) {
    for (const auto allocation : {Allocation::kContiguous, Allocation::kBestFitContiguous}) {
        EXPECT_EQ(chosen(allocation, "1,3-8,10-12,80-87", 9), "1,80-87");
        EXPECT_EQ(chosen(allocation, "1,3-8,10-12,80-87", 17), "3-8,10-12,80-87");
        EXPECT_EQ(chosen(allocation, "0-3,5-8,10-13", 6), "0-3,5-6");
    }
}

TEST(Allocation, FewSwitchesTakesTheFullestZoneThatHasEnough) {
    const std::vector<std::string> zones{"0-9", "10-19", "20-29"};
    EXPECT_EQ(chosen(Allocation::kFewSwitches, "0-8,10,12-14,20-26", 4, zones), "10,12-14");
    EXPECT_EQ(chosen(Allocation::kFewSwitches, "0-8,10,12-14,20-26", 5, zones), "20-24");
}

TEST(Allocation, FewSwitchesTakesAsFewZonesAsPossible) {
    const std::vector<std::string> zones{"0-9", "10-19", "20-29"};
    EXPECT_EQ(chosen(Allocation::kFewSwitches, "0-8,10,12-14,20-26", 11, zones), "0-8,10,12");
    EXPECT_EQ(chosen(Allocation::kFewSwitches, "0-8,10,12-14,20-26", 15, zones), "0-8,20-25");
}

TEST(Allocation, SpreadTakesTheSameNumberFromEachZone) {
    const std::vector<std::string> zones{"0-9", "10-19", "20-29"};
    EXPECT_EQ(chosen(Allocation::kSpread, "0-8,10,20-29", 5, zones), "0,4,10,20,25");
    EXPECT_EQ(chosen(Allocation::kSpread, "0-9,10-19,20-29", 1, zones), "20");
}

TEST(Allocation, SpreadTakesHostsFarFromEachOther) {
    EXPECT_EQ(chosen(Allocation::kSpread, "0-99", 4), "0,25,50,75");
    EXPECT_EQ(chosen(Allocation::kSpread, "0-3,50-53", 4), "0,2,50,52");
}

TEST(Allocation, ZonesMayBeInterleaved) {
    EXPECT_EQ(chosen(Allocation::kFewSwitches, "0-5", 3, {"0,2,4", "1,3,5"}), "0,2,4");
}

TEST(Allocation, HasNames) {
    for (const auto& [allocation, name] : kAllocationNames)
        EXPECT_EQ(allocation_of(name), allocation);
    EXPECT_EQ(allocation_of("first"), std::nullopt);
}

// Random changes of a pool; what is right is computed anew from the set of free hosts each time.
class RandomChanges : public ::testing::TestWithParam<Allocation> {
  protected:
    static constexpr batsched_host_id_t kHosts = 300;
    using Model = std::set<batsched_host_id_t>;

    RandomChanges() {
        for (batsched_host_id_t first = 0; first < kHosts; first += 30)
            zones_.push_back(HostSet::range(first, first + 29));
        random_.seed(5);
    }
    batsched_host_id_t draw(batsched_host_id_t below) {
        return static_cast<batsched_host_id_t>(random_() % below);
    }
    HostSet some_hosts() {
        HostSet set;
        for (batsched_host_id_t host = draw(60); host < kHosts; host += 1 + draw(90)) {
            const auto last = std::min(kHosts - 1, host + draw(40));
            set.append(host, last);
            host = last + 1;
        }
        return set;
    }
    static HostSet set_of(const Model& model) {
        HostSet set;
        for (const auto host : model) set.append(host, host);
        return set;
    }
    static void change(Model& model, const HostSet& hosts, bool insert) {
        for (const HostSet::Interval& interval : hosts.intervals())
            for (auto host = interval.first; host <= interval.last; ++host)
                insert ? void(model.insert(host)) : void(model.erase(host));
    }

    std::vector<HostSet> zones_;
    std::mt19937 random_;
};

TEST_P(RandomChanges, TakeTheAskedNumberOfFreeHosts) {
    FreeHosts free(GetParam(), HostSet(), zones_);
    Model model;
    for (int step = 0; step < 500; ++step) {
        const HostSet hosts = some_hosts();
        const bool insert = random_() % 2 == 0;
        insert ? free.insert(hosts) : free.erase(hosts);
        change(model, hosts, insert);
        ASSERT_EQ(free.size(), model.size());
        const std::size_t count = random_() % (kHosts + 1);
        const HostSet taken = free.choose(count);
        ASSERT_EQ(taken.size(), std::min(count, model.size()));
        ASSERT_TRUE((taken - set_of(model)).empty()) << taken.to_string();
    }
}

INSTANTIATE_TEST_SUITE_P(Allocation, RandomChanges,
                         ::testing::Values(Allocation::kLowest, Allocation::kContiguous,
                                           Allocation::kBestFitContiguous, Allocation::kFewSwitches,
                                           Allocation::kSpread));

class ContiguousChanges : public RandomChanges {};

// The gap of a contiguous choice, found by looking at all of them.
std::optional<batsched_host_id_t> gap_for(const HostSet& free, std::size_t count, bool best_fit) {
    std::optional<HostSet::Interval> found;
    const auto length = [](const HostSet::Interval& gap) { return gap.last - gap.first + 1; };
    for (const HostSet::Interval& gap : free.intervals())
        if (length(gap) >= count && (!found || (best_fit && length(gap) < length(*found))))
            found = gap;
    return found ? std::optional(found->first) : std::nullopt;
}

TEST_P(ContiguousChanges, TakeTheSameGapAsALookAtAllOfThem) {
    FreeHosts free(GetParam(), HostSet(), zones_);
    Model model;
    for (int step = 0; step < 500; ++step) {
        const HostSet hosts = some_hosts();
        const bool insert = random_() % 2 == 0;
        insert ? free.insert(hosts) : free.erase(hosts);
        change(model, hosts, insert);
        const std::size_t count = 1 + random_() % 50;
        const auto expected =
            gap_for(set_of(model), count, GetParam() == Allocation::kBestFitContiguous);
        if (!expected) continue;
        const HostSet taken = free.choose(count);
        ASSERT_EQ(taken.intervals().size(), 1U);
        ASSERT_EQ(taken.intervals().front().first, *expected);
    }
}

INSTANTIATE_TEST_SUITE_P(Allocation, ContiguousChanges,
                         ::testing::Values(Allocation::kContiguous,
                                           Allocation::kBestFitContiguous));

} // namespace
} // namespace batsched
