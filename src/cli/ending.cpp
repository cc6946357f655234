// ending.cpp - what the user is told about the end of a simulation.
#include "cli/ending.hpp"

#include <algorithm>
#include <vector>

#include "base/interruption.hpp"

namespace batsim {

namespace {

// "3 jobs wait: w0!a w0!b w0!c", not all of them if there are many.
std::string jobs_text(const std::vector<std::string>& jobs, const std::string& verb) {
    constexpr std::size_t kMostNames = 20;
    std::string text = std::to_string(jobs.size()) +
                       (jobs.size() == 1 ? " job " + verb + "s:" : " jobs " + verb + ":");
    for (std::size_t i = 0; i < std::min(jobs.size(), kMostNames); ++i) text += " " + jobs[i];
    return text + (jobs.size() > kMostNames ? " ..." : "");
}

// "registration is open: 's0' has not called finish_registration".
std::string registration_text(const std::vector<std::string>& schedulers) {
    std::string names;
    for (const std::string& name : schedulers) names += (names.empty() ? "'" : ", '") + name + "'";
    return "registration is open: " + names + (schedulers.size() == 1 ? " has" : " have") +
           " not called finish_registration";
}

// "1 job waits: w0!a", and that it may do so because of hosts that were lost.
std::string waiting_text(const Outcome& outcome) {
    std::string text = jobs_text(outcome.waiting_jobs, "wait");
    if (outcome.lost_host_count == 1) {
        text += ", while 1 host has failed or is unavailable";
    } else if (outcome.lost_host_count > 1) {
        text += ", while " + std::to_string(outcome.lost_host_count) +
                " hosts have failed or are unavailable";
    }
    return text;
}

std::string stall_text(const Outcome& outcome) {
    std::vector<std::string> causes;
    if (!outcome.waiting_jobs.empty()) causes.push_back(waiting_text(outcome));
    if (!outcome.running_jobs.empty())
        causes.push_back(jobs_text(outcome.running_jobs, "run") + " without ever ending");
    if (!outcome.registering.empty()) causes.push_back(registration_text(outcome.registering));
    std::string text = "stalled: nothing can happen any more, but ";
    for (const std::string& cause : causes) text += (&cause == &causes[0] ? "" : "; and ") + cause;
    return text;
}

} // namespace

ExitCode exit_code(const Outcome& outcome) {
    switch (outcome.reason) {
        case EndReason::kFinished:
        case EndReason::kStopped: return ExitCode::kFinished;
        case EndReason::kStalled: return ExitCode::kStalled;
        case EndReason::kInterrupted:
            return static_cast<ExitCode>(static_cast<int>(ExitCode::kSignal) +
                                         interruption_signal());
        case EndReason::kFailed: return outcome.error->code();
    }
    return ExitCode::kInternal;
}

std::string error_text(const Outcome& outcome) {
    if (outcome.error) return outcome.error->what();
    return outcome.reason == EndReason::kStalled ? stall_text(outcome) : "";
}

} // namespace batsim
