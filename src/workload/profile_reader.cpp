// profile_reader.cpp - profiles from their JSON objects, in the names of Batsim 2, 4 and 5.
#include "workload/profile_reader.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "workload/limits.hpp"
#include "workload/names.hpp"

namespace batsim {

namespace {

std::string place_of(const std::string& name) { return "/profiles" + pointer_part(name); }

} // namespace

ProfileReader::ProfileReader(std::string file, std::string workload, std::string folder)
    : file_(std::move(file)), workload_(std::move(workload)), folder_(std::move(folder)) {}

void ProfileReader::add(const std::string& name, const Json& value) {
    const JsonObject object(value, file_, place_of(name));
    if (pending_.count(name) != 0) object.fail(nullptr, "is defined twice");
    if (!is_name(name)) object.fail(nullptr, std::string("the name of a profile ") + kNameRule);
    pending_.emplace(name, ProfileMaker(object, workload_ + "!" + name, folder_));
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
    resolve_elements(name, pending, depth);
    pending.resolved = pending.maker.finish(file_, place_of(name));
    pending.state = Pending::State::kDone;
    return pending.resolved;
}

void ProfileReader::resolve_elements(const std::string& name, Pending& pending, std::size_t depth) {
    const auto& names = pending.maker.element_names();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string place = place_of(name) + pending.maker.element_pointer(i);
        const std::string element = without_prefix(names[i], workload_);
        pending.maker.add_element(resolve_one(element, find_element(element, place), depth + 1),
                                  file_, place);
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
