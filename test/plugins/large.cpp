// large.cpp - needs a library with many dependencies of its own: SimGrid, which the simulator uses too.
#include <xbt/base.h>
// Needs what the line above declares.
#include <simgrid/version.h>

#include "guest.hpp"

namespace {

class Large : public Guest {
  public:
    using Guest::Guest;

  private:
    void work() override {
        int major = 0, minor = 0, patch = 0;
        sg_version_get(&major, &minor, &patch);
        if (major != SIMGRID_VERSION_MAJOR) throw std::runtime_error("another SimGrid");
    }
};

} // namespace

BATSCHED_PLUGIN(Large, "large", "1.0.0", "Needs a large library");
