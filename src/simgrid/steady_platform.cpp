// steady_platform.cpp - platforms that never change by themselves.
#include "simgrid/steady_platform.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/input_file.hpp"

namespace batsim {

namespace {

namespace s4u = simgrid::s4u;

bool says_everything(const std::string& path) {
    if (!is_regular_file(path)) return false; // a pipe can be read only once
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (text.find("<platform") == std::string::npos) return false; // a program, maybe
    // Attributes that name traces all end so; what an entity stands for may be in another file.
    const char* others[] = {"_file", "<trace", "<config", "<!ENTITY", "<include"};
    return std::none_of(std::begin(others), std::end(others), [&text](const char* other) {
        return text.find(other) != std::string::npos;
    });
}

bool is_usual(const s4u::Link* link) {
    using Policy = s4u::Link::SharingPolicy;
    const Policy policy = link->get_sharing_policy();
    return link->is_on() && link->get_bandwidth() > 0 &&
           (policy == Policy::SHARED || policy == Policy::FATPIPE || policy == Policy::SPLITDUPLEX);
}

bool is_usual(const s4u::Host* host) { return host->is_on() && host->get_available_speed() == 1; }

} // namespace

bool is_steady(const std::string& path, const std::vector<s4u::Host*>& hosts,
               const std::vector<s4u::Link*>& links) {
    return std::all_of(hosts.begin(), hosts.end(),
                       [](const auto* host) { return is_usual(host); }) &&
           std::all_of(links.begin(), links.end(),
                       [](const auto* link) { return is_usual(link); }) &&
           says_everything(path);
}

} // namespace batsim
