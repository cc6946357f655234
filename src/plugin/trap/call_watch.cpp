// call_watch.cpp - notices calls of plugins that do not return.
#include "plugin/trap/call_watch.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <string>

#include "base/error.hpp"
#include "base/last_words.hpp"
#include "base/text.hpp"

namespace batsim {

namespace {

using Seconds = CallWatch::Seconds;

constexpr Seconds kLongestPeriod{1};
constexpr Seconds kShortestPeriod{0.01};
// How often, and for how long, it is tried to catch a call in code of the plugin.
constexpr Seconds kPause{0.01};
constexpr int kAttempts = 200;
constexpr Seconds kTimeToEnd{2};

double rounded(Seconds age) { return std::round(age.count() * 100) / 100; }

// "scheduler 's0' (easy) at date 190 in JOB_SUBMITTED (event 4)", or "" if the call is over.
std::string text_of(const RunningCall& running) {
    ForeignCall::PlaceRoom room;
    const std::string text = running.call->who() + std::string(running.call->place(room));
    std::atomic_thread_fence(std::memory_order_acquire);
    return running_call().number == running.number ? text : "";
}

} // namespace

CallWatch::CallWatch(const Limits& limits, const Log& log) : limits_(limits), log_(log) {
    // Signals are for the main thread.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([this] { run(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

CallWatch::~CallWatch() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stops_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

bool CallWatch::sleep(Seconds duration) {
    std::unique_lock<std::mutex> lock(mutex_);
    return !wake_.wait_for(lock, duration, [this] { return stops_; });
}

void CallWatch::run() {
    const Seconds shortest = std::min(limits_.warning, limits_.end.value_or(limits_.warning));
    const Seconds period = std::clamp(shortest / 4, kShortestPeriod, kLongestPeriod);
    RunningCall watched;
    Seconds age{0};
    bool has_warned = false;
    while (sleep(period)) {
        const RunningCall running = running_call();
        if (running.number != watched.number || running.call == nullptr) {
            watched = running;
            age = Seconds{0};
            has_warned = false;
            continue;
        }
        age += period;
        if (limits_.end && age >= *limits_.end) {
            end(running, age);
        } else if (age >= limits_.warning && !has_warned) {
            has_warned = true;
            warn(running, age);
        }
    }
}

void CallWatch::warn(const RunningCall& call, Seconds age) const {
    const std::string text = text_of(call);
    if (text.empty()) return;
    log_.write(LogLevel::kWarning, text,
               "has not returned for " + number_text(rounded(age)) + " s" +
                   (limits_.end ? "" : "; --sched-timeout would end such a call"));
}

void CallWatch::end(const RunningCall& call, Seconds age) {
    for (int i = 1; i <= kAttempts; ++i) {
        if (running_call().number != call.number) return;
        request_abandonment({call.number, rounded(age), i == kAttempts});
        if (!sleep(kPause)) return;
    }
    if (!sleep(kTimeToEnd) || running_call().number != call.number) return;
    // The plugin has blocked the signal, or whoever holds the dynamic linker's lock does not return.
    const std::string text = text_of(call) + ": has not returned for " + number_text(rounded(age));
    last_words({"batsim: error: ", text.c_str(), " s and cannot be abandoned\n"});
    _exit(static_cast<int>(ExitCode::kPlugin));
}

} // namespace batsim
