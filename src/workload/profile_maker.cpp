// profile_maker.cpp - makes one profile from its JSON object and from its elements.
#include "workload/profile_maker.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "workload/limits.hpp"

namespace batsim {

namespace {

constexpr double kMostParts = 1e6;

std::string ranks_text(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " rank" : " ranks");
}

} // namespace

ProfileMaker::ProfileMaker(const JsonObject& object, std::string full_name,
                           const std::string& folder) {
    profile_.full_name = std::move(full_name);
    profile_.type = object.string("type");
    profile_.json = object.text();
    profile_.return_code =
        static_cast<std::int32_t>(object.integer_or("ret", INT32_MIN, INT32_MAX, 0));
    profile_.body = read_profile_body(object, profile_.type, folder, elements_);
}

void ProfileMaker::add_element(ProfilePtr element, const std::string& file,
                               const std::string& place) {
    const auto& ranks = element->traits.rank_count;
    const std::string subject = "profile '" + std::string(element->name()) + "'";
    if (rank_count_ && ranks && *rank_count_ != *ranks)
        throw InputError(file, place,
                         subject + " has " + ranks_text(*ranks) + ", but an earlier element has " +
                             ranks_text(*rank_count_));
    if (!rank_count_) rank_count_ = ranks;
    if (std::holds_alternative<MergedProfile>(profile_.body) && !can_be_merged(*element))
        throw InputError(file, place,
                         subject + " of type '" + element->type +
                             "' is not a parallel task and cannot be merged with others");
    elements_of(profile_.body)->push_back(std::move(element));
}

ProfilePtr ProfileMaker::finish(const std::string& file, const std::string& place) {
    profile_.traits = traits_of(profile_.body);
    if (profile_.traits.depth > kDeepestNesting)
        throw InputError(
            file, place,
            "sequences are nested more than " + std::to_string(kDeepestNesting) + " deep");
    if (profile_.traits.part_count > kMostParts)
        throw InputError(
            file, place,
            "unrolls to more than " + number_text(kMostParts) + " parts; use 'repeat'");
    return std::make_shared<const Profile>(std::move(profile_));
}

} // namespace batsim
