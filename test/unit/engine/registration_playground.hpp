// registration_playground.hpp - what tests of registration have in common.
#ifndef BATSIM_TEST_ENGINE_REGISTRATION_PLAYGROUND_HPP
#define BATSIM_TEST_ENGINE_REGISTRATION_PLAYGROUND_HPP

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "playground.hpp"

namespace batsim {

inline constexpr const char* kSecond = R"({"type": "delay", "delay": 1})";

inline NewJob new_job(const std::string& name, const std::string& profile = "s0!p") {
    NewJob job;
    job.name = name;
    job.profile = profile;
    return job;
}

inline bool begins(const Batch& batch) {
    return std::holds_alternative<SimulationBegins>(batch.events.front());
}

// Runs `ask` once, when a scheduler that may register jobs has one job w0!a with a profile w0!p.
inline void at_the_beginning(const std::function<void(Decisions&)>& ask) {
    Playground play(4);
    play.profiles = {{"w0!p", delay(1)}};
    play.job("a", 0, 1, delay(1));
    play.run_registering([&](const Batch& batch, Decisions& decisions) {
        ASSERT_TRUE(begins(batch));
        ask(decisions);
        decisions.stop("");
    });
}

// The same, when there is a profile s0!p too.
inline void with_profile(const std::function<void(Decisions&)>& ask) {
    at_the_beginning([&](Decisions& decisions) {
        ASSERT_EQ(decisions.register_profile("s0!p", kSecond), Status::kOk);
        ask(decisions);
    });
}

} // namespace batsim

#endif
