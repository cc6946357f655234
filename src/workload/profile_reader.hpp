// profile_reader.hpp - profiles from their JSON objects, in the names of Batsim 2, 4 and 5.
#ifndef BATSIM_WORKLOAD_PROFILE_READER_HPP
#define BATSIM_WORKLOAD_PROFILE_READER_HPP

#include <map>
#include <string>
#include <utility>

#include "base/json.hpp"
#include "workload/profile.hpp"
#include "workload/profile_maker.hpp"

namespace batsim {

// A ProfileReader turns the `profiles` object of a workload into profiles. Sequences may name
// profiles that come later, so profiles are added first and resolved together. Errors are
// InputErrors with the JSON pointer of the member.
class ProfileReader {
  public:
    // `file` begins error messages; `workload` is the prefix of full names; paths in profiles are
    // relative to `folder`.
    ProfileReader(std::string file, std::string workload, std::string folder);

    // Checks what can be checked of one profile alone.
    void add(const std::string& name, const Json& value);

    // Replaces names in compositions by profiles; refuses unknown names, cycles and compositions
    // whose elements need different numbers of ranks. Call once; gives the profiles by full name.
    std::map<std::string, ProfilePtr, std::less<>> resolve();

  private:
    struct Pending {
        explicit Pending(ProfileMaker its_maker) : maker(std::move(its_maker)) {}
        ProfileMaker maker;
        enum class State { kNew, kOpen, kDone } state = State::kNew;
        ProfilePtr resolved;
    };

    ProfilePtr resolve_one(const std::string& name, Pending& pending, std::size_t depth);
    Pending& find_element(const std::string& name, const std::string& place);
    void resolve_elements(const std::string& name, Pending& pending, std::size_t depth);

    std::string file_;
    std::string workload_;
    std::string folder_;
    std::map<std::string, Pending> pending_;
};

} // namespace batsim

#endif
