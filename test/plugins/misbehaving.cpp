// misbehaving.cpp - a scheduler that does one bad thing, named by its configuration, when the first
// job is submitted (or where the name says).
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <batsched.hpp>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

using Sim = const batsched_simulator_t*;

int overflow_the_stack(volatile int depth) {
    volatile char room[4096] = {};
    room[depth % 4096] = 1;
    return depth < 0 ? 0 : overflow_the_stack(depth + 1) + room[0];
}

struct Situation {
    Sim sim;
    batsched_job_id_t job;
};

batsched_status_t execute(Sim sim, batsched_job_id_t job, std::vector<batsched_interval_t> hosts) {
    return sim->execute_job(sim, job, {hosts.data(), hosts.size()}, nullptr);
}

// Registers a job s0!x with the profile of the first job, changed.
batsched_status_t register_job(const Situation& s,
                               const std::function<void(batsched_new_job_t&)>& change) {
    const batsched_job_t* first = nullptr;
    s.sim->get_job(s.sim, s.job, &first);
    batsched_new_job_t job = BATSCHED_NEW_JOB_INIT;
    job.name = "x";
    job.profile = first->profile;
    change(job);
    return s.sim->register_job(s.sim, &job, nullptr);
}

// Of the load of host 0, changed.
batsched_status_t create_probe(const Situation& s,
                               const std::function<void(batsched_probe_t&)>& change) {
    const batsched_interval_t hosts{0, 0};
    batsched_probe_t probe{};
    probe.struct_size = sizeof probe;
    probe.metric = BATSCHED_METRIC_LOAD;
    probe.hosts = {&hosts, 1};
    probe.first_time = 1e6;
    change(probe);
    return s.sim->create_probe(s.sim, &probe, nullptr);
}

batsched_status_t probe_links(const Situation& s, const char* const* links, std::size_t count) {
    return create_probe(s, [&](batsched_probe_t& probe) {
        probe.target = BATSCHED_PROBE_LINKS;
        probe.links = links;
        probe.link_count = count;
    });
}

constexpr const char* kOneSecond = R"({"type": "delay", "delay": 1})";

