#include "sharing/shares.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <random>

#include "base/error.hpp"
#include "sharing/rounds.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

class SharesOfResources : public ::testing::Test {
  protected:
    SharingTask& add(std::vector<Use> uses, double most = kUnlimited) {
        SharingTask& task = tasks.emplace_back();
        task.uses = std::move(uses);
        task.most = most;
        shares.add(task);
        return task;
    }
    Shares shares;
    std::deque<SharingTask> tasks;
    const ResourceId r = shares.add_resource(12, true);
    const ResourceId s = shares.add_resource(4, true);
    const ResourceId all_for_each = shares.add_resource(100, false);
};

TEST_F(SharesOfResources, AreAllOfTheScarcestIfATaskIsAlone) {
    const SharingTask& task = add({{r, 3}, {s, 2}});
    shares.update();
    EXPECT_EQ(task.rate, 2);
    EXPECT_EQ(shares.load(r), 6);
    EXPECT_EQ(shares.load(s), 4);
}

TEST_F(SharesOfResources, AreEqualAmongUsers) {
    const SharingTask& one = add({{r, 1}});
    const SharingTask& other = add({{r, 3}});
    shares.update();
    EXPECT_EQ(one.rate, 6);
    EXPECT_EQ(other.rate, 2);
}

TEST_F(SharesOfResources, GoToOthersWhereATaskCannotUseThem) {
    const SharingTask& limited = add({{r, 1}}, 2);
    const SharingTask& other = add({{r, 1}});
    shares.update();
    EXPECT_EQ(limited.rate, 2);
    EXPECT_EQ(other.rate, 10);
}

// Round 1: r offers 4, s offers 2; a grows to 1 and d to 1, which closes them, b to 4, c to 2; 5 of r
// and 1 of s are left. Round 2: b grows by 2.5 and c by 1; r loses what a, b and c have last grown by,
// 4.5 in all, and s everything. Round 3: b grows by what is left of r, 0.5.
TEST_F(SharesOfResources, GoOnBeingTakenByTasksThatHaveStoppedToGrow) {
    const SharingTask& a = add({{r, 1}}, 1);
    const SharingTask& b = add({{r, 1}});
    const SharingTask& c = add({{r, 1}, {s, 1}});
    const SharingTask& d = add({{s, 1}}, 1);
    shares.update();
    EXPECT_EQ(a.rate, 1);
    EXPECT_EQ(b.rate, 7);
    EXPECT_EQ(c.rate, 3);
    EXPECT_EQ(d.rate, 1);
}

TEST_F(SharesOfResources, AreAllOfItForEachWhereItIsNotDivided) {
    const SharingTask& one = add({{all_for_each, 100}});
    const SharingTask& other = add({{all_for_each, 50}});
    shares.update();
    EXPECT_EQ(one.rate, 1);
    EXPECT_EQ(other.rate, 2);
    EXPECT_EQ(shares.load(all_for_each), 100);
}

// In each round the resource loses only the 10 that the slow task takes: 1 + 0.9 + 0.8 + ... + 0.1.
TEST_F(SharesOfResources, MayBeMoreThanThereIsBesideASlowTaskWhereItIsNotDivided) {
    const SharingTask& fast = add({{all_for_each, 100}});
    const SharingTask& slow = add({{all_for_each, 50}}, 0.2);
    shares.update();
    EXPECT_DOUBLE_EQ(fast.rate, 5.5);
    EXPECT_EQ(slow.rate, 0.2);
}

TEST_F(SharesOfResources, AreAnErrorIfTheModelGrowsWithoutEnd) {
    add({{all_for_each, 1}});
    add({{all_for_each, 1}}, 1e-15);
    EXPECT_THROW(shares.update(), InputError);
}

TEST_F(SharesOfResources, ChangeOnlyForThoseWhomAChangeConcerns) {
    SharingTask& one = add({{r, 1}});
    SharingTask& elsewhere = add({{s, 1}});
    EXPECT_THAT(shares.update().tasks, UnorderedElementsAre(&one, &elsewhere));
    SharingTask& other = add({{r, 1}});
    EXPECT_THAT(shares.update().tasks, UnorderedElementsAre(&one, &other));
    EXPECT_EQ(one.rate, 6);
    shares.remove(one);
    EXPECT_THAT(shares.update().tasks, ElementsAre(&other));
    EXPECT_EQ(other.rate, 12);
    EXPECT_THAT(shares.update().tasks, IsEmpty());
}

