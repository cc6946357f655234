// backend.cpp - simulations in which nothing is shared.
#include "engine/backend.hpp"

#include "base/assert.hpp"

namespace batsim {

void ClosedFormBackend::run(Timeline& timeline) {
    const std::vector<TaskId> none;
    while (const auto date = timeline.next_date()) timeline.advance(*date, none);
}

void ClosedFormBackend::start(TaskId, BackendTask) {
    fail_assertion("tasks need a backend that can share resources", __FILE__, __LINE__);
}

double ClosedFormBackend::remaining(TaskId) const {
    fail_assertion("no task was started", __FILE__, __LINE__);
}

void ClosedFormBackend::cancel(TaskId) {
    fail_assertion("no task was started", __FILE__, __LINE__);
}

} // namespace batsim
