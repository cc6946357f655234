// session.hpp - the simulator in front of one Python scheduler.
#ifndef BATSIM_PLUGINS_PYTHON_SESSION_HPP
#define BATSIM_PLUGINS_PYTHON_SESSION_HPP

#include <batsched.h>

#include <unordered_map>
#include <vector>

#include "ref.hpp"
#include "runtime.hpp"

namespace python {

// What stands behind batsched.Simulator: the simulator, its statuses as exceptions, and the jobs that are
// in the system. It lives as long as its scheduler; the Python object may live longer.
class Session {
  public:
    Session(const batsched_simulator_t* sim, const Runtime& runtime)
        : sim_(sim), runtime_(runtime) {}

    const batsched_simulator_t* sim() const { return sim_; }
    const Runtime& runtime() const { return runtime_; }

    // Whether it was done, or else a batsched.Error: with a negative status, and if it cannot be done.
    bool check(batsched_status_t status, const char* function);
    // A batsched.Error if it was not done.
    void demand(batsched_status_t status, const char* function);
    // The first negative status in this event: the simulation ends with it.
    batsched_status_t broken() const { return broken_; }

    // The same object as long as the job is in the system.
    Ref job(const batsched_job_t& job);
    void forget_after_batch(batsched_job_id_t job) { over_.push_back(job); }
    void end_batch();

    double now = 0; // date of the event that is being handled

  private:
    [[noreturn]] void raise_error(batsched_status_t status, const char* function);

    const batsched_simulator_t* sim_;
    const Runtime& runtime_;
    batsched_status_t broken_ = BATSCHED_OK;
    std::unordered_map<batsched_job_id_t, Ref> jobs_;
    std::vector<batsched_job_id_t> over_;
};

} // namespace python

#endif
