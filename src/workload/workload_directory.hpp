// workload_directory.hpp - the names of all workloads and profiles of a simulation.
#ifndef BATSIM_WORKLOAD_WORKLOAD_DIRECTORY_HPP
#define BATSIM_WORKLOAD_WORKLOAD_DIRECTORY_HPP

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workload/workload.hpp"

namespace batsim {

// First come the workloads that were read from files, then those without a file, which schedulers
// fill while the simulation runs.
class WorkloadDirectory {
  public:
    // Copies names and profiles, not the jobs. `others` are the names of the workloads without a file.
    explicit WorkloadDirectory(const std::vector<Workload>& workloads,
                               const std::vector<std::string>& others = {});

    const std::string& name(std::uint32_t workload) const { return workloads_[workload].name; }
    std::size_t size() const { return workloads_.size(); }
    std::optional<std::uint32_t> find(std::string_view name) const;
    // Files that its profiles name are relative to this.
    const std::string& folder(std::uint32_t workload) const { return workloads_[workload].folder; }

    // The profile with this full name, or nullptr. Profiles of SWF logs are named after their run
    // time and made on demand, whether or not a job has that run time.
    ProfilePtr find_profile(std::string_view full_name) const;
    // The workload must exist, the profile must not.
    void add_profile(ProfilePtr profile);
    // The profile must have been added; what uses it keeps it.
    void remove_profile(const std::string& full_name);

  private:
    struct Entry {
        std::string name;
        std::string folder;
        bool names_are_run_times;
        std::map<std::string, ProfilePtr, std::less<>> profiles; // by full name
    };
    Entry& entry_of(std::string_view full_name);

    std::vector<Entry> workloads_;
};

} // namespace batsim

#endif
