#include "compare/runs_progress.hpp"

#include <gtest/gtest.h>

namespace batsim {
namespace {

// What is on the stream after `use` of a RunsProgress of 10 runs whose clock is `now`.
template <class Use>
std::string shown(double& now, const Use& use) {
    std::FILE* file = std::tmpfile();
    {
        RunsProgress progress(file, 10, [&now] { return now; });
        use(progress);
    }
    std::string text(4096, ' ');
    std::rewind(file);
    text.resize(std::fread(text.data(), 1, text.size(), file));
    std::fclose(file);
    return text;
}

TEST(RunsProgress, SaysHowManyRunsHaveEndedAndIsErasedInTheEnd) {
    double now = 100;
    const std::string text = shown(now, [&](RunsProgress& progress) {
        progress.on_end(false);
        progress.on_end(true);
        now = 104;
        progress.show(3);
    });
    EXPECT_EQ(text, "\033[Kbatsim: 2 of 10 runs, 3 running, 1 failed, 16 s left\r\033[K");
}

TEST(RunsProgress, KnowsNoTimeBeforeTheFirstEnd) {
    double now = 100;
    const std::string text = shown(now, [&](RunsProgress& progress) {
        now = 101;
        progress.show(2);
    });
    EXPECT_EQ(text, "\033[Kbatsim: 0 of 10 runs, 2 running\r\033[K");
}

TEST(RunsProgress, IsNotShownInShortComparisonsNorTooOften) {
    double now = 100;
    EXPECT_EQ(shown(now,
                    [&](RunsProgress& progress) {
                        now = 100.4;
                        progress.show(1);
                    }),
              "");
    now = 100;
    const std::string text = shown(now, [&](RunsProgress& progress) {
        now = 101;
        progress.show(1);
        now = 101.1;
        progress.show(2);
    });
    EXPECT_EQ(text.find("2 running"), std::string::npos);
}

} // namespace
} // namespace batsim
