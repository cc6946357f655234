// profile_maker.hpp - makes one profile from its JSON object and from its elements.
#ifndef BATSIM_WORKLOAD_PROFILE_MAKER_HPP
#define BATSIM_WORKLOAD_PROFILE_MAKER_HPP

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "workload/profile.hpp"
#include "workload/profile_body.hpp"

namespace batsim {

// A ProfileMaker holds a profile until its elements are known, which only compositions have. Errors
// are InputErrors.
class ProfileMaker {
  public:
    // Checks what can be checked of the profile alone. Files that it names are relative to `folder`.
    ProfileMaker(const JsonObject& object, std::string full_name, const std::string& folder);

    // The elements, as the profile names them.
    const std::vector<std::string>& element_names() const { return elements_.names; }
    // The JSON pointer of an element's name below the object.
    std::string element_pointer(std::size_t index) const {
        return "/" + elements_.key + "/" + std::to_string(index);
    }

    // Gives the next element. What is wrong with it is said of `place` in `file`.
    void add_element(ProfilePtr element, const std::string& file, const std::string& place);

    // Call once, when all elements have been added; `place` is that of the object.
    ProfilePtr finish(const std::string& file, const std::string& place);

  private:
    Profile profile_;
    ElementNames elements_;
    std::optional<std::size_t> rank_count_; // of the elements so far
};

} // namespace batsim

#endif
