// stopwatch.cpp - how long something takes, also on a busy machine.
#include "base/stopwatch.hpp"

#include <algorithm>
#include <fstream>
#include <string>

namespace batsim {

namespace {

// Seconds in which the main thread of the process has waited for a processor; 0 if that is not known.
double waited_for_processor(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/schedstat");
    double ran_ns = 0, waited_ns = 0;
    return file >> ran_ns >> waited_ns ? waited_ns / 1e9 : 0;
}

} // namespace

double seconds_of_clock() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

Stopwatch::Stopwatch(pid_t process)
    : process_(process), waited_before_(waited_for_processor(process)) {}

double Stopwatch::seconds() const {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
    const double waited = waited_for_processor(process_) - waited_before_;
    return passed.count() - std::max(waited, 0.0);
}

} // namespace batsim
