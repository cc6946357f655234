// profile_body.hpp - what a profile does, from its JSON object.
#ifndef BATSIM_WORKLOAD_PROFILE_BODY_HPP
#define BATSIM_WORKLOAD_PROFILE_BODY_HPP

#include <string>
#include <vector>

#include "base/json.hpp"
#include "workload/profile.hpp"

namespace batsim {

// The profiles that a composition consists of, by name, and the member that gave them.
struct ElementNames {
    std::vector<std::string> names;
    std::string key;
};

// The body of a profile of this type; of a composition without its elements, whose names go to
// `elements`. Files that the profile names are relative to `folder`. Throws InputError; an unknown
// type is an UnknownProfile.
ProfileBody read_profile_body(const JsonObject& object, const std::string& type,
                              const std::string& folder, ElementNames& elements);

// The elements of a composition, or nullptr.
std::vector<ProfilePtr>* elements_of(ProfileBody& body);

// Whether the profile is one parallel task, whose amounts can be added to those of another one.
bool can_be_merged(const Profile& profile);

} // namespace batsim

#endif
