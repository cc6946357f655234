// leaver.cpp - ends the process, in the way that its configuration names, when the first job has been
// submitted.
#include <err.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <thread>

#include "guest.hpp"

namespace {

const std::map<std::string, std::function<void()>> kWays{
    {"exit", [] { std::exit(7); }},
    {"_exit", [] { _exit(7); }},
    {"_Exit", [] { std::_Exit(7); }},
    {"quick_exit", [] { std::quick_exit(7); }},
    {"err", [] { errx(7, "so long"); }}, // calls exit inside of the C library
    {"pthread_exit", [] { pthread_exit(nullptr); }},
    {"exit of a thread", [] { std::thread([] { std::exit(7); }).join(); }},
    {"_exit of a thread", [] { std::thread([] { _exit(7); }).join(); }},
    // Not the process, but a thread or another process: that is allowed.
    {"pthread_exit of a thread", [] { std::thread([] { pthread_exit(nullptr); }).join(); }},
    {"_exit of a child",
     [] {
         const pid_t child = fork();
         if (child == 0) _exit(7);
         int status = 0;
         waitpid(child, &status, 0);
         if (WEXITSTATUS(status) != 7) throw std::runtime_error("the child has another status");
     }},
    {"vfork",
     [] {
         if (std::system("exit 7") >> 8 != 7) throw std::runtime_error("another status");
     }},
};

class Leaver : public Guest {
  public:
    explicit Leaver(const batsched::Context& context)
        : Guest(context), leave_(kWays.at(context.init.config)) {}

  private:
    void work() override { leave_(); }

    std::function<void()> leave_;
};

} // namespace

BATSCHED_PLUGIN(Leaver, "leaver", "1.0.0", "Ends the process");
