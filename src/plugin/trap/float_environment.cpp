// float_environment.cpp - keeps what plugins do to rounding and floating-point exceptions from the
// simulator.
#include "plugin/trap/float_environment.hpp"

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace batsim {

namespace {

std::fenv_t remembered;
bool is_remembered = false;

#if defined(__SSE2__)
// Doubles are computed with SSE, whose control register takes a few cycles to read.
constexpr unsigned kStatusFlags = 0x3f;
unsigned control() { return _mm_getcsr() & ~kStatusFlags; }
unsigned remembered_control;
bool has_changed() { return is_remembered && control() != remembered_control; }
#else
bool has_changed() { return is_remembered; }
#endif

} // namespace

void remember_float_environment() {
    std::fegetenv(&remembered);
    is_remembered = true;
#if defined(__SSE2__)
    remembered_control = control();
#endif
}

void restore_float_environment() {
    if (has_changed()) std::fesetenv(&remembered);
}

OwnFloatEnvironment::OwnFloatEnvironment() {
    if (!has_changed()) return;
    std::fegetenv(&plugins_.emplace());
    std::fesetenv(&remembered);
}

OwnFloatEnvironment::~OwnFloatEnvironment() {
    if (plugins_) std::fesetenv(&*plugins_);
}

} // namespace batsim
