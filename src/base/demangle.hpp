// demangle.hpp - names of C++ symbols as their authors wrote them.
#ifndef BATSIM_BASE_DEMANGLE_HPP
#define BATSIM_BASE_DEMANGLE_HPP

#include <string>

namespace batsim {

// "on_decide()" for "_Z9on_decidev"; the name itself if it is not mangled.
std::string demangled(const std::string& name);

} // namespace batsim

#endif
