// rank_amounts.hpp - what each rank of a parallel task computes and sends.
#ifndef BATSIM_ENGINE_RANK_AMOUNTS_HPP
#define BATSIM_ENGINE_RANK_AMOUNTS_HPP

#include <functional>
#include <string>
#include <vector>

#include "engine/backend.hpp"
#include "engine/rank_hosts.hpp"
#include "workload/profile.hpp"

namespace batsim {

// Finds the storage host that a label in a profile means.
using FindStorage = std::function<HostId(const std::string& label)>;

// Flops of each rank, bytes from rank to rank by row; either may be empty: nothing.
struct RankAmounts {
    std::vector<double> flops;
    std::vector<double> bytes;
};

// The amounts that a parallel task on `rank_count` ranks has apart from storage.
RankAmounts rank_amounts(const ParallelProfile& profile, std::size_t rank_count);
RankAmounts rank_amounts(const HomogeneousProfile& profile, std::size_t rank_count);

// The flops of each rank alone: the table of bytes has as many entries as ranks squared. Empty for
// profiles that are no parallel tasks, and where nothing is computed.
std::vector<double> flops_of_ranks(const Profile& profile, std::size_t rank_count);
std::vector<double> flops_of_ranks(const MergedProfile& profile, std::size_t rank_count);

// The parallel task that SimGrid is to execute. Storage hosts that it uses are further ranks at its
// end that compute nothing. `profile` must be a parallel task.
ParallelTask parallel_task(const Profile& profile, const RankHosts& ranks,
                           const FindStorage& find_storage);

// The labels of all storage hosts that the profile and its parts use, each once, sorted.
std::vector<std::string> storage_labels(const Profile& profile);

} // namespace batsim

#endif
