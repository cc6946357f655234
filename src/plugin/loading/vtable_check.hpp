// vtable_check.hpp - looks at the vtable of a plugin that has been loaded.
#ifndef BATSIM_PLUGIN_VTABLE_CHECK_HPP
#define BATSIM_PLUGIN_VTABLE_CHECK_HPP

#include <string>

#include "batsched.h"

namespace batsim {

// Throws LoadError if the vtable is nullptr, or a member is missing or cannot be used: a damaged file
// may have any pointers in it.
void check_vtable(const std::string& path, const batsched_vtable_t* vtable);

} // namespace batsim

#endif
