// checks.hpp - all checks of a plugin, by group.
#ifndef BATSIM_CHECK_CHECKS_HPP
#define BATSIM_CHECK_CHECKS_HPP

#include <string>
#include <string_view>
#include <vector>

#include "check/finding.hpp"
#include "check/subject.hpp"

namespace batsim {

struct Check {
    const char* name;           // "group.what"
    const char* purpose;        // what is so if it passes
    Finding (*run)(Subject&);   // may throw a LoadError
    bool needs_instance = true; // makes no sense if sched_init fails

    std::string_view group() const {
        return std::string_view(name).substr(0, std::string_view(name).find('.'));
    }
};

std::vector<Check> load_checks();
std::vector<Check> life_checks();
std::vector<Check> event_checks();
std::vector<Check> contract_checks();
std::vector<Check> determinism_checks();
std::vector<Check> hygiene_checks();
std::vector<Check> fuzz_checks();

// In this order.
std::vector<Check> all_checks();

// What the other checks need: an instance that begins and ends.
inline constexpr const char* kFirstCheckOfInstances = "life.begin-and-end";

} // namespace batsim

#endif
