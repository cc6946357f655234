// event.hpp - what schedulers are told.
#ifndef BATSIM_ENGINE_EVENT_HPP
#define BATSIM_ENGINE_EVENT_HPP

#include <cstdint>
#include <variant>
#include <vector>

#include "engine/job_record.hpp"
#include "engine/outcome.hpp"

namespace batsim {

using CallId = std::uint64_t;

struct SimulationBegins {};

// Comes once for each job that was started; the record stays until the batch was decided.
struct JobCompleted {
    const JobRecord* job;
};

// Answers one request to kill jobs, after all of them have completed.
struct JobsKilled {
    std::vector<JobId> jobs; // as requested
};

struct JobSubmitted {
    const JobRecord* job;
};

// The last job of the scheduler's workloads has been submitted.
struct NoMoreStaticJobs {};

struct RequestedCall {
    CallId call;
};

// The order of the alternatives is the order of delivery inside a batch.
using Event = std::variant<SimulationBegins, JobCompleted, JobsKilled, JobSubmitted,
                           NoMoreStaticJobs, RequestedCall>;

// Whether `a` is delivered before `b`: by type, then by identifier; events that have none stay in
// the order in which they occurred.
bool delivered_before(const Event& a, const Event& b);

// All events of one date for one scheduler, in order of delivery.
struct Batch {
    double date;
    std::vector<Event> events;
};

} // namespace batsim

#endif
