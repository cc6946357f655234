#include "base/interruption.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

namespace batsim {
namespace {

// All of these run in a child: handlers and what they remember are for the whole process. Whoever runs
// the tests may ignore signals, as nohup does.
void install_handlers() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGALRM, SIGUSR1, SIGUSR2, SIGPIPE,
                             SIGPROF, SIGRTMIN, SIGXFSZ})
        std::signal(signal, SIG_DFL);
    install_interruption_handlers();
}

TEST(Interruption, EndsTheProgramAtOnceBeforeTheSimulation) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGALRM, SIGUSR1, SIGUSR2})
        EXPECT_EXIT(
            {
                install_handlers();
                raise(signal);
            },
            testing::ExitedWithCode(128 + signal), "batsim: ended at once\n");
}

TEST(Interruption, IsRememberedDuringTheSimulation) {
    EXPECT_EXIT(
        {
            install_handlers();
            remember_interruptions();
            raise(SIGUSR1);
            _exit(interruption_signal());
        },
        testing::ExitedWithCode(SIGUSR1), "");
}

TEST(Interruption, OfASecondTimeEndsTheProgramWithTheFirstSignal) {
    EXPECT_EXIT(
        {
            install_handlers();
            remember_interruptions();
            raise(SIGINT);
            raise(SIGTERM);
        },
        testing::ExitedWithCode(128 + SIGINT), "batsim: ended at once\n");
}

TEST(Interruption, LeavesSignalsAloneThatWereIgnored) {
    EXPECT_EXIT(
        {
            std::signal(SIGHUP, SIG_IGN);
            install_interruption_handlers();
            raise(SIGHUP);
            _exit(0);
        },
        testing::ExitedWithCode(0), "");
}

TEST(Interruption, OfOtherKindsEndsTheProgramAsUsual) {
    for (const int signal : {SIGPIPE, SIGPROF, SIGRTMIN})
        EXPECT_EXIT(
            {
                install_handlers();
                raise(signal);
            },
            testing::KilledBySignal(signal), "");
}

TEST(Interruption, ByTheLimitOnFileSizesIsLeftToTheWriter) {
    EXPECT_EXIT(
        {
            install_handlers();
            raise(SIGXFSZ);
            _exit(0);
        },
        testing::ExitedWithCode(0), "");
}

} // namespace
} // namespace batsim
