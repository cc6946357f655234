// peers.hpp - the schedulers of a simulation, as they see each other.
#ifndef BATSIM_ENGINE_PEERS_HPP
#define BATSIM_ENGINE_PEERS_HPP

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/host_states.hpp"
#include "engine/host_use.hpp"
#include "engine/job_record.hpp"
#include "engine/scheduler_slot.hpp"

namespace batsim {

// How much a scheduler has to do. A job whose start was decided, but not yet carried out, waits.
struct SchedulerLoad {
    std::size_t usable_hosts = 0; // held, on and without a job
    std::uint64_t waiting_jobs = 0, running_jobs = 0;
    std::uint64_t waiting_hosts = 0; // what the waiting jobs request
    // Hosts times the seconds that are left until the walltime, of all these jobs; infinite if one of
    // them has none.
    double work_ahead = 0;
};

// Peers are all schedulers of a simulation. Their loads are added up once in a batch, when somebody asks
// for the first of them.
class Peers {
  public:
    using Slots = std::vector<std::unique_ptr<SchedulerSlot>>;
    // All references must outlive it.
    Peers(const Slots& slots, const JobTable& jobs, const HostStates& states, const HostUse& use)
        : slots_(slots), jobs_(jobs), states_(states), use_(use) {}

    std::size_t count() const { return slots_.size(); }
    const SchedulerSlot& operator[](SchedulerIndex index) const { return *slots_[index]; }

    void batch_begins() { loads_.clear(); }
    const SchedulerLoad& load(SchedulerIndex index, double now);

  private:
    void add_up(double now);

    const Slots& slots_;
    const JobTable& jobs_;
    const HostStates& states_;
    const HostUse& use_;
    std::vector<SchedulerLoad> loads_; // of this batch; empty if nobody has asked
};

} // namespace batsim

#endif
