// profile_reader.cpp - profiles from their JSON objects, in the names of Batsim 2, 4 and 5.
#include "workload/profile_reader.hpp"

#include <string_view>
#include <utility>

#include "base/assert.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "workload/names.hpp"
#include "workload/profile_body.hpp"

namespace batsim {

namespace {

constexpr std::size_t kDeepestNesting = 1000;
constexpr double kMostParts = 1e6;

std::string place_of(const std::string& name) { return "/profiles" + pointer_part(name); }

std::string ranks_text(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " rank" : " ranks");
}

} // namespace

ProfileReader::ProfileReader(std::string file, std::string workload, std::string folder)
    : file_(std::move(file)), workload_(std::move(workload)), folder_(std::move(folder)) {}

void ProfileReader::add(const std::string& name, const Json& value) {
    const JsonObject object(value, file_, place_of(name));
    if (pending_.count(name) != 0) object.fail(nullptr, "is defined twice");
    if (!is_name(name)) object.fail(nullptr, std::string("the name of a profile ") + kNameRule);
    Pending pending;
    pending.profile.full_name = workload_ + "!" + name;
    pending.profile.type = object.string("type");
    pending.profile.json = value.dump();
    pending.profile.return_code =
        static_cast<std::int32_t>(object.integer_or("ret", INT32_MIN, INT32_MAX, 0));
    pending.profile.body =
        read_profile_body(object, pending.profile.type, folder_, pending.elements);
    pending_.emplace(name, std::move(pending));
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
            file_, place_of(name),
            "sequences are nested more than " + std::to_string(kDeepestNesting) + " deep");
    pending.state = Pending::State::kOpen;
    if (!pending.elements.names.empty()) resolve_elements(name, pending, depth);
    pending.profile.traits = traits_of(pending.profile.body);
    if (pending.profile.traits.part_count > kMostParts)
        throw InputError(
            file_, place_of(name),
            "unrolls to more than " + number_text(kMostParts) + " parts; use 'repeat'");
    pending.state = Pending::State::kDone;
    pending.resolved = std::make_shared<const Profile>(std::move(pending.profile));
    return pending.resolved;
}

void ProfileReader::resolve_elements(const std::string& name, Pending& pending, std::size_t depth) {
    std::optional<std::size_t> ranks;
    for (std::size_t i = 0; i < pending.elements.names.size(); ++i) {
        const std::string place =
            place_of(name) + "/" + pending.elements.key + "/" + std::to_string(i);
        const std::string element_name = without_prefix(pending.elements.names[i], workload_);
        ProfilePtr element =
            resolve_one(element_name, find_element(element_name, place), depth + 1);
        const auto& element_ranks = element->traits.rank_count;
        if (ranks && element_ranks && *ranks != *element_ranks)
            throw InputError(file_, place,
                             "profile '" + element_name + "' has " + ranks_text(*element_ranks) +
                                 ", but an earlier element has " + ranks_text(*ranks));
        if (!ranks) ranks = element_ranks;
        if (std::holds_alternative<MergedProfile>(pending.profile.body) && !can_be_merged(*element))
            throw InputError(file_, place,
                             "profile '" + element_name + "' of type '" + element->type +
                                 "' is not a parallel task and cannot be merged with others");
        elements_of(pending.profile.body)->push_back(std::move(element));
    }
}

ProfileReader::Pending& ProfileReader::find_element(const std::string& name,
                                                    const std::string& place) {
    const auto found = pending_.find(name);
    if (found == pending_.end()) {
        std::vector<std::string> names;
        for (const auto& entry : pending_) names.push_back(entry.first);
        throw InputError(file_, place,
                         "no profile '" + shortened(name) + "'" + suggestion(name, names));
    }
    if (found->second.state == Pending::State::kOpen)
        throw InputError(file_, place, "profile '" + shortened(name) + "' contains itself");
    return found->second;
}

} // namespace batsim
