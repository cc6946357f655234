// profile_reader.cpp - profiles from their JSON objects, in the names of Batsim 2, 4 and 5.
#include "workload/profile_reader.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "base/assert.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "workload/limits.hpp"

namespace batsim {

namespace {

constexpr std::size_t kDeepestNesting = 1000;
constexpr double kMostParts = 1e6;

enum class ProfileType { kDelay, kParallel, kHomogeneous, kHomogeneousTotal, kSequence };

struct TypeName {
    std::string_view name;
    ProfileType type;
};

// Every version's name means the same everywhere, also the short forms in upstream's own files.
constexpr std::array kTypeNames{
    TypeName{"delay", ProfileType::kDelay},
    TypeName{"DelayProfile", ProfileType::kDelay},
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
};

std::optional<ProfileType> type_of(std::string_view name) {
    for (const TypeName& known : kTypeNames)
        if (known.name == name) return known.type;
    return std::nullopt;
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

AmountMeaning read_meaning(const JsonObject& object, ProfileType type) {
    const bool total = type == ProfileType::kHomogeneousTotal;
    if (!object.has("generation_strategy"))
        return total ? AmountMeaning::kSpreadUniformly : AmountMeaning::kForEachValue;
    const std::string strategy = object.string("generation_strategy");
    if (strategy == "DefinedAmountsUsedForEachValue") return AmountMeaning::kForEachValue;
    if (strategy == "DefinedAmountsSpreadUniformly") return AmountMeaning::kSpreadUniformly;
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
            read_meaning(object, type)};
}

std::uint64_t read_repeat(const JsonObject& object) {
    return static_cast<std::uint64_t>(object.integer_or("repeat", 1, kMaxRepeat, 1));
}

std::string ranks_text(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " rank" : " ranks");
}

} // namespace

ProfileReader::ProfileReader(std::string file, std::string workload)
    : file_(std::move(file)), workload_(std::move(workload)) {}

void ProfileReader::add(const std::string& name, const Json& value) {
    const JsonObject object(value, file_, "/profiles/" + name);
    if (pending_.count(name) != 0) object.fail(nullptr, "is defined twice");
    if (name.empty() || name.find('!') != std::string::npos)
        object.fail(nullptr, "the name of a profile must be a text without '!'");
    Pending pending;
    pending.profile.full_name = workload_ + "!" + name;
    pending.profile.type = object.string("type");
    pending.profile.json = value.dump();
    pending.profile.return_code =
        static_cast<std::int32_t>(object.integer_or("ret", INT32_MIN, INT32_MAX, 0));
    pending.profile.body = read_body(object, pending);
    pending_.emplace(name, std::move(pending));
}

ProfileBody ProfileReader::read_body(const JsonObject& object, Pending& pending) const {
    const auto type = type_of(pending.profile.type);
    if (!type) return UnknownProfile{pending.profile.type};
    switch (*type) {
        case ProfileType::kDelay: return DelayProfile{object.number("delay", 0, kMaxSeconds)};
        case ProfileType::kParallel: return read_parallel(object);
        case ProfileType::kHomogeneous:
        case ProfileType::kHomogeneousTotal: return read_homogeneous(object, *type);
        case ProfileType::kSequence:
            pending.elements = object.strings("seq");
            if (pending.elements.empty())
                object.fail("seq", "must name at least one profile, is []");
            return SequenceProfile{{}, read_repeat(object)};
    }
    fail_assertion("known profile type", __FILE__, __LINE__);
}

std::map<std::string, ProfilePtr, std::less<>> ProfileReader::resolve() {
    std::map<std::string, ProfilePtr, std::less<>> profiles;
    for (auto& [name, pending] : pending_) {
        ProfilePtr profile = resolve_one(name, pending, 0);
        profiles.emplace(profile->full_name, std::move(profile));
    }
    return profiles;
}

ProfilePtr ProfileReader::resolve_one(const std::string& name, Pending& pending,
                                      std::size_t depth) {
    if (pending.state == Pending::State::kDone) return pending.resolved;
    if (depth > kDeepestNesting)
        throw InputError(
            file_, "/profiles/" + name,
            "sequences are nested more than " + std::to_string(kDeepestNesting) + " deep");
    pending.state = Pending::State::kOpen;
    if (std::holds_alternative<SequenceProfile>(pending.profile.body))
        resolve_elements(name, pending, depth);
    pending.profile.traits = traits_of(pending.profile.body);
    if (pending.profile.traits.part_count > kMostParts)
        throw InputError(
            file_, "/profiles/" + name,
            "unrolls to more than " + number_text(kMostParts) + " parts; use 'repeat'");
    pending.state = Pending::State::kDone;
    pending.resolved = std::make_shared<const Profile>(std::move(pending.profile));
    return pending.resolved;
}

void ProfileReader::resolve_elements(const std::string& name, Pending& pending, std::size_t depth) {
    auto& elements = std::get<SequenceProfile>(pending.profile.body).elements;
    std::optional<std::size_t> ranks;
    for (std::size_t i = 0; i < pending.elements.size(); ++i) {
        const std::string place = "/profiles/" + name + "/seq/" + std::to_string(i);
        const std::string& element_name = pending.elements[i];
        ProfilePtr element =
            resolve_one(element_name, find_element(element_name, place), depth + 1);
        const auto& element_ranks = element->traits.rank_count;
        if (ranks && element_ranks && *ranks != *element_ranks)
            throw InputError(file_, place,
                             "profile '" + element_name + "' has " + ranks_text(*element_ranks) +
                                 ", but an earlier element of the sequence has " +
                                 ranks_text(*ranks));
        if (!ranks) ranks = element_ranks;
        elements.push_back(std::move(element));
    }
}

ProfileReader::Pending& ProfileReader::find_element(const std::string& name,
                                                    const std::string& place) {
    const auto found = pending_.find(name);
    if (found == pending_.end()) {
        std::vector<std::string> names;
        for (const auto& entry : pending_) names.push_back(entry.first);
        throw InputError(file_, place, "no profile '" + name + "'" + suggestion(name, names));
    }
    if (found->second.state == Pending::State::kOpen)
        throw InputError(file_, place, "profile '" + name + "' contains itself");
    return found->second;
}

} // namespace batsim
