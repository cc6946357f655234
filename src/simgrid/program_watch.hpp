// program_watch.hpp - adds up what MPI programs compute.
#ifndef BATSIM_SIMGRID_PROGRAM_WATCH_HPP
#define BATSIM_SIMGRID_PROGRAM_WATCH_HPP

#include <map>
#include <simgrid/s4u.hpp>
#include <vector>

#include "engine/backend.hpp"

namespace batsim {

// A ProgramWatch integrates the load of hosts over time for the programs on them. SimGrid shares hosts
// anew only where its clock stops, so that loads are constant in between. What parallel tasks
// have computed on the same hosts is taken off, the rest belongs to programs, to several in equal
// parts.
class ProgramWatch {
  public:
    void program_begins(TaskId id, const std::vector<HostId>& hosts,
                        const std::vector<simgrid::s4u::Host*>& all_hosts);
    void task_begins(TaskId id, const ParallelTask& task, const simgrid::s4u::ExecPtr& exec);
    // Of any task. What a program has done is forgotten.
    void ends(TaskId id);

    // SimGrid's clock has gone on by so many seconds; hosts have not been shared anew since.
    void time_passed(double seconds);
    const std::vector<HostWork>& work(TaskId program) const { return programs_.at(program); }

  private:
    struct Task {
        ParallelTask amounts; // without bytes
        simgrid::s4u::ExecPtr exec;
        double left = 1; // of the exec, at the last time
    };
    struct Load {
        double flops;
        unsigned programs;
    };
    std::map<HostId, Load> loads_for(double seconds) const;

    std::map<HostId, const simgrid::s4u::Host*> hosts_; // on which programs have been
    std::map<TaskId, std::vector<HostWork>> programs_;
    std::map<TaskId, Task> tasks_;
};

} // namespace batsim

#endif
