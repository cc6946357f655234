#include "engine/progress.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "playground.hpp"

namespace batsim {
namespace {

// The progress of a profile with a closed form on one host of 1 flop/s.
Json progress_of(const ProfilePtr& profile, double elapsed) {
    const Platform platform = flat_platform(1, 1);
    const HostSet hosts = platform.compute_hosts();
    return Json::parse(
        closed_form_progress(*profile, RankHosts(hosts, nullptr), HostSpeeds(platform), elapsed)
            .json);
}

TEST(Progress, OfASequenceSaysWhichElementRunsAndHowFarItIs) {
    const Json progress = progress_of(sequence({delay(2), delay(4)}, 3), 7);
    EXPECT_EQ(progress["current_repetition"], 1);
    EXPECT_EQ(progress["current_task_index"], 0);
    EXPECT_EQ(progress["current_task"]["progress"], 0.5);
    EXPECT_EQ(progress["progress"], 2.5 / 6);
}

TEST(Progress, OfAForkIsThatOfItsSlowestElement) {
    const Json progress = progress_of(fork_join({delay(2), delay(8)}), 4);
    EXPECT_EQ(progress["progress"], 0.5);
    EXPECT_EQ(progress["tasks"][0]["progress"], 1);
    EXPECT_EQ(progress["tasks"][1]["progress"], 0.5);
}

TEST(Progress, OfAnElementThatIsOverInAForkIsToldWithoutItsParts) {
    const Json progress = progress_of(fork_join({sequence({delay(1), delay(1)}), delay(8)}), 4);
    EXPECT_EQ(progress["tasks"][0], (Json{{"profile", "w0!p"}, {"progress", 1.0}}));
}

TEST(Progress, OfASequenceTooLongForADoubleIsInItsFirstElement) {
    ProfilePtr profile = sequence({delay(2), delay(1)});
    for (int i = 0; i < 40; ++i) profile = sequence({profile}, 1'000'000'000);
    Json progress = progress_of(profile, 1);
    EXPECT_EQ(progress["progress"], 0);
    for (int i = 0; i < 41; ++i) {
        EXPECT_EQ(progress["current_task_index"], 0);
        progress = Json(progress["current_task"]);
    }
    EXPECT_EQ(progress["progress"], 0.5);
}

} // namespace
} // namespace batsim
