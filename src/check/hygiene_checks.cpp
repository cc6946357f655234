// hygiene_checks.cpp - whether the plugin is a pleasant guest in the process.
#include <malloc.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <vector>

#include "base/captured_output.hpp"
#include "base/text.hpp"
#include "check/checks.hpp"
#include "check/trial.hpp"

namespace batsim {

namespace {

Scenario short_simulation(Subject& subject) {
    return scenario("a short simulation", 8, random_jobs(subject.seed(), 20, 8));
}

// What the plugin did wrong is for other checks to find; these need a trial that goes well.
Finding not_now(const Trial& trial) {
    return Finding::skip("cannot be found out: " + explain(trial));
}

Finding silent(Subject& subject) {
    CapturedOutput output;
    output.begin();
    const Trial trial = run_trial(subject, short_simulation(subject));
    output.end();
    if (trial.problem) return not_now(trial);
    const std::string printed = output.text();
    if (printed.empty()) return Finding::pass("prints nothing");
    return Finding::warn("prints on stdout or stderr: '" +
                         printable(printed.substr(0, printed.find('\n'))) +
                         "'\nsay it with log, so that --log and --quiet apply to it");
}

Finding quick(Subject& subject) {
    constexpr double kLimit = 1;
    std::vector<PlannedJob> jobs;
    for (const PlannedJob& job : random_jobs(subject.seed(), 1000, 32)) {
        jobs.push_back(job);
        jobs.back().submit_time = 0;
        jobs.back().hosts = std::min(job.hosts, std::uint32_t{32});
    }
    const Trial trial =
        run_trial(subject, scenario("a simulation of 1000 jobs at one date", 32, jobs));
    if (trial.problem) return not_now(trial);
    if (trial.slowest_batch <= kLimit) return Finding::pass("less than 1 s for each batch");
    const auto milliseconds = static_cast<long>(trial.slowest_batch * 1e3);
    return Finding::warn("needs " + std::to_string(milliseconds) + " ms for a batch\nin " +
                         trial.what);
}

// Holds one block of each size as often as malloc keeps freed blocks of that size for itself (in its cache
// for each thread), which it counts as given out. While they are held it keeps none.
class HeldBlocks {
  public:
    explicit HeldBlocks(const Library& library)
        : malloc_(reinterpret_cast<void* (*)(std::size_t)>(library.symbol("malloc"))),
          free_(reinterpret_cast<void (*)(void*)>(library.symbol("free"))) {
        constexpr std::size_t kSmallest = 24, kLargest = 1032, kStep = 16, kCount = 7;
        if (malloc_ == nullptr || free_ == nullptr) return;
        for (std::size_t size = kSmallest; size <= kLargest; size += kStep)
            for (std::size_t i = 0; i < kCount; ++i) blocks_.push_back(malloc_(size));
    }
    HeldBlocks(const HeldBlocks&) = delete;
    HeldBlocks& operator=(const HeldBlocks&) = delete;
    ~HeldBlocks() {
        for (void* block : blocks_) free_(block);
    }

  private:
    void* (*malloc_)(std::size_t);
    void (*free_)(void*);
    std::vector<void*> blocks_;
};

// Bytes that the plugin's own malloc has given out, and a constant.
std::optional<std::size_t> allocated_bytes(const Library& library) {
    using Ask = struct mallinfo2 (*)();
    const auto ask = reinterpret_cast<Ask>(library.symbol("mallinfo2"));
    if (ask == nullptr) return std::nullopt;
    const HeldBlocks held(library);
    const struct mallinfo2 numbers = ask();
    return numbers.uordblks + numbers.hblkhd;
}

Finding memory(Subject& subject) {
    constexpr int kWarmUp = 5, kRounds = 20;
    constexpr std::size_t kSmallestBlock = 24;
    if (subject.isolation() == Isolation::kNone)
        return Finding::skip("needs a namespace, in which the plugin has a malloc of its own");
    TrialOptions options;
    options.isolation = Isolation::kNamespace;
    const Library& library = subject.copy(0, Isolation::kNamespace);
    std::optional<std::size_t> before;
    for (int i = 0; i < kWarmUp + kRounds; ++i) {
        if (i == kWarmUp) before = allocated_bytes(library);
        const Trial trial = run_trial(subject, short_simulation(subject), options);
        if (trial.problem) return not_now(trial);
    }
    const auto after = allocated_bytes(library);
    if (!before || !after) return Finding::skip("its C library cannot be asked");
    if (*after < *before + kRounds * kSmallestBlock)
        return Finding::pass("nothing lost in 20 simulations");
    return Finding::warn("loses " + std::to_string((*after - *before) / kRounds) +
                         " bytes in each simulation; sched_finalize frees what sched_init and "
                         "sched_on_event have allocated");
}

std::size_t entries(const char* folder) {
    const std::filesystem::directory_iterator all(folder);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

// Where this process can be looked at for what the plugin has done.
TrialOptions in_this_process(const Subject& subject) {
    TrialOptions options;
    options.isolation = subject.isolation_here();
    return options;
}

Finding files_and_threads(Subject& subject) {
    subject.copy();
    const TrialOptions options = in_this_process(subject);
    const std::size_t files = entries("/proc/self/fd"), threads = entries("/proc/self/task");
    for (int i = 0; i < 3; ++i)
        if (const Trial trial = run_trial(subject, short_simulation(subject), options);
            trial.problem)
            return not_now(trial);
    if (entries("/proc/self/fd") > files)
        return Finding::warn("leaves files open; close them in sched_finalize");
    if (entries("/proc/self/task") > threads)
        return Finding::warn("leaves threads behind; join them in sched_finalize");
    return Finding::pass("none left");
}

// What belongs to the whole process.
struct ProcessState {
    std::vector<sighandler_t> handlers;
    std::string folder;
    mode_t mask;

    static ProcessState now() {
        ProcessState state;
        for (int signal = 1; signal < NSIG; ++signal) {
            struct sigaction action {};
            sigaction(signal, nullptr, &action);
            state.handlers.push_back(action.sa_handler);
        }
        std::error_code ignored;
        state.folder = std::filesystem::current_path(ignored);
        state.mask = umask(0);
        umask(state.mask);
        return state;
    }
};

Finding process_state(Subject& subject) {
    const ProcessState before = ProcessState::now();
    const Trial trial = run_trial(subject, short_simulation(subject), in_this_process(subject));
    if (trial.problem) return not_now(trial);
    const ProcessState after = ProcessState::now();
    const std::string end = ", which belongs to the whole process";
    for (std::size_t i = 0; i < before.handlers.size(); ++i)
        if (before.handlers[i] != after.handlers[i])
            return Finding::warn("changes the handler of signal " + std::to_string(i + 1) + end);
    if (before.folder != after.folder) return Finding::warn("changes the working directory" + end);
    if (before.mask != after.mask) return Finding::warn("changes the umask" + end);
    return Finding::pass("as it was");
}

} // namespace

std::vector<Check> hygiene_checks() {
    return {
        {"hygiene.silent", "prints nothing on stdout and stderr", silent},
        {"hygiene.speed", "needs less than 1 s for a batch of 1000 jobs", quick},
        {"hygiene.memory", "loses no memory in 20 simulations", memory},
        {"hygiene.files-and-threads", "leaves no open files and no threads", files_and_threads},
        {"hygiene.process", "changes no signal handlers, working directory, umask", process_state},
    };
}

} // namespace batsim
