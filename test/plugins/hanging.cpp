// hanging.cpp - a scheduler that does not return, in the way that its configuration names, when the
// first job is submitted.
#include <unistd.h>
#include <batsched.hpp>
#include <csignal>
#include <mutex>
#include <string>

namespace {

volatile bool forever = true; // volatile: the compiler must not know

[[gnu::noinline]] void loop() {
    while (forever) {
    }
}

[[gnu::noinline]] void sleep_for_ever() {
    while (forever) sleep(1000);
}

class Hanging : public batsched::Scheduler {
  public:
    explicit Hanging(const batsched::Context& context)
        : Scheduler(context), way_(context.init.config) {
        if (way_ == "in-init") loop();
    }

  private:
    void on_job_submitted(const batsched_job_t& job) override {
        if (way_ == "loop") loop();
        if (way_ == "sleep") sleep_for_ever();
        if (way_ == "wait-for-itself") {
            std::mutex mutex;
            mutex.lock();
            mutex.lock();
        }
        if (way_ == "look-up") // is mostly inside the simulator
            while (forever) simulator().job(job.id);
        if (way_ == "with-signals-blocked") {
            sigset_t all;
            sigfillset(&all);
            pthread_sigmask(SIG_SETMASK, &all, nullptr);
            loop();
        }
    }
    void on_decide() override {
        if (way_ == "in-finalize") simulator().stop_simulation("");
    }
    void on_finalize(const batsched_exit_t&) override {
        if (way_ == "in-finalize") loop();
    }

    std::string way_;
};

} // namespace

BATSCHED_PLUGIN(Hanging, "hanging", "0.0.1", "Does not return");
