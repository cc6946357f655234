// energy_meter.hpp - how much energy hosts and jobs have consumed.
#ifndef BATSIM_ENGINE_ENERGY_METER_HPP
#define BATSIM_ENGINE_ENERGY_METER_HPP

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/compensated_sum.hpp"
#include "engine/executor.hpp"
#include "engine/host_meter.hpp"
#include "engine/host_states.hpp"
#include "engine/observer.hpp"
#include "engine/watts_of_all.hpp"

namespace batsim {

// An EnergyMeter adds up what each host draws. A host that is on draws
//
//     P_idle                                  while no rank computes on it, else
//     P_epsilon + load * (P_full - P_epsilon) with the share of its cores that compute as load,
//
// the power model of SimGrid's host energy plugin (F. C. Heinrich et al., "Predicting the energy
// consumption of MPI applications at scale using only a single node", CLUSTER 2017). A host that is
// off or switching draws what its pstate says, one that has failed nothing.
//
// A job is billed what its own ranks add by their load, and of the rest of each of its hosts an equal
// share with the other jobs on it: alone on its hosts, all that they draw.
class EnergyMeter : public HostMeter {
  public:
    // All compute hosts of the platform have a power model. It must outlive the meter.
    explicit EnergyMeter(const Platform& platform);
    // Before the simulation: where the meter learns the states of hosts, and who tells it on request
    // what jobs have computed. Both must live as long as the meter is asked.
    void attach(const HostStates& states, Executor& executor);

    void ranks_changed(HostId id, JobId job, int delta, double now) override;
    void computed(HostId id, JobId job, double seconds) override;
    void worked(HostId id, JobId job, double core_seconds, double now) override;

    void job_started(const JobRecord& job, double now);
    // Joules that the job has consumed.
    double job_ended(const JobRecord& job, double now);
    // The state or pstate of these hosts is another one from now on.
    void hosts_changed(const HostSet& hosts, double now);

    // What is consumed from date 0 until now, in joules.
    double total(double now);
    // In the order of the hosts, of which knows() must hold.
    std::vector<double> of_hosts(const HostSet& hosts, double now);
    // Whether they are all compute hosts, which have a power model.
    bool knows(const HostSet& hosts) const {
        return hosts.empty() || hosts.intervals().back().last < hosts_.size();
    }
    // What a host draws while this share of its cores computes.
    double watts(HostId id, double load) const;
    // Watts of all hosts together if each one computed, but for hardly any of the time.
    double least_watts() const { return least_watts_.sum(); }
    // What a host draws now without the load of its ranks.
    double base_watts(HostId host) const { return hosts_[host].base_watts; }

  private:
    struct HostEnergy {
        double joules = 0; // until `since`
        double since = 0;
        double base_watts = 0;
        double least_watts = 0;
        // That each job would be billed that was on the host from the start.
        CompensatedSum joules_per_job;
        std::uint32_t ranks = 0; // that compute
        std::uint32_t jobs = 0;
    };
    void update(HostEnergy& host, double now);
    void update_total(double now);
    void find_watts(HostId id, double now);
    CompensatedSum billed_to_each_job(const HostSet& hosts, double now, int joining);

    const Platform& platform_;
    const HostStates* states_ = nullptr;
    Executor* executor_ = nullptr;
    std::vector<HostEnergy> hosts_;       // compute hosts
    WattsOfAll base_watts_, least_watts_; // of all hosts
    CompensatedSum joules_;               // of all hosts, until `since_`
    double since_ = 0;
    std::unordered_map<JobId, CompensatedSum> jobs_; // running ones; never iterated
};

} // namespace batsim

#endif