TEST_F(SharesOfResources, AreFoundAgainWhenATaskIsNoLongerFree) {
    const SharingTask& task = add({{r, 1}}, 8);
    shares.update();
    EXPECT_EQ(task.rate, 8);
    SharingTask& other = add({{r, 1}});
    shares.update();
    EXPECT_EQ(task.rate, 6);
    EXPECT_EQ(other.rate, 6);
    shares.remove(other);
    shares.update();
    EXPECT_EQ(task.rate, 8);
}

TEST_F(SharesOfResources, FollowCapacitiesAndGreatestRates) {
    SharingTask& task = add({{r, 1}}, 8);
    shares.update();
    shares.set_capacity(r, 5);
    shares.update();
    EXPECT_EQ(task.rate, 5);
    shares.set_most(task, 2);
    shares.update();
    EXPECT_EQ(task.rate, 2);
}

// ---- Tasks that are solved apart, and all together -------------------------------------------------

// Adds and removes tasks that use up to three of ten resources.
class RandomShares {
  public:
    explicit RandomShares(unsigned seed) : random_(seed) {
        for (int i = 0; i < 10; ++i) shares_.add_resource(number({1, 2, 5, 7.5}), draw(4) != 0);
    }

    void step() {
        for (auto changes = draw(3); changes > 0; --changes) {
            if (draw(3) == 0 && !present_.empty())
                remove(draw(present_.size()));
            else
                add();
        }
        shares_.update();
    }

    std::vector<double> rates() const {
        std::vector<double> rates;
        for (const SharingTask* task : present_) rates.push_back(task->rate);
        return rates;
    }

    // As if every task were connected with all others.
    std::vector<double> rates_of_all_together() const {
        std::deque<SharingTask> tasks;
        std::vector<SharingTask*> pointers;
        std::vector<SharedResource> resources;
        std::vector<ResourceId> ids;
        for (ResourceId id = 0; id < shares_.resource_count(); ++id) {
            SharedResource resource;
            resource.capacity = shares_.resource(id).capacity;
            resource.is_divided = shares_.resource(id).is_divided;
            resources.push_back(resource);
            ids.push_back(id);
        }
        for (const SharingTask* task : present_) {
            SharingTask& copy = tasks.emplace_back();
            copy.uses = task->uses;
            copy.most = task->most;
            pointers.push_back(&copy);
            for (const Use& use : task->uses)
                resources[use.resource].users.push_back({&copy, use.amount, false});
        }
        share_in_rounds(resources, ids, pointers);
        std::vector<double> rates;
        for (const SharingTask& task : tasks) rates.push_back(task.rate);
        return rates;
    }

  private:
    std::size_t draw(std::size_t below) { return random_() % below; }
    double number(const std::vector<double>& from) { return from[draw(from.size())]; }

    void add() {
        SharingTask& task = tasks_.emplace_back();
        for (auto uses = 1 + draw(3); uses > 0; --uses)
            task.uses.push_back({static_cast<ResourceId>(draw(10)), number({1, 1.5, 3, 0.1})});
        task.most = number({0.1, 0.3, 1, 2, 4, 1000});
        shares_.add(task);
        present_.push_back(&task);
    }

    void remove(std::size_t index) {
        shares_.remove(*present_[index]);
        present_.erase(present_.begin() + static_cast<std::ptrdiff_t>(index));
    }

    std::mt19937 random_;
    Shares shares_;
    std::deque<SharingTask> tasks_;
    std::vector<SharingTask*> present_;
};

TEST(SharesFoundApart, AreThoseOfAllTasksTogether) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        RandomShares shares(seed);
        for (int step = 0; step < 30; ++step) {
            shares.step();
            ASSERT_EQ(shares.rates(), shares.rates_of_all_together())
                << "seed " << seed << ", step " << step;
        }
    }
}

} // namespace
} // namespace batsim
