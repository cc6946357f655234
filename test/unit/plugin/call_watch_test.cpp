// Calls that do not return: warnings and their end.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <atomic>
#include <cstdio>

#include "../temporary_folder.hpp"
#include "plugin/trap/call_watch.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {
namespace {

using Seconds = CallWatch::Seconds;

// A log in a file.
class LogFile {
  public:
    std::string text() const { return folder_.read("log"); }
    const Log& log() const { return log_; }
    ~LogFile() { std::fclose(file_); }

  private:
    TemporaryFolder folder_;
    std::FILE* file_ = std::fopen(folder_.path("log").c_str(), "w");
    Log log_{file_};
};

// What a plugin does that does not return by itself.
[[gnu::noinline]] void wait_for_text(const LogFile& file) {
    while (file.text().empty()) poll(nullptr, 0, 1);
}

TEST(CallWatch, WarnsOfACallThatTakesLong) {
    install_crash_handlers();
    const LogFile file;
    const CallWatch watch({Seconds(0.05), std::nullopt}, file.log());
    ForeignCall call("scheduler 's0' (slow)");
    call.set_function("DECIDE", 7, 12.5);
    Trap trap(call, Trap::Watched::kYes);
    EXPECT_FALSE(trap.run([&] { wait_for_text(file); }));
    EXPECT_EQ(
        file.text().find("batsim: scheduler 's0' (slow) at date 12.5 in DECIDE (event 7): warning: "
                         "has not returned for 0.0"),
        0U)
        << file.text();
}

TEST(CallWatch, DoesNotWatchWhatIsNoCallOfAPlugin) {
    install_crash_handlers();
    const LogFile file;
    const CallWatch watch({Seconds(0.05), std::nullopt}, file.log());
    const ForeignCall unwatched("platform 'large.xml'");
    Trap first(unwatched);
    EXPECT_FALSE(first.run([] { poll(nullptr, 0, 200); }));
    EXPECT_EQ(file.text(), "");
}

// A call of its own begins with each event.
TEST(CallWatch, CountsEachEventForItself) {
    install_crash_handlers();
    const LogFile file;
    const CallWatch watch({Seconds(3600), Seconds(3600)}, file.log());
    ForeignCall call("scheduler 's0' (easy)");
    Trap trap(call, Trap::Watched::kYes);
    EXPECT_FALSE(trap.run([&] {
        const RunningCall first = running_call();
        EXPECT_EQ(first.call, &call);
        Trap::end_of_call();
        EXPECT_EQ(running_call().call, nullptr);
        Trap::begin_of_call();
        EXPECT_EQ(running_call().call, &call);
        EXPECT_NE(running_call().number, first.number);
    }));
    EXPECT_EQ(running_call().call, nullptr);
}

TEST(ForeignCall, SaysWhereItIs) {
    ForeignCall::PlaceRoom room;
    ForeignCall call("scheduler 's0' (easy)");
    EXPECT_STREQ(call.place(room), "");
    call.set_function("sched_init");
    EXPECT_STREQ(call.place(room), " in sched_init");
    call.set_function("JOB_SUBMITTED", 4, 190);
    EXPECT_STREQ(call.place(room), " at date 190 in JOB_SUBMITTED (event 4)");
}

} // namespace
} // namespace batsim
