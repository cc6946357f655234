// profile.hpp - how a job uses its hosts while it runs.
#ifndef BATSIM_WORKLOAD_PROFILE_HPP
#define BATSIM_WORKLOAD_PROFILE_HPP

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workload/speedup.hpp"

namespace batsim {

struct Profile;

// A workload's table, the jobs that use it and the sequences that contain it share a profile; it
// never changes after the workload was read.
using ProfilePtr = std::shared_ptr<const Profile>;

// Nothing happens for some seconds, whatever the hosts.
struct DelayProfile {
    double seconds; // >= 0
};

// Nothing happens for a while that depends on the number of ranks.
struct MoldableDelayProfile {
    Speedup speedup;
};

// One rank on each host; rank i computes flops[i] and sends bytes[i * ranks + j] to rank j, all at
// once, at rates such that everything ends together.
struct ParallelProfile {
    std::size_t rank_count;
    std::vector<double> flops; // empty: nothing is computed
    std::vector<double> bytes; // row by row, from rank to rank; empty: nothing is sent
};

enum class AmountMeaning {
    kForEachValue,    // every rank computes `flops`, every ordered pair of ranks sends `bytes`
    kSpreadUniformly, // these are the totals over all ranks and over all pairs
};

// A parallel task whose ranks all do the same, on however many hosts the job gets.
struct HomogeneousProfile {
    double flops;
    double bytes;
    AmountMeaning meaning;
};

// Other profiles, one after the other, the whole list `repeat` times.
struct SequenceProfile {
    std::vector<ProfilePtr> elements;
    std::uint64_t repeat; // > 0
};

// All ranks read from and write to a storage host, each on its own, in one parallel task with it.
struct StorageProfile {
    double bytes_to_read, bytes_to_write; // by each rank or by all together, as `meaning` says
    std::string storage; // a label that the execution maps, or a storage host's name
    AmountMeaning meaning;
};

// Bytes go from one storage host to another; the hosts of the job only wait.
struct StagingProfile {
    double bytes;
    std::string from, to; // as StorageProfile::storage
};

// The ranks of an MPI program do again what its time-independent trace says. There may be more or
// fewer ranks than hosts: rank i is on host i modulo their number.
struct MpiTraceProfile {
    std::vector<std::string> traces; // paths, one for each rank
};

// For as long as a host takes for `flops` at full speed, this share of its computing power is used.
struct UsagePhase {
    double usage; // 0 .. 1
    double flops;
};

// How much of a host each rank has used, phase by phase. That was measured, with whatever else was on
// the host: other jobs there do not slow it down.
struct UsageTraceProfile {
    std::vector<std::vector<UsagePhase>> ranks;
};

// Other profiles at once on the same hosts; it ends with the last.
struct ForkJoinProfile {
    std::vector<ProfilePtr> elements;
};

// One parallel task whose amounts are the sums of those of its elements, which are parallel tasks.
struct MergedProfile {
    std::vector<ProfilePtr> elements;
};

// A type that this program does not know; it can be described but not executed.
struct UnknownProfile {
    std::string type;
};

using ProfileBody =
    std::variant<DelayProfile, MoldableDelayProfile, ParallelProfile, HomogeneousProfile,
                 SequenceProfile, StorageProfile, StagingProfile, MpiTraceProfile,
                 UsageTraceProfile, ForkJoinProfile, MergedProfile, UnknownProfile>;

// What follows from a body and those of all its elements.
struct ProfileTraits {
    std::optional<std::size_t> rank_count; // nothing: runs on any number of hosts
    // Of the MPI programs in it. They run on any number of hosts too, but if the host of each rank is
    // given, it must be given for as many.
    std::set<std::size_t> program_rank_counts;
    bool computes = false;         // is slowed down by others that compute on its hosts
    bool communicates = false;     // sends bytes over a network if it has several hosts
    bool uses_storage = false;     // sends bytes from or to a storage host
    bool is_program = false;       // a part of it replays the trace of an MPI program
    bool shares_itself = false;    // several parts of it may compute at once on one host
    std::string unknown_type;      // of the first part that cannot be executed; "": none
    double part_count = 1;         // parts of all sequences, each repetition counted once
    std::size_t depth = 0;         // how deep compositions are nested in it
    std::optional<double> seconds; // run time, if it is the same on all hosts
};

struct Profile {
    std::string full_name;        // "workload!profile"
    std::string type;             // as the workload calls it: "delay", "ParallelTaskProfile", ...
    std::int32_t return_code = 0; // of the jobs that run it to the end; 0 is success
    std::string json;             // the whole profile as in the workload; see profile_json
    ProfileBody body;
    ProfileTraits traits; // what traits_of(body) says

    std::string_view name() const; // without "workload!"
};

ProfileTraits traits_of(const ProfileBody& body);

// The number of ranks that a profile needs if it cannot run with `rank_count`, of which the hosts
// are given one by one (`is_mapped`) or follow from the allocation.
std::optional<std::size_t> needed_instead_of(std::size_t rank_count, bool is_mapped,
                                             const ProfileTraits& traits);

// The profile as a JSON object; made on the spot where the workload file had none (SWF).
std::string profile_json(const Profile& profile);

// The flops of each rank, if there are `rank_count`.
double flops_of_a_rank(const HomogeneousProfile& profile, std::size_t rank_count);
// The flops that each of `rank_count` ranks computes; empty if none does anything.
std::vector<double> rank_flops(const HomogeneousProfile& profile, std::size_t rank_count);
// The bytes from rank to rank, row by row; empty if nothing is sent.
std::vector<double> rank_bytes(const HomogeneousProfile& profile, std::size_t rank_count);

} // namespace batsim

#endif