const std::map<std::string, std::function<void(const Situation&)>> kDeeds{
    {"busy-hosts",
     [](const Situation& s) { // needs two jobs of 4 hosts at one date
         execute(s.sim, s.job, {{0, 3}});
         execute(s.sim, s.job + 1, {{3, 6}});
     }},
    {"job-twice",
     [](const Situation& s) {
         execute(s.sim, s.job, {{0, 3}});
         execute(s.sim, s.job, {{4, 7}});
     }},
    {"unknown-job",
     [](const Situation& s) {
         execute(s.sim, 123456, {{0, 3}});
     }},
    {"unknown-hosts",
     [](const Situation& s) {
         execute(s.sim, s.job, {{30, 33}});
     }},
    {"wrong-number",
     [](const Situation& s) {
         execute(s.sim, s.job, {{0, 4}});
     }},
    {"unsorted-hosts",
     [](const Situation& s) {
         execute(s.sim, s.job, {{2, 3}, {0, 1}});
     }},
    {"touching-hosts",
     [](const Situation& s) {
         execute(s.sim, s.job, {{0, 1}, {2, 3}});
     }},
    {"backward-hosts",
     [](const Situation& s) {
         execute(s.sim, s.job, {{3, 0}});
     }},
    {"null-hosts",
     [](const Situation& s) {
         s.sim->execute_job(s.sim, s.job, {nullptr, 2}, nullptr);
     }},
    {"past-call", [](const Situation& s) { s.sim->call_me_later(s.sim, 1, 0, nullptr); }},
    {"nan-call", [](const Situation& s) { s.sim->call_me_later(s.sim, NAN, 0, nullptr); }},
    {"nan-delay", [](const Situation& s) { s.sim->delay_decisions(s.sim, NAN); }},
    {"bad-json", [](const Situation& s) { s.sim->annotate_job(s.sim, s.job, "{oops"); }},
    {"null-json", [](const Situation& s) { s.sim->annotate_job(s.sim, s.job, nullptr); }},
    {"unknown-call", [](const Situation& s) { s.sim->cancel_call(s.sim, 17); }},
    {"unknown-host",
     [](const Situation& s) {
         const batsched_host_t* host = nullptr;
         s.sim->get_host(s.sim, 99, &host);
     }},
    {"unknown-profile",
     [](const Situation& s) {
         const batsched_profile_t* profile = nullptr;
         s.sim->get_profile(s.sim, "w9!p", &profile);
     }},
    {"null-out", [](const Situation& s) { s.sim->get_job(s.sim, s.job, nullptr); }},
    {"small-struct",
     [](const Situation& s) {
         batsched_host_status_t status{};
         s.sim->get_host_status(s.sim, 0, &status);
     }},
    {"deep-json",
     [](const Situation& s) {
         s.sim->annotate_job(s.sim, s.job, (R"({"a":)" + std::string(100000, '[')).c_str());
     }},
    {"not-utf8", [](const Situation& s) { s.sim->reject_job(s.sim, s.job, "caf\xe9"); }},
    {"null-simulator", [](const Situation& s) { s.sim->stop_simulation(nullptr, ""); }},
    {"wild-pointer",
     [](const Situation& s) {
         const auto* nowhere = reinterpret_cast<const batsched_interval_t*>(16);
         s.sim->execute_job(s.sim, s.job, {nowhere, 1}, nullptr);
     }},
    {"small-execution",
     [](const Situation& s) {
         const batsched_interval_t hosts{0, 3};
         const batsched_execution_t how{};
         s.sim->execute_job(s.sim, s.job, {&hosts, 1}, &how);
     }},
    {"fork-exit",
     [](const Situation&) {
         const pid_t child = fork();
         if (child == 0) std::exit(127);
         waitpid(child, nullptr, 0);
     }},
    {"fork-crash",
     [](const Situation&) {
         const pid_t child = fork();
         if (child == 0) std::abort();
         waitpid(child, nullptr, 0);
     }},
    {"child-sends-segv",
     [](const Situation&) {
         if (fork() == 0) {
             kill(getppid(), SIGSEGV);
             _exit(0);
         }
         while (true) pause();
     }},
    {"blocked-segv",
     [](const Situation&) {
         sigset_t all;
         sigfillset(&all);
         sigprocmask(SIG_BLOCK, &all, nullptr);
         volatile int* volatile nowhere = nullptr;
         *nowhere = 1;
     }},
    {"thread-crash",
     [](const Situation&) {
         std::thread([] {
             volatile int* volatile nowhere = nullptr;
             *nowhere = 1;
         }).join();
     }},
    {"thread-stack-overflow",
     [](const Situation&) { std::thread([] { overflow_the_stack(0); }).join(); }},
    {"thread-exit", [](const Situation&) { std::thread([] { std::exit(7); }).join(); }},
    {"thread-throw",
     [](const Situation&) {
         std::thread([] { throw std::runtime_error("out of ideas"); }).join();
     }},
    {"bus", // reads behind the end of a file
     [](const Situation&) {
         std::FILE* const file = std::tmpfile();
         const void* page = mmap(nullptr, 1, PROT_READ, MAP_SHARED, fileno(file), 0);
         static_cast<void>(*static_cast<const volatile char*>(page));
     }},
    {"illegal", [](const Situation&) { __builtin_trap(); }},
    {"exit-with-text",
     [](const Situation&) {
         std::printf("text without end of line");
         std::exit(7);
     }},
    // Those called register-... have asked for the feature.
    {"without-feature", [](const Situation& s) { register_job(s, [](auto&) {}); }},
    {"register-after-finish",
     [](const Situation& s) {
         s.sim->finish_registration(s.sim);
         s.sim->register_profile(s.sim, "s0!p", kOneSecond);
     }},
    {"register-null-job", [](const Situation& s) { s.sim->register_job(s.sim, nullptr, nullptr); }},
    {"register-null-name",
     [](const Situation& s) { register_job(s, [](auto& job) { job.name = nullptr; }); }},
    {"register-null-extra",
     [](const Situation& s) { register_job(s, [](auto& job) { job.extra_data = nullptr; }); }},
    {"register-null-profile-name",
     [](const Situation& s) { s.sim->register_profile(s.sim, nullptr, kOneSecond); }},
    {"register-null-profile",
     [](const Situation& s) { s.sim->register_profile(s.sim, "s0!p", nullptr); }},
    {"register-null-release", [](const Situation& s) { s.sim->release_profile(s.sim, nullptr); }},
    {"register-small-job",
     [](const Situation& s) { register_job(s, [](auto& job) { job.struct_size = 8; }); }},
    {"register-nan-walltime",
     [](const Situation& s) { register_job(s, [](auto& job) { job.walltime = NAN; }); }},
    {"register-bad-profile",
     [](const Situation& s) {
         s.sim->register_profile(s.sim, "s0!p", R"({"type": "delay", "delay": -1})");
     }},
    {"register-twice",
     [](const Situation& s) {
         register_job(s, [](auto&) {});
         register_job(s, [](auto&) {});
     }},
    {"register-later-name", // needs a later job w0!later
     [](const Situation& s) {
         register_job(s, [](auto& job) {
             job.workload = "w0";
             job.name = "later";
         });
     }},
    {"register-unknown-type",
     [](const Situation& s) {
         s.sim->register_profile(s.sim, "s0!p", R"({"type": "quantum"})");
         register_job(s, [](auto& job) { job.profile = "s0!p"; });
     }},
    {"throw", [](const Situation&) { throw std::runtime_error("out of ideas"); }},
    {"throw-int", [](const Situation&) { throw 42; }},
    {"exit", [](const Situation&) { std::exit(7); }},
    {"abort", [](const Situation&) { std::abort(); }},
    {"segv",
     [](const Situation&) {
         volatile int* volatile nowhere = nullptr; // volatile: the compiler must not know
         *nowhere = 1;
     }},
    {"divide",
     [](const Situation&) {
         volatile int one = 1, zero = 0;
         one = one / zero;
     }},
    {"null-call",
     [](const Situation&) {
         void (*volatile nothing)() = nullptr;
         nothing();
     }},
    {"stack-overflow", [](const Situation&) { overflow_the_stack(0); }},
    {"terminate", [](const Situation&) { std::terminate(); }},
    {"probe-nan",
     [](const Situation& s) { create_probe(s, [](auto& probe) { probe.first_time = NAN; }); }},
    {"probe-past",
     [](const Situation& s) { create_probe(s, [](auto& probe) { probe.first_time = 1; }); }},
    {"probe-null", [](const Situation& s) { s.sim->create_probe(s.sim, nullptr, nullptr); }},
    {"probe-small-struct",
     [](const Situation& s) { create_probe(s, [](auto& probe) { probe.struct_size = 8; }); }},
    {"probe-of-nothing",
     [](const Situation& s) { create_probe(s, [](auto& probe) { probe.hosts = {}; }); }},
    {"probe-unknown-host",
     [](const Situation& s) {
         const batsched_interval_t hosts{99, 99};
         create_probe(s, [&](auto& probe) { probe.hosts = {&hosts, 1}; });
     }},
    {"probe-unknown-metric",
     [](const Situation& s) { create_probe(s, [](auto& probe) { probe.metric = 7; }); }},
    {"probe-unknown-target",
     [](const Situation& s) { create_probe(s, [](auto& probe) { probe.target = -1; }); }},
    {"probe-unknown-aggregation",
     [](const Situation& s) { create_probe(s, [](auto& probe) { probe.aggregation = 5; }); }},
    {"probe-null-links", [](const Situation& s) { probe_links(s, nullptr, 1); }},
    {"probe-unknown-link",
     [](const Situation& s) {
         const char* const links[] = {"shared", "duplex"};
         probe_links(s, links, 2);
     }},
    {"probe-null-link",
     [](const Situation& s) {
         const char* const links[] = {"shared", nullptr};
         probe_links(s, links, 2);
     }},
    {"probe-unknown-stop", [](const Situation& s) { s.sim->stop_probe(s.sim, 17); }},
    {"unsupported", // needs a simulation without energy and without a network
     [](const Situation& s) {
         const char* const link = "l";
         if (create_probe(s, [](auto& probe) { probe.metric = BATSCHED_METRIC_POWER; }) !=
                 BATSCHED_UNSUPPORTED ||
             create_probe(s, [](auto& probe) { probe.metric = BATSCHED_METRIC_ENERGY; }) !=
                 BATSCHED_UNSUPPORTED ||
             probe_links(s, &link, 1) != BATSCHED_UNSUPPORTED)
             throw std::logic_error("a probe is supported");
         s.sim->stop_simulation(s.sim, "unsupported as expected");
     }},
};

