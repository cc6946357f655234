// expect_error.hpp - the message of the error that something throws.
#ifndef BATSIM_TEST_EXPECT_ERROR_HPP
#define BATSIM_TEST_EXPECT_ERROR_HPP

#include <gmock/gmock.h>

#include <string>

#include "base/error.hpp"

namespace batsim {

// What `call` throws as an E, or "" if it throws nothing.
template <class E, class Call>
std::string error_of(Call&& call) {
    try {
        call();
    } catch (const E& error) {
        return error.what();
    }
    return "";
}

} // namespace batsim

#endif
