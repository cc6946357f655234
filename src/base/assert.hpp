// assert.hpp - BATSIM_ASSERT: what must hold if this program is right, checked in every build.
#ifndef BATSIM_BASE_ASSERT_HPP
#define BATSIM_BASE_ASSERT_HPP

#include <string>

#include "base/error.hpp"

namespace batsim {

// An error of this program, not of its user.
class InternalError : public Error {
  public:
    explicit InternalError(const std::string& message) : Error(ExitCode::kInternal, message) {}
};

[[noreturn]] inline void fail_assertion(const char* condition, const char* file, int line) {
    throw InternalError("internal error, please report it: " + std::string(condition) + " (" +
                        file + ":" + std::to_string(line) + ")");
}

} // namespace batsim

#define BATSIM_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : ::batsim::fail_assertion(#condition, __FILE__, __LINE__))

#endif
