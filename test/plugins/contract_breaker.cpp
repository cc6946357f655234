// contract_breaker.cpp - a scheduler that uses the interface in one wrong way, named by its
// configuration, when the first job is submitted. misbehaving.cpp has more of them.
#include <sys/mman.h>
#include <batsched.hpp>
#include <batsched/transfer.hpp>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <thread>

namespace {

using Sim = const batsched_simulator_t*;

struct Situation {
    Sim sim;
    batsched_job_id_t job; // of 4 hosts
};
using Deed = std::function<void(const Situation&)>;

constexpr batsched_interval_t kFourHosts{0, 3};
constexpr batsched_host_set_t kHosts{&kFourHosts, 1};

Deed execution(const std::function<void(batsched_execution_t&)>& change) {
    return [change](const Situation& s) {
        batsched_execution_t how{};
        how.struct_size = sizeof how;
        change(how);
        s.sim->execute_job(s.sim, s.job, kHosts, &how);
    };
}

Deed mapping(const char* json) {
    return execution([json](auto& how) { how.storage_mapping = json; });
}

Deed call(double time, double period) {
    return [=](const Situation& s) { s.sim->call_me_later(s.sim, time, period, nullptr); };
}

void expect(batsched_status_t status, batsched_status_t expected) {
    if (status != expected) throw std::logic_error("status " + std::to_string(status));
}

const batsched_transfer_t& transfer(const Situation& s) {
    return *static_cast<const batsched_transfer_t*>(s.sim->get_extension(s.sim, BATSCHED_TRANSFER));
}

const batsched_lending_t& lending(const Situation& s) {
    return *static_cast<const batsched_lending_t*>(s.sim->get_extension(s.sim, BATSCHED_LENDING));
}

// ---- Calls from where none may come --------------------------------------------------------------

void call_from_thread(const Situation& s) {
    std::thread([&s] {
        const auto status = s.sim->execute_job(s.sim, s.job, kHosts, nullptr);
        expect(status, BATSCHED_WRONG_STATE);
    }).join();
}

void log_from_thread(const Situation& s) {
    std::thread([&s] { s.sim->log(s.sim, BATSCHED_LOG_INFO, "from a thread"); }).join();
}

Sim simulator_for_handler;
void* unreadable_page;
constexpr std::size_t kPage = 4096;

// Called when the simulator reads the page.
void make_page_readable(int) {
    simulator_for_handler->log(simulator_for_handler, BATSCHED_LOG_INFO, "from a handler");
    mprotect(unreadable_page, kPage, PROT_READ);
}

// Calls reject_job, and inside it the handler.
void reject_with_handler(const Situation& s, void (*handler)(int)) {
    simulator_for_handler = s.sim;
    unreadable_page = mmap(nullptr, kPage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const auto before = std::signal(SIGSEGV, handler);
    s.sim->reject_job(s.sim, s.job, static_cast<const char*>(unreadable_page));
    std::signal(SIGSEGV, before);
}

void call_from_handler(const Situation& s) { reject_with_handler(s, make_page_readable); }
void exit_from_handler(const Situation& s) {
    reject_with_handler(s, [](int) { std::exit(7); });
}

// What std::cout writes to: each time it is to be written out something happens.
class Buffer : public std::streambuf {
  public:
    Buffer(const Situation& s, void (*deed)(const Situation&)) : situation_(s), deed_(deed) {
        std::cout.rdbuf(this);
    }

  private:
    int sync() override {
        deed_(situation_);
        return 0;
    }
    Situation situation_;
    void (*deed_)(const Situation&);
};

void call_in_flush(const Situation& s) {
    static Buffer buffer(
        s, [](const Situation& it) { it.sim->stop_simulation(it.sim, "in a buffer"); });
}
void crash_in_flush(const Situation& s) {
    static Buffer buffer(s, [](const Situation&) {
        volatile int* volatile nowhere = nullptr;
        *nowhere = 1;
    });
}

// With --isolation none the instances share it.
std::map<std::string, Sim> simulators;

// ---- Everything else -----------------------------------------------------------------------------

const std::map<std::string, Deed> kDeeds{
    {"log-level", [](const Situation& s) { s.sim->log(s.sim, 17, "loud"); }},
    {"log-null", [](const Situation& s) { s.sim->log(s.sim, BATSCHED_LOG_INFO, nullptr); }},
    {"report-null", [](const Situation& s) { s.sim->report_error(s.sim, nullptr); }},
    {"extension-null", [](const Situation& s) { s.sim->get_extension(s.sim, nullptr); }},
    {"forward-to-nobody", [](const Situation& s) { transfer(s).forward_job(s.sim, s.job, 9); }},
    {"forward-to-itself", [](const Situation& s) { transfer(s).forward_job(s.sim, s.job, 0); }},
    {"find-nobody",
     [](const Situation& s) {
         std::uint32_t index = 0;
         transfer(s).find_scheduler(s.sim, "north", &index);
     }},
    {"peer-without-size",
     [](const Situation& s) {
         batsched_peer_t peer{};
         transfer(s).get_scheduler(s.sim, 0, &peer);
     }},
    {"take-own-hosts", [](const Situation& s) { lending(s).take_hosts(s.sim, kHosts); }},
    {"return-own-hosts", [](const Situation& s) { lending(s).return_hosts(s.sim, kHosts); }},
    {"huge-hosts",
     [](const Situation& s) {
         s.sim->execute_job(s.sim, s.job, {&kFourHosts, SIZE_MAX}, nullptr);
     }},
    {"no-hosts", [](const Situation& s) { s.sim->execute_job(s.sim, s.job, {}, nullptr); }},
    {"foreign-hosts", // owns 0-3 only
     [](const Situation& s) {
         const batsched_interval_t hosts{2, 5};
         s.sim->execute_job(s.sim, s.job, {&hosts, 1}, nullptr);
     }},
    {"foreign-job", // of the other scheduler
     [](const Situation& s) { s.sim->execute_job(s.sim, s.job - 1, kHosts, nullptr); }},
    {"huge-kill", [](const Situation& s) { s.sim->kill_jobs(s.sim, &s.job, SIZE_MAX); }},
    {"large-kill", // 16 GiB
     [](const Situation& s) { s.sim->kill_jobs(s.sim, &s.job, std::size_t{1} << 31); }},
    {"null-kill", [](const Situation& s) { s.sim->kill_jobs(s.sim, nullptr, 3); }},
    {"kill-waiting", [](const Situation& s) { s.sim->kill_jobs(s.sim, &s.job, 1); }},
    {"kill-unknown",
     [](const Situation& s) {
         const batsched_job_id_t job = 99;
         s.sim->kill_jobs(s.sim, &job, 1);
     }},
    {"reject-twice",
     [](const Situation& s) {
         s.sim->reject_job(s.sim, s.job, "");
         s.sim->reject_job(s.sim, s.job, "");
     }},
    {"huge-struct", execution([](auto& how) { how.struct_size = 1 << 20; })},
    {"rank-outside", execution([](auto& how) {
         static constexpr batsched_host_id_t kRanks[] = {0, 7};
         how.rank_count = 2;
         how.rank_hosts = kRanks;
     })},
    {"ranks-without-hosts", execution([](auto& how) { how.rank_count = 2; })},
    {"nan-walltime", execution([](auto& how) { how.walltime = NAN; })},
    {"negative-walltime", execution([](auto& how) { how.walltime = -1; })},
    {"mapping-of-wrong-type", mapping(R"(["/scratch"])")},
    {"mapping-not-json", mapping("{scratch: 1}")},
    {"mapping-to-compute-host", mapping(R"({"scratch": 1})")},
    {"mapping-to-negative", mapping(R"({"scratch": -1})")},
    {"deep-mapping",
     [](const Situation& s) { mapping((R"({"a":)" + std::string(100000, '[')).c_str())(s); }},
    {"negative-delay", [](const Situation& s) { s.sim->delay_decisions(s.sim, -1); }},
    {"infinite-call", call(INFINITY, 0)},
    {"negative-period", call(1e6, -1)},
    {"nan-period", call(1e6, NAN)},
    {"tiny-period", call(1e6, 1e-300)},
    {"not-utf8-stop", [](const Situation& s) { s.sim->stop_simulation(s.sim, "caf\xe9"); }},
    {"not-utf8-annotation",
     [](const Situation& s) { s.sim->annotate_job(s.sim, s.job, "{\"a\": \"caf\xe9\"}"); }},
    {"annotation-of-wrong-type",
     [](const Situation& s) { s.sim->annotate_job(s.sim, s.job, "[1]"); }},
    {"host-state",
     [](const Situation& s) { s.sim->set_host_state(s.sim, kHosts, BATSCHED_HOST_FAILED); }},
    {"pstate", [](const Situation& s) { s.sim->set_pstate(s.sim, kHosts, 99); }},
    {"pstate-of-no-hosts", [](const Situation& s) { s.sim->set_pstate(s.sim, {}, 0); }},
    {"null-estimate",
     [](const Situation& s) { s.sim->estimate_run_time(s.sim, s.job, kHosts, nullptr); }},
    {"null-status", [](const Situation& s) { s.sim->get_host_status(s.sim, 0, nullptr); }},
    {"null-profile-name",
     [](const Situation& s) {
         const batsched_profile_t* profile = nullptr;
         s.sim->get_profile(s.sim, nullptr, &profile);
     }},
    {"register-release-of-file", [](const Situation& s) { s.sim->release_profile(s.sim, "w0!p"); }},
    {"register-release-of-another", // s0 has registered it
     [](const Situation& s) { s.sim->release_profile(s.sim, "s0!p"); }},
    {"register-no-hosts",
     [](const Situation& s) {
         batsched_new_job_t job = BATSCHED_NEW_JOB_INIT;
         job.name = "x";
         job.profile = "w0!p";
         job.requested_hosts = 0;
         s.sim->register_job(s.sim, &job, nullptr);
     }},
    {"call-from-thread", call_from_thread},
    {"log-from-thread", log_from_thread},
    {"call-from-handler", call_from_handler},
    {"exit-from-handler", exit_from_handler},
    {"call-in-flush", call_in_flush},
    {"crash-in-flush", crash_in_flush},
    {"foreign-simulator", // of s0
     [](const Situation& s) {
         const Sim other = simulators.at("s0");
         expect(other->execute_job(other, s.job, kHosts, nullptr), BATSCHED_WRONG_STATE);
     }},
};

// Other configurations: "owner" registers the profile s0!p; "witness" says when it is finalized, and
// with which message; "kept-simulator" uses that of s1 in its own sched_finalize, which comes later.
class ContractBreaker : public batsched::Scheduler {
  public:
    explicit ContractBreaker(const batsched::Context& context)
        : Scheduler(context), deed_(context.init.config) {
        simulators[name()] = simulator().c_api();
        if (deed_ == "owner" || deed_.find("register-") == 0)
            context.reply.features = BATSCHED_FEATURE_REGISTRATION;
    }

  private:
    void on_simulation_begins(const batsched_simulation_begins_t&) override {
        if (deed_ == "owner")
            simulator().register_profile("s0!p", R"({"type": "delay", "delay": 1})");
    }
    void on_job_submitted(const batsched_job_t& job) override {
        const auto deed = kDeeds.find(deed_);
        if (deed != kDeeds.end() && !done_) deed->second({simulator().c_api(), job.id});
        done_ = true;
        if (deed_ == "kept-simulator") simulator().stop_simulation("enough");
    }
    void on_decide() override {}
    void on_finalize(const batsched_exit_t& exit) override {
        if (deed_ == "witness") simulator().info("finalized after: " + std::string(exit.message));
        if (deed_ != "kept-simulator") return;
        const Sim other = simulators.at("s1");
        other->log(other, BATSCHED_LOG_INFO, "from the grave");
    }

    std::string deed_;
    bool done_ = false;
};

} // namespace

BATSCHED_PLUGIN(ContractBreaker, "contract-breaker", "0.0.1", "Uses the interface in a wrong way");
