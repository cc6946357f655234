// registered_profile.cpp - a profile that comes while the simulation runs, not in a workload file.
#include "workload/registered_profile.hpp"

#include "base/error.hpp"
#include "base/json.hpp"
#include "workload/profile_maker.hpp"

namespace batsim {

namespace {

Json parse(std::string_view text, const std::string& file) {
    if (nesting_depth(text) > kDeepestJson)
        throw InputError(file, "", "nested more than " + std::to_string(kDeepestJson) + " deep");
    return parse_json(text, file);
}

} // namespace

ProfilePtr read_registered_profile(const std::string& full_name, std::string_view json,
                                   std::uint32_t workload, const WorkloadDirectory& directory) {
    const std::string file = "profile '" + full_name + "'";
    const Json value = parse(json, file);
    ProfileMaker maker(JsonObject(value, file, ""), full_name, directory.folder(workload));
    const auto& names = maker.element_names();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool is_full = names[i].find('!') != std::string::npos;
        const std::string element = is_full ? names[i] : directory.name(workload) + "!" + names[i];
        ProfilePtr found = directory.find_profile(element);
        const std::string place = maker.element_pointer(i);
        if (!found) throw InputError(file, place, "there is no profile '" + element + "'");
        maker.add_element(std::move(found), file, place);
    }
    return maker.finish(file, "");
}

} // namespace batsim
