// events.hpp - events as calls of a scheduler's methods.
#ifndef BATSIM_PLUGINS_PYTHON_EVENTS_HPP
#define BATSIM_PLUGINS_PYTHON_EVENTS_HPP

#include <batsched.h>

#include <optional>

#include "ref.hpp"
#include "scheduler_type.hpp"
#include "session.hpp"

namespace python {

// None if the type is of a later version.
std::optional<Handler> handler_of(batsched_event_type_t type);

// What the method is called with; no reference if with nothing.
Ref argument_of(const batsched_event_t& event, Session& session);

Ref make_exit(const batsched_exit_t& exit, const Runtime& runtime);

} // namespace python

#endif
