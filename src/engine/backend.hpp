// backend.hpp - the engine's interface to what executes tasks that share resources.
#ifndef BATSIM_ENGINE_BACKEND_HPP
#define BATSIM_ENGINE_BACKEND_HPP

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "platform/platform.hpp"

namespace batsim {

// Chosen by the engine; unique among the tasks that are under way.
using TaskId = std::uint64_t;

// A parallel task: rank i runs on hosts[i], computes flops[i] and sends bytes[i * ranks + j] to
// rank j.
struct ParallelTask {
    std::vector<HostId> hosts;
    std::vector<double> flops; // one for each rank
    std::vector<double> bytes; // ranks * ranks
};

// A parallel program of which rank i runs on hosts[i] and does what traces[i] says, a file in
// SimGrid's time-independent format.
struct MpiTask {
    std::vector<HostId> hosts;
    std::vector<std::string> traces;
};

// What a link has done since the simulation began.
struct LinkUse {
    double load_seconds = 0; // the integral of its load, see Backend::link_load
    double off_seconds = 0;
};

// What the ranks of a program have computed on a host since it began.
struct HostWork {
    HostId host;
    double flops = 0;
    double seconds = 0; // in which one of them computed; if other programs did too, its part
};

using BackendTask = std::variant<ParallelTask, MpiTask>;

// What a backend drives: something that has dates of its own.
class Timeline {
  public:
    virtual ~Timeline() = default;
    // The next date at which something is due, whatever the backend's tasks do.
    virtual std::optional<double> next_date() const = 0;
    // Handles everything that is due at `date`, among it that these tasks have ended.
    virtual void advance(double date, const std::vector<TaskId>& ended) = 0;
};

// A Backend executes tasks and lets simulated time pass.
class Backend {
  public:
    virtual ~Backend() = default;
    // Lets time pass until the timeline has no next date and no task is under way.
    virtual void run(Timeline& timeline) = 0;
    // Whether it can execute tasks at all.
    virtual bool executes_tasks() const { return true; }
    // Starts a task at the current date.
    virtual void start(TaskId task, BackendTask work) = 0;
    // The share of the task's work that is left, 0 .. 1; NaN if it cannot be known.
    virtual double remaining(TaskId task) const = 0;
    // Of a task that is a program: one element for each of its hosts, always in the same order.
    virtual std::vector<HostWork> program_work(TaskId) const { return {}; }
    // Ends a task now; it is not reported as ended.
    virtual void cancel(TaskId task) = 0;
    // From now on the host has the speed of this pstate.
    virtual void set_pstate(HostId host, std::size_t pstate) = 0;

    // Lets the rates of the present tasks follow what has changed at this date. Call before the next
    // two.
    virtual void update_rates() {}
    // The flop/s that tasks compute on the host.
    virtual double computing_rate(HostId) const { return 0; }
    // The share of the link's bandwidth that is in use; nothing if the link is off.
    virtual std::optional<double> link_load(LinkId) const { return 0; }
    // From now on, at the beginning, the use of these links is added up.
    virtual void watch_links(const std::vector<LinkId>&) {}
    virtual LinkUse link_use(LinkId) const { return {}; }
};

// What the command line says about the hosts of a platform file.
struct HostRoles {
    std::string master_host; // name of the host that takes no jobs; need not exist
    std::uint32_t most_compute_hosts = UINT32_MAX; // the others are left out
    // "compute_node", "storage" or "master" by name of the host, whatever the file says.
    std::map<std::string, std::string> roles = {};
};

// What the user says to the library behind a backend, in its own words.
struct BackendSettings {
    std::vector<std::string> values;   // "key:value"
    std::vector<std::string> messages; // which are shown: "category.thres:level"
};

// A Backend that reads its platform from a file and is loaded when it is needed.
class PlatformBackend : public Backend {
  public:
    // Call before anything else. Throws UsageError.
    virtual void configure(const BackendSettings& settings) = 0;
    // Reads the platform; call once, before run(). Throws InputError.
    virtual Platform load_platform(const std::string& path, const HostRoles& roles) = 0;
    // Makes the hosts of a platform without a file; instead of load_platform.
    virtual void make_platform(const Platform& platform) = 0;
    // What executes parallel tasks on the loaded platform to the same dates, but for rounding errors,
    // and costs less; programs it cannot execute. Lives as long as this one. nullptr if the
    // platform or the settings ask for what it does not know.
    virtual Backend* lean_backend(const Platform& platform) = 0;
    virtual std::string version() const = 0;
};

// The one symbol of the backend's library: a function of type OpenBackend. What it returns lives
// until the process ends.
inline constexpr const char* kOpenBackendSymbol = "batsim_open_backend";
using OpenBackend = PlatformBackend* (*)();

// The Backend of simulations in which nothing is shared: time jumps from date to date.
class ClosedFormBackend : public Backend {
  public:
    void run(Timeline& timeline) override;
    bool executes_tasks() const override { return false; }
    // Must not be called, as it executes no tasks.
    void start(TaskId task, BackendTask work) override;
    double remaining(TaskId task) const override;
    void cancel(TaskId task) override;
    void set_pstate(HostId, std::size_t) override {}
};

} // namespace batsim

#endif
