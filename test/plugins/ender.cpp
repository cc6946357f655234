// ender.cpp - a scheduler that ends its process, talks too much or goes on for ever, as its configuration
// says, when the first job is submitted; for tests of worker processes.
#include <unistd.h>

#include <batsched.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <thread>

namespace {

using Sim = const batsched_simulator_t*;

// Whole lines by all means that there are, in order.
void print_much() {
    for (int line = 0; line < 20000; ++line) {
        if (line % 2 == 0)
            std::printf("%d printf, which is a line with its number\n", line);
        else
            std::cout << line << " cout, which is a line with its number\n";
    }
}

const std::map<std::string, std::function<void(Sim)>> kDeeds{
    {"kill-9", [](Sim) { kill(getpid(), SIGKILL); }},
    {"_exit", [](Sim) { _exit(3); }},
    {"_exit-0", [](Sim) { _exit(0); }},
    {"quick_exit", [](Sim) { std::quick_exit(4); }},
    {"_exit-in-thread", [](Sim) { std::thread([] { _exit(5); }).join(); }},
    {"kill-pipe", [](Sim) { kill(getpid(), SIGPIPE); }},
    {"overwrite-memory",
     [](Sim) { // all shared memory that it finds
         std::FILE* maps = std::fopen("/proc/self/maps", "r");
         char line[512];
         while (std::fgets(line, sizeof line, maps) != nullptr) {
             char* rest = line;
             const unsigned long begin = std::strtoul(rest, &rest, 16);
             const unsigned long end = std::strtoul(rest + 1, &rest, 16);
             if (std::string(rest).rfind(" rw-s", 0) != 0) continue;
             for (unsigned long address = begin; address < end; ++address)
                 *reinterpret_cast<volatile char*>(address) = '\x5a';
         }
         while (true) pause(); // until the simulator notices
     }},
    {"call-from-thread",
     [](Sim sim) {
         std::thread([sim] {
             if (sim->stop_simulation(sim, "") != BATSCHED_WRONG_STATE) std::abort();
         }).join();
     }},
    {"print-much", [](Sim) { print_much(); }},
    {"print-without-end",
     [](Sim) {
         while (true) print_much();
     }},
};

class Ender : public batsched::Scheduler {
  public:
    explicit Ender(const batsched::Context& context)
        : Scheduler(context), deed_(context.init.config) {
        if (deed_ == "_exit-in-init") _exit(6);
    }

  private:
    void on_job_submitted(const batsched_job_t&) override {
        const auto deed = kDeeds.find(deed_);
        if (deed != kDeeds.end()) deed->second(simulator().c_api());
        if (deed_ != "go-on") simulator().stop_simulation("");
    }
    void on_decide() override {
        if (deed_ == "go-on") simulator().call_me_later(now() + 1);
    }
    void on_finalize(const batsched_exit_t&) override {
        if (deed_ == "_exit-in-finalize") _exit(7);
        if (deed_ == "go-on") std::printf("finalized\n");
    }

    std::string deed_;
};

} // namespace

BATSCHED_PLUGIN(Ender, "ender", "0.0.1", "Ends its process");
