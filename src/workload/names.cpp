// names.cpp - names of jobs and profiles, as workload files write them.
#include "workload/names.hpp"

namespace batsim {

std::string without_prefix(const std::string& name, const std::string& workload) {
    const std::size_t length = workload.size();
    const bool prefixed =
        name.size() > length && name[length] == '!' && name.compare(0, length, workload) == 0;
    return prefixed ? name.substr(length + 1) : name;
}

bool is_name(std::string_view name) {
    return !name.empty() &&
           name.find_first_of(std::string_view("!\0", 2)) == std::string_view::npos;
}

} // namespace batsim
