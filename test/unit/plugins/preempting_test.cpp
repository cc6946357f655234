// preempting_test.cpp - what checkpoints save, and which jobs are killed for others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../../../plugins/preempting/life.hpp"
#include "../../../plugins/preempting/victims.hpp"

namespace preempting {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

constexpr double kNever = std::numeric_limits<double>::infinity();

TEST(Checkpoints, SaveWhatWasDoneWhenTheLastOneWasWritten) {
    const Checkpoints checkpoints{20, 5, 0};
    EXPECT_EQ(checkpoints.saved(24, kNever), 0);
    EXPECT_EQ(checkpoints.saved(25, kNever), 25);
    EXPECT_EQ(checkpoints.saved(49.75, kNever), 25);
    EXPECT_EQ(checkpoints.saved(60, kNever), 50);
}

TEST(Checkpoints, SaveNothingWhileTheJobReads) {
    EXPECT_EQ((Checkpoints{20, 0, 30}).saved(-10, kNever), 0);
}

TEST(Checkpoints, AreNotLostByDigitsThatAreCutOff) {
    EXPECT_DOUBLE_EQ((Checkpoints{0.1, 0, 0}).saved(0.3, kNever), 0.3); // 0.3 / 0.1 is below 3
}

TEST(Checkpoints, LeaveSomethingOfTheWalltime) {
    EXPECT_EQ((Checkpoints{10, 0, 0}).saved(30, 30), 20);
    EXPECT_EQ((Checkpoints{10, 0, 0}).saved(30, 31), 30);
    EXPECT_EQ((Checkpoints{10, 0, 0}).saved(10, 10), 0);
}

TEST(Checkpoints, WithoutAnIntervalSaveNothing) { EXPECT_EQ(Checkpoints{}.saved(1e9, kNever), 0); }

Life life_with(const Checkpoints& checkpoints, double saved) {
    Life life{0, "w0", "a", "w0!p", 0, kNever, checkpoints};
    life.saved = saved;
    return life;
}

TEST(Life, LosesWhatItHasDoneSinceItsLastCheckpoint) {
    const Life life = life_with({10, 0, 20}, 0);
    EXPECT_EQ(life.lost_in(9), 9);
    EXPECT_EQ(life.lost_in(31), 1);
}

TEST(Life, LosesTheTimeForReadingUnlessItHasSavedMore) {
    const Life life = life_with({10, 0, 20}, 50);
    EXPECT_EQ(life.lost_in(15), 15);
    EXPECT_EQ(life.lost_in(29), 29);
    EXPECT_EQ(life.lost_in(31), 1);
}

Victim victim(batsched_job_id_t id, double priority, Count hosts, double lost_work) {
    return {id, priority, hosts, /* expected_end */ 0, lost_work};
}

TEST(Victims, AreOfTheLowestPriorityFirst) {
    EXPECT_THAT(choose_victims({victim(1, 2, 4, 0), victim(2, 1, 4, 99), victim(3, 3, 4, 0)}, 4),
                ElementsAre(2));
}

TEST(Victims, OfOnePriorityAreThoseThatLoseLeast) {
    EXPECT_THAT(choose_victims({victim(1, 1, 2, 5), victim(2, 1, 2, 3), victim(3, 1, 2, 4)}, 4),
                UnorderedElementsAre(2, 3));
}

TEST(Victims, ThatLoseAsMuchAreTheLastSubmitted) {
    EXPECT_THAT(choose_victims({victim(1, 1, 2, 5), victim(2, 1, 2, 5)}, 1), ElementsAre(2));
}

TEST(Victims, AreSparedIfTheOthersHaveHostsEnough) {
    EXPECT_THAT(choose_victims({victim(1, 0, 1, 0), victim(2, 0, 1, 10), victim(3, 0, 2, 100)}, 3),
                UnorderedElementsAre(1, 3));
    EXPECT_THAT(choose_victims({victim(1, 0, 1, 0), victim(2, 1, 8, 0)}, 8), ElementsAre(2));
}

TEST(Victims, AreCountedBelowAPriority) {
    Victims victims;
    victims.insert(victim(1, 0, 3, 0));
    victims.insert(victim(2, 1, 5, 0));
    EXPECT_EQ(victims.hosts_below(0), 0);
    EXPECT_EQ(victims.hosts_below(1), 3);
    EXPECT_EQ(victims.hosts_below(2), 8);
    victims.erase(1);
    EXPECT_EQ(victims.hosts_below(1), 0);
    EXPECT_EQ(victims.below(9).size(), 1U);
}

TEST(Victims, AreNotThoseThatReturnNoHosts) {
    Victims victims;
    for (const batsched_job_id_t id : {1U, 2U}) victims.insert(victim(id, 0, 0, 0));
    EXPECT_TRUE(victims.below(9).empty());
    for (const batsched_job_id_t id : {1U, 2U}) victims.erase(id);
    EXPECT_EQ(victims.hosts_below(9), 0);
}

} // namespace
} // namespace preempting
