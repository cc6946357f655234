// workload_directory.cpp - the names of all workloads and profiles of a simulation.
#include "workload/workload_directory.hpp"

#include "base/text.hpp"
#include "workload/swf_line.hpp"

namespace batsim {

WorkloadDirectory::WorkloadDirectory(const std::vector<Workload>& workloads) {
    for (const Workload& workload : workloads)
        workloads_.push_back({workload.name, workload.is_log, workload.profiles});
}

ProfilePtr WorkloadDirectory::find_profile(std::string_view full_name) const {
    const std::size_t separator = full_name.find('!');
    if (separator == std::string_view::npos) return nullptr;
    const std::string_view workload = full_name.substr(0, separator);
    for (const Entry& entry : workloads_) {
        if (entry.name != workload) continue;
        const auto found = entry.profiles.find(full_name);
        if (found != entry.profiles.end()) return found->second;
        if (!entry.names_are_run_times) return nullptr;
        const auto run_time = parse_double(full_name.substr(separator + 1));
        if (!run_time || *run_time < 0) return nullptr;
        return make_swf_profile(*run_time, entry.name + "!");
    }
    return nullptr;
}

} // namespace batsim
