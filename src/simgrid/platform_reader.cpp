// platform_reader.cpp - platform files of SimGrid.
#include "simgrid/platform_reader.hpp"

#include <algorithm>
#include <exception>

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
    Json properties = Json::object();
    for (const auto& [key, value] : *host.get_properties()) properties[key] = value;
    description.properties = properties.dump();
    read_sleep_pstates(description, file, Strictness::kLenient);
    return description;
}

} // namespace

Platform read_platform(s4u::Engine& engine, const std::string& path, const HostRoles& roles,
                       std::vector<s4u::Host*>& hosts) {
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

    hosts = compute;
    hosts.insert(hosts.end(), storage.begin(), storage.end());
    Platform platform;
    platform.compute_host_count = static_cast<std::uint32_t>(compute.size());
    platform.has_network = true;
    for (const s4u::Host* host : hosts) platform.hosts.push_back(describe(*host, file));
    return platform;
}

} // namespace batsim
