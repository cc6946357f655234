// checks.cpp - all checks of a plugin, by group.
#include "check/checks.hpp"

namespace batsim {

std::vector<Check> all_checks() {
    std::vector<Check> all;
    for (const auto& group : {load_checks(), life_checks(), event_checks(), contract_checks(),
                              determinism_checks(), hygiene_checks(), fuzz_checks()})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}

} // namespace batsim
