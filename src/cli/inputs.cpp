// inputs.cpp - the workloads and the platform of a simulation, read and checked against each other.
#include "cli/inputs.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "base/input_file.hpp"
#include "cli/captured_stderr.hpp"
#include "cli/installation.hpp"
#include "cli/signal_handlers.hpp"
#include "platform/host_properties.hpp"
#include "platform/link_properties.hpp"
#include "plugin/backend_library.hpp"
#include "plugin/trap/trap.hpp"
#include "sharing/sharing_backend.hpp"
#include "workload/json_workload.hpp"
#include "workload/swf_workload.hpp"

namespace batsim {

namespace {

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// By the name, else by the first character that is not white space.
bool is_json(const std::string& path) {
    const std::string name = ends_with(path, ".gz") ? path.substr(0, path.size() - 3) : path;
    if (ends_with(name, ".json")) return true;
    if (ends_with(name, ".swf") || !is_regular_file(path)) return false;
    InputFile file(path, "workload '" + path + "'");
    while (!file.at_end() && std::isspace(static_cast<unsigned char>(file.peek())) != 0)
        file.skip();
    return !file.at_end() && (file.peek() == '{' || file.peek() == '[');
}

std::uint32_t hosts_of(const std::vector<Workload>& workloads) {
    std::uint32_t count = 0;
    for (const Workload& workload : workloads) count = std::max(count, workload.host_count);
    return count;
}

void check_flat(const std::vector<Workload>& workloads) {
    for (const Workload& workload : workloads)
        if (!workload.communicating_job.empty())
            throw InputError("workload '" + workload.path + "'",
                             "job '" + workload.communicating_job + "'",
                             "its profile sends bytes, but a platform without a file has no "
                             "network; give --platform <file>");
}

// Calls into SimGrid, which ends the process on some errors, after a message of its own. What it said
// and how it ended, or nothing; then what the user wants to see of its messages appears.
template <class Call>
std::optional<std::string> ask_simgrid(const std::string& activity, const Options& options,
                                       Call&& call) {
    install_signal_handlers(); // SimGrid has replaced them
    std::string said;
    std::optional<AbnormalEnd> end;
    {
        const CapturedStderr messages;
        const ForeignCall foreign_call(activity.c_str());
        Trap trap(foreign_call);
        end = trap.run(call);
        said = end ? messages.last_line() : messages.text();
    }
    if (!end && !options.simgrid.messages.empty()) std::fputs(said.c_str(), stderr);
    if (!end) return std::nullopt;
    return said.empty() ? " and " + end->text() : ": " + said;
}

PlatformBackend& open_simgrid(const Options& options) {
    PlatformBackend& backend = open_backend(backend_candidates());
    const auto problem =
        ask_simgrid("SimGrid's settings", options, [&] { backend.configure(options.simgrid); });
    if (problem)
        throw UsageError("SimGrid does not accept the settings of --sg-cfg and --sg-log" +
                         *problem);
    return backend;
}

Platform load_platform(PlatformBackend& backend, const Options& options, const HostRoles& roles) {
    const std::string file = "platform '" + *options.platform + "'";
    const InputFile readable(*options.platform, file); // says so if it is not
    std::optional<Platform> platform;
    const auto problem = ask_simgrid(
        file, options, [&] { platform = backend.load_platform(*options.platform, roles); });
    if (problem) throw InputError(file, "", "SimGrid cannot read it" + *problem);
    return std::move(*platform);
}

void use_simgrid_without_file(const Options& options, Machine& machine) {
    PlatformBackend& backend = open_simgrid(options);
    backend.make_platform(machine.platform);
    machine.backend = &backend;
    machine.simgrid_version = backend.version();
    install_signal_handlers(); // SimGrid has replaced them
}

} // namespace

std::vector<Workload> read_workloads(const Options& options, const Log& log) {
    std::vector<Workload> workloads;
    for (const std::string& path : options.workloads) {
        const auto index = static_cast<std::uint32_t>(workloads.size());
        workloads.push_back(is_json(path) ? read_json_workload(path, index)
                                          : read_swf_workload(path, index, options.swf));
        if (!workloads.back().remarks.empty())
            log.info("workload '" + path + "': " + workloads.back().remarks);
    }
    return workloads;
}

Machine read_machine(const Options& options, const std::vector<Workload>& workloads,
                     ClosedFormBackend& closed_form) {
    std::uint32_t most_hosts = options.most_hosts.value_or(UINT32_MAX);
    const std::uint32_t wanted = hosts_of(workloads);
    if (options.most_hosts_from_workloads && wanted > 0) most_hosts = std::min(most_hosts, wanted);
    if (options.platform) {
        PlatformBackend& backend = open_simgrid(options);
        return {
            load_platform(backend, options, {options.master_host, most_hosts, options.host_roles}),
            &backend, backend.version(), &backend, nullptr};
    }
    check_flat(workloads);
    const std::uint32_t count = options.hosts.value_or(std::max(wanted, std::uint32_t{1}));
    return {flat_platform(std::min(count, most_hosts), options.host_speed), &closed_form, "",
            nullptr, nullptr};
}

std::vector<ExternalEvent> read_events(const Options& options, const Platform& platform) {
    std::vector<ExternalEvent> all;
    for (const std::string& path : options.events) {
        auto events = read_external_events(path, platform.compute_host_count);
        std::move(events.begin(), events.end(), std::back_inserter(all));
    }
    sort_by_date(all);
    return all;
}

void read_power_models(const Options& options, Platform& platform) {
    if (!options.energy) return;
    const std::string file = "platform '" + *options.platform + "'";
    read_power(platform, file);
    read_link_power(platform, file);
}

SharingNeeds needs_of(const Options& options, const std::vector<Workload>& workloads) {
    SharingNeeds needs{options.share_everything, false};
    for (const Workload& workload : workloads) {
        needs.shares = needs.shares || workload.needs_sharing;
        needs.programs = needs.programs || workload.has_programs;
    }
    return needs;
}

void choose_backend(const Options& options, const SharingNeeds& needs, Machine& machine) {
    const bool wants_simgrid =
        needs.programs || options.share_everything || !options.simgrid.values.empty();
    if (machine.simgrid != nullptr) {
        if (wants_simgrid) return;
        if (Backend* lean = machine.simgrid->lean_backend(machine.platform)) machine.backend = lean;
    } else if (needs.shares && wants_simgrid) {
        use_simgrid_without_file(options, machine);
    } else if (needs.shares) {
        machine.own_backend = std::make_unique<SharingBackend>(machine.platform, nullptr);
        machine.backend = machine.own_backend.get();
    }
}

Inputs read_inputs(const Options& options, const Log& log) {
    std::vector<Workload> workloads = read_workloads(options, log);
    auto closed_form = std::make_unique<ClosedFormBackend>();
    Machine machine = read_machine(options, workloads, *closed_form);
    std::vector<ExternalEvent> events = read_events(options, machine.platform);
    install_signal_handlers(); // again: SimGrid replaces them
    read_power_models(options, machine.platform);
    std::vector<InputFileInfo> files = describe_input_files(options, workloads);
    return {std::move(workloads), std::move(closed_form), std::move(machine), std::move(events),
            std::move(files)};
}

} // namespace batsim
