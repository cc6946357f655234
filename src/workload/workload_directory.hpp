// workload_directory.hpp - the names of all workloads and profiles of a simulation.
#ifndef BATSIM_WORKLOAD_WORKLOAD_DIRECTORY_HPP
#define BATSIM_WORKLOAD_WORKLOAD_DIRECTORY_HPP

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "workload/workload.hpp"

namespace batsim {

class WorkloadDirectory {
  public:
    // Copies names and profiles, not the jobs.
    explicit WorkloadDirectory(const std::vector<Workload>& workloads);

    const std::string& name(std::uint32_t workload) const { return workloads_[workload].name; }
    std::size_t size() const { return workloads_.size(); }

    // The profile with this full name, or nullptr. Profiles of SWF logs are named after their run
    // time and made on demand, whether or not a job has that run time.
    ProfilePtr find_profile(std::string_view full_name) const;

  private:
    struct Entry {
        std::string name;
        bool names_are_run_times;
        std::map<std::string, ProfilePtr, std::less<>> profiles;
    };
    std::vector<Entry> workloads_;
};

} // namespace batsim

#endif
