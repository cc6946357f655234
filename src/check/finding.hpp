// finding.hpp - what a check has found out about a plugin.
#ifndef BATSIM_CHECK_FINDING_HPP
#define BATSIM_CHECK_FINDING_HPP

#include <string>
#include <utility>

namespace batsim {

struct Finding {
    enum class Kind {
        kPass,
        kWarn, // allowed, but hardly what the author wants
        kFail,
        kSkip, // cannot be found out here
    };
    Kind kind;
    std::string text; // may have several lines

    static Finding pass(std::string text) { return {Kind::kPass, std::move(text)}; }
    static Finding warn(std::string text) { return {Kind::kWarn, std::move(text)}; }
    static Finding fail(std::string text) { return {Kind::kFail, std::move(text)}; }
    static Finding skip(std::string text) { return {Kind::kSkip, std::move(text)}; }
};

} // namespace batsim

#endif
