// rank_count.hpp - profiles that are made for one number of ranks.
#ifndef BATSIM_PLUGINS_MOLDABLE_RANK_COUNT_HPP
#define BATSIM_PLUGINS_MOLDABLE_RANK_COUNT_HPP

#include <batsched.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace moldable {

// An array has a number for each rank, a trace what each rank does.
inline bool has_ranks_of_its_own(const nlohmann::json& profile) {
    for (const char* key : {"cpu", "com"})
        if (profile.contains(key) && profile[key].is_array()) return true;
    return profile.contains("trace") || profile.contains("filename");
}

// A RankCounts looks through profiles and, if they are compositions, through their elements.
class RankCounts {
  public:
    explicit RankCounts(const batsched::Simulator& simulator) : simulator_(simulator) {}

    // Whether the profile is for one number of ranks only. `name` is "workload!profile".
    bool is_fixed(const std::string& name) {
        if (!seen_.insert(name).second) return false; // as before, or it would have been the last
        const auto profile = nlohmann::json::parse(simulator_.profile(name.c_str()).json);
        if (has_ranks_of_its_own(profile)) return true;
        for (const char* key : {"profiles", "seq"})
            if (profile.contains(key)) return is_fixed(profile[key], workload_of(name));
        return false;
    }

  private:
    bool is_fixed(const nlohmann::json& elements, const std::string& workload) {
        for (const nlohmann::json& element : elements) {
            const auto name = element.get<std::string>();
            const bool is_full = name.find('!') != std::string::npos;
            if (is_fixed(is_full ? name : workload + name)) return true;
        }
        return false;
    }
    static std::string workload_of(const std::string& name) { // with "!"
        return name.substr(0, name.find('!') + 1);
    }

    const batsched::Simulator& simulator_;
    std::set<std::string> seen_;
};

} // namespace moldable

#endif
