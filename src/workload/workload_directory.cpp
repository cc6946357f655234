// workload_directory.cpp - the names of all workloads and profiles of a simulation.
#include "workload/workload_directory.hpp"

#include <filesystem>
#include <utility>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "workload/swf_line.hpp"

namespace batsim {

namespace {

// Absolute, because a plugin may change the working directory.
std::string folder_of(const std::string& path) {
    return (std::filesystem::current_path() / path).parent_path().string();
}

std::string_view workload_part(std::string_view full_name) {
    return full_name.substr(0, full_name.find('!'));
}

} // namespace

WorkloadDirectory::WorkloadDirectory(const std::vector<Workload>& workloads,
                                     const std::vector<std::string>& others) {
    for (const Workload& workload : workloads)
        workloads_.push_back(
            {workload.name, folder_of(workload.path), workload.is_log, workload.profiles});
    for (const std::string& name : others)
        workloads_.push_back({name, std::filesystem::current_path().string(), false, {}});
}

std::optional<std::uint32_t> WorkloadDirectory::find(std::string_view name) const {
    for (std::uint32_t i = 0; i < workloads_.size(); ++i)
        if (workloads_[i].name == name) return i;
    return std::nullopt;
}

ProfilePtr WorkloadDirectory::find_profile(std::string_view full_name) const {
    const std::size_t separator = full_name.find('!');
    if (separator == std::string_view::npos) return nullptr;
    const auto workload = find(workload_part(full_name));
    if (!workload) return nullptr;
    const Entry& entry = workloads_[*workload];
    const auto found = entry.profiles.find(full_name);
    if (found != entry.profiles.end()) return found->second;
    if (!entry.names_are_run_times) return nullptr;
    const auto run_time = parse_double(full_name.substr(separator + 1));
    if (!run_time || *run_time < 0) return nullptr;
    return make_swf_profile(*run_time, entry.name + "!");
}

WorkloadDirectory::Entry& WorkloadDirectory::entry_of(std::string_view full_name) {
    const auto workload = find(workload_part(full_name));
    BATSIM_ASSERT(workload.has_value());
    return workloads_[*workload];
}

void WorkloadDirectory::add_profile(ProfilePtr profile) {
    const std::string& name = profile->full_name;
    const bool is_new = entry_of(name).profiles.emplace(name, std::move(profile)).second;
    BATSIM_ASSERT(is_new);
}

void WorkloadDirectory::remove_profile(const std::string& full_name) {
    const std::size_t removed = entry_of(full_name).profiles.erase(full_name);
    BATSIM_ASSERT(removed == 1);
}

} // namespace batsim
