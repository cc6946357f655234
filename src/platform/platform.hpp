// platform.hpp - where jobs run: hosts with dense identifiers.
#ifndef BATSIM_PLATFORM_PLATFORM_HPP
#define BATSIM_PLATFORM_PLATFORM_HPP

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batsched/host_set.hpp"

namespace batsim {

using HostId = batsched_host_id_t;
using batsched::HostPool;
using batsched::HostSet;

// What one pstate of a host draws, in watts.
struct PstatePower {
    double idle;    // no core computes
    double epsilon; // cores compute, but for hardly any of the time
    double full;    // all cores compute
};

// The pstates that stand for sleeping and for the way there and back: a switch takes as long as one
// flop in its pstate.
struct SleepPstates {
    std::uint32_t sleep, switching_off, switching_on;
};

// What does not change of a host.
struct Host {
    std::string name;
    std::string zone; // the network zone that it lies in; "" on a flat platform
    std::uint32_t core_count = 1;
    std::vector<double> pstate_speeds; // flop/s of one core, one for each pstate; never empty
    std::uint32_t initial_pstate = 0;
    std::string properties = "{}";              // JSON object: the properties in the platform file
    std::optional<SleepPstates> sleep_pstates;  // otherwise it switches on and off at once
    std::vector<std::uint32_t> virtual_pstates; // all that sleep_pstates names
    std::vector<PstatePower> power;             // one for each pstate; empty: not known
    double off_watts = 0;                       // switched off without a sleep pstate

    // Whether jobs can be computed in this pstate, which must exist.
    bool is_computing(std::uint32_t pstate) const;
    double switch_off_duration() const; // seconds
    double switch_on_duration() const;
    // With an energy model. A switch draws what its pstate draws with all cores busy.
    double sleeping_watts() const;
    double switching_off_watts() const;
    double switching_on_watts() const;
};

// What a link draws, in watts: off, or idle + load * (busy - idle), where the load is the share of its
// bandwidth that is in use.
struct LinkPower {
    double idle, busy;
    double off = 0;
};

// What does not change of a link. Of a split-duplex link each direction is one of its own.
struct Link {
    std::string name;
    std::string properties = "{}"; // JSON object: the properties in the platform file
    std::optional<LinkPower> power;
};

// The index of a link in its platform.
using LinkId = std::uint32_t;

// A Platform is the hosts of a simulation, and the links between them. A host's identifier is its
// index: first those that can be given to jobs, then storage hosts. The master of a platform file is
// none of them.
struct Platform {
    std::vector<Host> hosts;
    std::uint32_t compute_host_count = 0;
    bool has_network = false; // otherwise no profile may communicate
    std::vector<Link> links;  // in the order of natural_less

    HostSet compute_hosts() const;
    HostSet storage_hosts() const;
    std::optional<LinkId> find_link(std::string_view name) const;
};

// `count` equal hosts with one core of `speed` flop/s each, named host0, host1, ...; no network.
Platform flat_platform(std::uint32_t count, double speed);

// Whether `a` comes before `b` when runs of digits are compared as numbers: host2 < host10. A
// strict total order: names that differ in leading zeros only are compared as bytes.
bool natural_less(std::string_view a, std::string_view b);

} // namespace batsim

#endif
