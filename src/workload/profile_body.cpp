// profile_body.cpp - what a profile does, from its JSON object.
#include "workload/profile_body.hpp"

#include <array>
#include <cmath>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "workload/limits.hpp"
#include "workload/trace_reader.hpp"

namespace batsim {

namespace {

enum class ProfileType {
    kDelay,
    kMoldableDelay,
    kParallel,
    kHomogeneous,
    kHomogeneousTotal,
    kSequence,
    kStorage,
    kStaging,
    kTrace,
    kMpiTrace,
    kUsageTrace,
    kForkJoin,
    kMerged,
};

struct TypeName {
    std::string_view name;
    ProfileType type;
};

// Every version's name means the same everywhere, also the short forms in upstream's own files.
constexpr std::array kTypeNames{
    TypeName{"delay", ProfileType::kDelay},
    TypeName{"DelayProfile", ProfileType::kDelay},
    TypeName{"moldable_delay", ProfileType::kMoldableDelay},
    TypeName{"parallel", ProfileType::kParallel},
    TypeName{"msg_par", ProfileType::kParallel},
    TypeName{"ptask", ProfileType::kParallel},
    TypeName{"ParallelTaskProfile", ProfileType::kParallel},
    TypeName{"parallel_homogeneous", ProfileType::kHomogeneous},
    TypeName{"msg_par_hg", ProfileType::kHomogeneous},
    TypeName{"ptask_homogeneous", ProfileType::kHomogeneous},
    TypeName{"ParallelTaskHomogeneousProfile", ProfileType::kHomogeneous},
    TypeName{"parallel_homogeneous_total", ProfileType::kHomogeneousTotal},
    TypeName{"msg_par_hg_tot", ProfileType::kHomogeneousTotal},
    TypeName{"composed", ProfileType::kSequence},
    TypeName{"composition_sequential", ProfileType::kSequence},
    TypeName{"SequentialCompositionProfile", ProfileType::kSequence},
    TypeName{"parallel_homogeneous_pfs", ProfileType::kStorage},
    TypeName{"msg_par_hg_pfs", ProfileType::kStorage},
    TypeName{"ptask_on_storage_homogeneous", ProfileType::kStorage},
    TypeName{"ParallelTaskOnStorageHomogeneousProfile", ProfileType::kStorage},
    TypeName{"data_staging", ProfileType::kStaging},
    TypeName{"ptask_data_staging_between_storages", ProfileType::kStaging},
    TypeName{"ParallelTaskDataStagingBetweenStoragesProfile", ProfileType::kStaging},
    TypeName{"TraceReplayProfile", ProfileType::kTrace},
    TypeName{"smpi", ProfileType::kMpiTrace},
    TypeName{"trace_replay_smpi", ProfileType::kMpiTrace},
    TypeName{"usage_trace", ProfileType::kUsageTrace},
    TypeName{"trace_replay_fractional_computation", ProfileType::kUsageTrace},
    TypeName{"fork_join", ProfileType::kForkJoin},
    TypeName{"composition_fork_join", ProfileType::kForkJoin},
    TypeName{"ForkJoinCompositionProfile", ProfileType::kForkJoin},
    TypeName{"merged", ProfileType::kMerged},
    TypeName{"ptask_merge_composition", ProfileType::kMerged},
    TypeName{"ParallelTaskMergeCompositionProfile", ProfileType::kMerged},
};

std::optional<ProfileType> type_of(std::string_view name) {
    for (const TypeName& known : kTypeNames)
        if (known.name == name) return known.type;
    return std::nullopt;
}

// Numbers of ranks, increasing.
std::vector<std::size_t> read_rank_counts(const JsonObject& object) {
    const std::vector<double> numbers = object.numbers("ranks", kMaxHosts);
    if (numbers.empty()) object.fail("ranks", "must have at least one number of ranks, is []");
    double before = 0;
    for (const double number : numbers) {
        if (number != std::floor(number) || number <= before)
            object.fail("ranks",
                        "must be integers >= 1 in increasing order, has " + number_text(number));
        before = number;
    }
    return {numbers.begin(), numbers.end()};
}

// One number for each of `ranks`.
std::vector<double> read_column(const JsonObject& object, const char* key, std::size_t count) {
    std::vector<double> numbers = object.numbers(key, kMaxSeconds);
    if (numbers.size() != count)
        object.fail(key, "must have " + std::to_string(count) + " numbers like 'ranks', has " +
                             std::to_string(numbers.size()));
    return numbers;
}

// Of two ways to say the same, only one.
void check_absent(const JsonObject& object, std::initializer_list<const char*> members,
                  const std::string& other) {
    for (const char* member : members)
        if (object.has(member))
            object.fail(member, "is not for a profile that has '" + other + "'");
}

TabledRunTimes read_run_times(const JsonObject& object) {
    TabledRunTimes table{read_rank_counts(object), {}};
    check_absent(object, {"A", "sigma"}, "ranks");
    if (object.has("run_times")) {
        check_absent(object, {"delay", "speedups"}, "run_times");
        table.seconds = read_column(object, "run_times", table.ranks.size());
        return table;
    }
    const double sequential = object.number("delay", 0, kMaxSeconds);
    for (const double speedup : read_column(object, "speedups", table.ranks.size())) {
        if (!(speedup >= kLeastSpeedup))
            object.fail("speedups", "must be >= " + number_text(kLeastSpeedup) + ", has " +
                                        number_text(speedup));
        table.seconds.push_back(sequential / speedup);
    }
    return table;
}

Speedup read_speedup(const JsonObject& object) {
    if (object.has("ranks")) return read_run_times(object);
    if (!object.has("A"))
        object.fail(nullptr,
                    "has neither 'A' and 'sigma' nor a table of 'ranks' and 'run_times' "
                    "or 'speedups'");
    return DowneySpeedup{object.number("delay", 0, kMaxSeconds), object.number("A", 1, kMaxHosts),
                         object.number("sigma", 0, kMaxVariance)};
}

ParallelProfile read_parallel(const JsonObject& object) {
    ParallelProfile profile{};
    if (!object.has("cpu") && !object.has("com"))
        object.fail(nullptr, "has neither 'cpu' nor 'com'");
    if (object.has("cpu")) {
        profile.flops = object.numbers("cpu", kMaxAmount);
        profile.rank_count = profile.flops.size();
        if (profile.rank_count == 0) object.fail("cpu", "must have a number for each rank, is []");
    }
    if (!object.has("com")) return profile;
    profile.bytes = object.numbers("com", kMaxAmount);
    if (!object.has("cpu"))
        while (profile.rank_count * profile.rank_count < profile.bytes.size()) ++profile.rank_count;
    if (profile.rank_count == 0 ||
        profile.bytes.size() != profile.rank_count * profile.rank_count) {
        const std::string wanted = object.has("cpu")
                                       ? std::to_string(profile.rank_count * profile.rank_count) +
                                             " numbers, the square of the " +
                                             std::to_string(profile.rank_count) + " ranks of 'cpu'"
                                       : "a square number of numbers (a row for each rank)";
        object.fail("com", "must have " + wanted + ", has " + std::to_string(profile.bytes.size()));
    }
    return profile;
}

AmountMeaning read_meaning(const JsonObject& object, bool total) {
    if (!object.has("generation_strategy"))
        return total ? AmountMeaning::kSpreadUniformly : AmountMeaning::kForEachValue;
    const std::string strategy = object.string("generation_strategy");
    if (strategy == "DefinedAmountsUsedForEachValue" ||
        strategy == "defined_amount_used_for_each_value")
        return AmountMeaning::kForEachValue;
    if (strategy == "DefinedAmountsSpreadUniformly" ||
        strategy == "defined_amount_spread_uniformly")
        return AmountMeaning::kSpreadUniformly;
    object.fail(
        "generation_strategy",
        "must be 'DefinedAmountsUsedForEachValue' or 'DefinedAmountsSpreadUniformly', is '" +
            strategy + "'");
}

HomogeneousProfile read_homogeneous(const JsonObject& object, ProfileType type) {
    if (!object.has("cpu") && !object.has("com"))
        object.fail(nullptr, "has neither 'cpu' nor 'com'");
    return {object.has("cpu") ? object.number("cpu", 0, kMaxAmount) : 0,
            object.has("com") ? object.number("com", 0, kMaxAmount) : 0,
            read_meaning(object, type == ProfileType::kHomogeneousTotal)};
}

std::uint64_t read_repeat(const JsonObject& object) {
    return static_cast<std::uint64_t>(object.integer_or("repeat", 1, kMaxRepeat, 1));
}

StorageProfile read_storage(const JsonObject& object) {
    if (!object.has("bytes_to_read") && !object.has("bytes_to_write"))
        object.fail(nullptr, "has neither 'bytes_to_read' nor 'bytes_to_write'");
    StorageProfile profile{0, 0, "pfs", read_meaning(object, false)};
    if (object.has("bytes_to_read"))
        profile.bytes_to_read = object.number("bytes_to_read", 0, kMaxAmount);
    if (object.has("bytes_to_write"))
        profile.bytes_to_write = object.number("bytes_to_write", 0, kMaxAmount);
    for (const char* key : {"host", "storage"})
        if (object.has(key)) profile.storage = object.string(key);
    return profile;
}

// The list of traces that the profile names, under its name in v5 or in v4.
std::string trace_path(const JsonObject& object, const std::string& folder) {
    const std::string name = object.string(object.has("trace") ? "trace" : "filename");
    return (std::filesystem::path(folder) / name).string();
}

MpiTraceProfile read_mpi_trace(const JsonObject& object, const std::string& folder) {
    MpiTraceProfile profile = read_mpi_traces(trace_path(object, folder));
    const auto ranks = static_cast<std::int64_t>(profile.traces.size());
    if (object.has("mpi_size") && object.integer("mpi_size", 1, kMaxHosts) != ranks)
        object.fail("mpi_size", "is not the number of traces, " + std::to_string(ranks));
    return profile;
}

ProfileBody read_trace(const JsonObject& object, const std::string& folder) {
    const std::string type = object.string("trace_type");
    if (type == "SMPI") return read_mpi_trace(object, folder);
    if (type == "FractionalComputation") return read_usage_traces(trace_path(object, folder));
    object.fail("trace_type", "must be 'SMPI' or 'FractionalComputation', is '" + type + "'");
}

ElementNames read_elements(const JsonObject& object) {
    const char* key = object.has("profiles") ? "profiles" : "seq";
    ElementNames elements{object.strings(key), key};
    if (elements.names.empty()) object.fail(key, "must name at least one profile, is []");
    return elements;
}

} // namespace

ProfileBody read_profile_body(const JsonObject& object, const std::string& type,
                              const std::string& folder, ElementNames& elements) {
    const auto known = type_of(type);
    if (!known) return UnknownProfile{type};
    switch (*known) {
        case ProfileType::kDelay: return DelayProfile{object.number("delay", 0, kMaxSeconds)};
        case ProfileType::kMoldableDelay: return MoldableDelayProfile{read_speedup(object)};
        case ProfileType::kParallel: return read_parallel(object);
        case ProfileType::kHomogeneous:
        case ProfileType::kHomogeneousTotal: return read_homogeneous(object, *known);
        case ProfileType::kStorage: return read_storage(object);
        case ProfileType::kStaging:
            return StagingProfile{object.number("nb_bytes", 0, kMaxAmount), object.string("from"),
                                  object.string("to")};
        case ProfileType::kTrace: return read_trace(object, folder);
        case ProfileType::kMpiTrace: return read_mpi_trace(object, folder);
        case ProfileType::kUsageTrace: return read_usage_traces(trace_path(object, folder));
        case ProfileType::kSequence:
            elements = read_elements(object);
            return SequenceProfile{{}, read_repeat(object)};
        case ProfileType::kForkJoin: elements = read_elements(object); return ForkJoinProfile{};
        case ProfileType::kMerged: elements = read_elements(object); return MergedProfile{};
    }
    fail_assertion("known profile type", __FILE__, __LINE__);
}

std::vector<ProfilePtr>* elements_of(ProfileBody& body) {
    if (auto* sequence = std::get_if<SequenceProfile>(&body)) return &sequence->elements;
    if (auto* fork = std::get_if<ForkJoinProfile>(&body)) return &fork->elements;
    if (auto* merged = std::get_if<MergedProfile>(&body)) return &merged->elements;
    return nullptr;
}

bool can_be_merged(const Profile& profile) {
    return std::holds_alternative<ParallelProfile>(profile.body) ||
           std::holds_alternative<HomogeneousProfile>(profile.body) ||
           std::holds_alternative<StorageProfile>(profile.body) ||
           std::holds_alternative<StagingProfile>(profile.body) ||
           std::holds_alternative<MergedProfile>(profile.body);
}

} // namespace batsim