class Misbehaving : public batsched::Scheduler {
  public:
    explicit Misbehaving(const batsched::Context& context)
        : Scheduler(context), deed_(context.init.config) {
        if (deed_ == "throw-in-init") throw std::runtime_error("no init today");
        if (deed_ == "exit-in-init") std::exit(3);
        if (deed_ == "decide-in-init")
            simulator().c_api()->stop_simulation(simulator().c_api(), "");
        if (deed_.find("register-") == 0) context.reply.features = BATSCHED_FEATURE_REGISTRATION;
        if (deed_ == "ask-for-features") context.reply.features = std::uint64_t{1} << 40;
    }

  private:
    void on_job_submitted(const batsched_job_t& job) override {
        if (deed_.rfind("signal-", 0) == 0) kill(getpid(), std::stoi(deed_.substr(7)));
        if (deed_ == "register-unknown-type" && done_ > 0 &&
            !simulator().execute_job(job.id, hosts().first(1)))
            throw std::logic_error("an unknown type was not answered with UNSUPPORTED");
        const auto deed = kDeeds.find(deed_);
        if (deed != kDeeds.end() && done_++ == 0) deed->second({simulator().c_api(), job.id});
    }
    void on_decide() override {
        if (deed_ == "print") {
            std::printf("printf %d, ", done_);
            std::cout << "cout, ";
            std::fprintf(stderr, "stderr ");
            if (++done_ == 3) simulator().stop_simulation("printed");
        }
        if (deed_.find("-in-finalize") != std::string::npos) simulator().stop_simulation("");
        if (deed_ == "livelock") simulator().call_me_later(now());
    }
    void on_simulation_ends(batsched_exit_reason_t) override {
        if (deed_ == "decide-at-the-end")
            simulator().c_api()->call_me_later(simulator().c_api(), 1e9, 0, nullptr);
    }
    void on_finalize(const batsched_exit_t&) override {
        if (deed_ == "print") std::printf("finalized");
        if (deed_ == "throw-in-finalize") throw std::runtime_error("cannot write my results");
        if (deed_ == "decide-in-finalize")
            simulator().c_api()->stop_simulation(simulator().c_api(), "");
        if (deed_ == "exit-in-finalize") std::exit(9);
    }

    std::string deed_;
    int done_ = 0;
};

} // namespace

BATSCHED_PLUGIN(Misbehaving, "misbehaving", "0.0.1", "Does one bad thing");
