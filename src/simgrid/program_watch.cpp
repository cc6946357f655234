// program_watch.cpp - adds up what MPI programs compute.
#include "simgrid/program_watch.hpp"

#include <set>

namespace batsim {

namespace {

// A smaller share of a host's load is a rounding error.
constexpr double kNothing = 1e-9;

} // namespace

void ProgramWatch::program_begins(TaskId id, const std::vector<HostId>& hosts,
                                  const std::vector<simgrid::s4u::Host*>& all_hosts) {
    if (programs_.empty()) // time_passed() has not looked at them
        for (auto& [other, task] : tasks_) task.left = task.exec->get_remaining_ratio();
    for (const HostId host : std::set<HostId>(hosts.begin(), hosts.end())) {
        hosts_[host] = all_hosts[host];
        programs_[id].push_back({host});
    }
}

void ProgramWatch::task_begins(TaskId id, const ParallelTask& task,
                               const simgrid::s4u::ExecPtr& exec) {
    tasks_[id] = {{task.hosts, task.flops, {}}, exec};
}

void ProgramWatch::ends(TaskId id) {
    programs_.erase(id);
    tasks_.erase(id);
}

std::map<HostId, ProgramWatch::Load> ProgramWatch::loads_for(double seconds) const {
    std::map<HostId, Load> loads;
    for (const auto& [id, hosts] : programs_)
        for (const HostWork& work : hosts) {
            const double flops = seconds * hosts_.at(work.host)->get_load();
            ++loads.try_emplace(work.host, Load{flops, 0}).first->second.programs;
        }
    return loads;
}

void ProgramWatch::time_passed(double seconds) {
    if (programs_.empty() || !(seconds > 0)) return;
    std::map<HostId, Load> loads = loads_for(seconds);
    for (auto& [id, task] : tasks_) {
        const double left = task.exec->get_remaining_ratio();
        for (std::size_t rank = 0; rank < task.amounts.hosts.size(); ++rank)
            if (const auto load = loads.find(task.amounts.hosts[rank]); load != loads.end())
                load->second.flops -= task.amounts.flops[rank] * (task.left - left);
        task.left = left;
    }
    for (auto& [id, hosts] : programs_)
        for (HostWork& work : hosts) {
            const Load& load = loads.at(work.host);
            if (!(load.flops > kNothing * seconds * hosts_.at(work.host)->get_speed())) continue;
            work.flops += load.flops / load.programs;
            work.seconds += seconds / load.programs;
        }
}

} // namespace batsim
