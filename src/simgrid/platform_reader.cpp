// platform_reader.cpp - platform files of SimGrid.
#include "simgrid/platform_reader.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "platform/host_properties.hpp"

namespace batsim {

namespace {

namespace s4u = simgrid::s4u;

enum class Role { kCompute, kStorage, kMaster };

// What SimGrid says, without its lists of everything that it would have accepted.
std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    text = text.substr(0, text.find(" Existing config keys"));
    constexpr std::size_t kLongest = 300;
    return text.size() > kLongest ? text.substr(0, kLongest) + "..." : text;
}

void load(s4u::Engine& engine, const std::string& path, const std::string& file) {
    try {
        engine.load_platform(path);
    } catch (const std::exception& error) {
        throw InputError(file, "", one_line(error.what()));
    }
}

void check_names(const s4u::Engine& engine, const HostRoles& roles) {
    for (const auto& [name, role] : roles.roles)
        if (engine.host_by_name_or_null(name) == nullptr)
            throw UsageError("option --add-role-to-hosts: the platform has no host '" + name + "'");
}

// As the user says, else as the file says.
std::string role_text(const s4u::Host& host, const HostRoles& roles) {
    const auto given = roles.roles.find(host.get_name());
    if (given != roles.roles.end()) return given->second;
    if (host.get_name() == roles.master_host) return "master";
    const char* role = host.get_property("role");
    return role == nullptr ? "compute_node" : role;
}

Role role_of(const s4u::Host& host, const HostRoles& roles, const std::string& file) {
    const std::string text = role_text(host, roles);
    if (text == "compute_node") return Role::kCompute;
    if (text == "storage") return Role::kStorage;
    if (text == "master") return Role::kMaster;
    throw InputError(file, "host '" + host.get_name() + "'",
                     "role must be 'compute_node', 'storage' or 'master', is '" + text + "'");
}

using Properties = std::unordered_map<std::string, std::string>;

std::string json_of(const Properties& properties) {
    Json json = Json::object(); // sorts
    for (const auto& [key, value] : properties) json[key] = value;
    return json.dump();
}

Host describe(const s4u::Host& host, const std::string& file) {
    Host description;
    description.name = host.get_name();
    description.zone = host.get_englobing_zone()->get_name();
    description.core_count = static_cast<std::uint32_t>(host.get_core_count());
    description.initial_pstate = static_cast<std::uint32_t>(host.get_pstate());
    for (unsigned long i = 0; i < host.get_pstate_count(); ++i) {
        const double speed = host.get_pstate_speed(i);
        if (!(speed > 0))
            throw InputError(file, "host '" + description.name + "'",
                             "the speed of pstate " + std::to_string(i) + " must be > 0, is " +
                                 number_text(speed));
        description.pstate_speeds.push_back(speed);
    }
    description.properties = json_of(*host.get_properties());
    read_sleep_pstates(description, file, Strictness::kLenient);
    return description;
}

// SimGrid leaves the properties of a split-duplex link to the whole of it, of which its two directions
// do not know.
const Properties& properties_of(const s4u::Engine& engine, const s4u::Link& link) {
    const std::string& name = link.get_name();
    for (const std::string_view direction : {"_UP", "_DOWN"}) {
        if (!link.get_properties()->empty() || name.size() <= direction.size() ||
            name.substr(name.size() - direction.size()) != direction)
            continue;
        try {
            const std::string whole = name.substr(0, name.size() - direction.size());
            return *engine.split_duplex_link_by_name(whole)->get_properties();
        } catch (const std::exception&) {
            break; // it only looks like one
        }
    }
    return *link.get_properties();
}

// In the order of their names; those that SimGrid makes for hosts that send to themselves have all the
// same name and are left out.
std::vector<s4u::Link*> sorted_links(const s4u::Engine& engine) {
    std::vector<s4u::Link*> links = engine.get_filtered_links(
        [](const s4u::Link* link) { return link->get_name() != "__loopback__"; });
    std::sort(links.begin(), links.end(), [](const s4u::Link* a, const s4u::Link* b) {
        return natural_less(a->get_name(), b->get_name());
    });
    return links;
}

} // namespace

Platform read_platform(s4u::Engine& engine, const std::string& path, const HostRoles& roles,
                       const SimgridPlatform& made) {
    const std::string file = "platform '" + path + "'";
    load(engine, path, file);
    check_names(engine, roles);
    std::vector<s4u::Host*> compute, storage;
    for (s4u::Host* host : engine.get_all_hosts()) {
        const Role role = role_of(*host, roles, file);
        if (role == Role::kCompute) compute.push_back(host);
        if (role == Role::kStorage) storage.push_back(host);
    }
    const auto by_name = [](const s4u::Host* a, const s4u::Host* b) {
        return natural_less(a->get_name(), b->get_name());
    };
    std::sort(compute.begin(), compute.end(), by_name);
    std::sort(storage.begin(), storage.end(), by_name);
    if (compute.empty()) throw InputError(file, "", "has no host that could run jobs");
    if (compute.size() > roles.most_compute_hosts) compute.resize(roles.most_compute_hosts);

    made.hosts = compute;
    made.hosts.insert(made.hosts.end(), storage.begin(), storage.end());
    made.links = sorted_links(engine);
    Platform platform;
    platform.compute_host_count = static_cast<std::uint32_t>(compute.size());
    platform.has_network = true;
    for (const s4u::Host* host : made.hosts) platform.hosts.push_back(describe(*host, file));
    for (const s4u::Link* link : made.links)
        platform.links.push_back(
            {link->get_name(), json_of(properties_of(engine, *link)), std::nullopt});
    return platform;
}

} // namespace batsim
