// scheduler_type.hpp - the base class of schedulers: batsched.Scheduler.
#ifndef BATSIM_PLUGINS_PYTHON_SCHEDULER_TYPE_HPP
#define BATSIM_PLUGINS_PYTHON_SCHEDULER_TYPE_HPP

#include <cstddef>

#include "ref.hpp"

namespace python {

// The methods that are called, in the order of delivery.
enum class Handler {
    kSimulationBegins,
    kHostsStateChanged,
    kHostsLent,
    kJobCompleted,
    kJobsKilled,
    kHostsPstateChanged,
    kExternalEvent,
    kJobSubmitted,
    kJobForwarded,
    kJobRejected,
    kJobStarted,
    kNoMoreStaticJobs,
    kNoMoreExternalEvents,
    kRequestedCall,
    kProbeData,
    kDecisionDropped,
    kDecide,
    kSimulationEnds,
    kFinalize,
};
inline constexpr std::size_t kHandlerCount = 19;
const char* handler_name(Handler handler);

// The type batsched.Scheduler, whose methods do nothing.
PyTypeObject& scheduler_type();

// The method of a scheduler; none if it is that of batsched.Scheduler.
Ref find_handler(PyObject* scheduler, Handler handler);

// A TypeError if the class has methods on_... that are never called.
void check_handlers(PyObject* type);

} // namespace python

#endif
