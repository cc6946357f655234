// planted.cpp - a proper scheduler, first come first served, but for one defect that the environment
// variable PLANTED names: for check-plugin to find. What simply breaks the contract at the first job
// is in misbehaving.cpp.
#include <dlfcn.h>
#include <link.h>
#include <unistd.h>
#include <algorithm>
#include <batsched.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

std::string planted_defect() {
    const char* name = std::getenv("PLANTED");
    return name == nullptr ? "" : name;
}

void burn(double seconds) {
    const std::clock_t end = std::clock() + static_cast<std::clock_t>(seconds * CLOCKS_PER_SEC);
    while (std::clock() < end) {
    }
}

// Whether the first library of the namespace is the program.
bool is_in_the_programs_namespace() {
    Dl_info info{};
    void* map = nullptr;
    dladdr1(reinterpret_cast<void*>(&planted_defect), &info, &map, RTLD_DL_LINKMAP);
    const auto* first = static_cast<const link_map*>(map);
    while (first->l_prev != nullptr) first = first->l_prev;
    return first->l_name[0] == '\0';
}

// Shared by all instances without namespaces.
int instance_count = 0;
std::size_t shared_choices = 0;

const bool is_loaded = [] {
    const bool plain = is_in_the_programs_namespace();
    if (planted_defect() == "slow-to-load") burn(0.2);
    if (planted_defect() == "only-in-namespaces" && plain) std::abort();
    if (planted_defect() == "only-without-namespaces" && !plain) std::abort();
    return true;
}();

struct Waiting {
    batsched_job_id_t id;
    std::uint32_t requested_hosts;
};

class Planted : public batsched::Scheduler {
  public:
    explicit Planted(const batsched::Context& context)
        : Scheduler(context), defect_(planted_defect()), usable_(hosts()) {
        check_configuration(context.init.config);
        ++instance_count;
        if (has("one-instance") && instance_count > 1) throw std::runtime_error("not again");
        if (has("by-clock")) random_ = static_cast<std::size_t>(clock_now());
        if (has("by-second")) random_ = static_cast<std::size_t>(std::time(nullptr));
        if (has("random-device")) random_ = std::random_device()();
        if (has("by-namespace")) random_ = is_in_the_programs_namespace() ? 1 : 2;
        if (has("leaks-files")) std::fopen("/dev/null", "r"); // NOLINT(*-unused-return-value)
        if (has("leaks-threads")) std::thread([] { sleep(1000); }).detach();
        if (has("handles-signals")) std::signal(SIGTERM, SIG_IGN);
        if (has("changes-folder") && chdir("/") != 0) throw std::runtime_error("chdir");
    }

    void on_event(const batsched_event_t& event) override {
        if (event.type == 777 && has("aborts-on-unknown-events")) std::abort();
        if (event.struct_size > sizeof event && has("compares-sizes"))
            throw std::runtime_error("no event is so large");
        Scheduler::on_event(event);
    }

    void on_finalize(const batsched_exit_t& exit) override {
        --instance_count;
        if (has("aborts-when-interrupted") && exit.reason == BATSCHED_EXIT_INTERRUPTED)
            std::abort();
        if (has("aborts-at-the-end-if-configured") && is_configured_) std::abort();
        if (has("leaks")) static_cast<void>(new std::string(1000, 'x')); // NOLINT
    }

  private:
    struct Running {
        Waiting job;
        batsched::HostSet hosts;
    };

    bool has(const char* defect) const { return defect_ == defect; }

    void check_configuration(const std::string& text) {
        is_configured_ = !text.empty();
        if (has("aborts-at-the-end-if-configured")) return;
        if (text.empty() || text == "{}" || has("accepts-any-configuration")) return;
        if (has("kills-itself-on-wrong-configurations")) std::raise(SIGKILL);
        if (has("_exits-on-wrong-configurations")) _exit(1);
        if (has("exits-on-wrong-configurations")) std::exit(1);
        if (has("refuses-without-a-word")) throw batsched::Error(BATSCHED_FAILED, "");
        throw std::runtime_error("there is nothing to configure");
    }

    static long clock_now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

    void on_job_submitted(const batsched_job_t& job) override {
        ++seen_;
        if (has("prints")) std::printf("a job\n");
        if (has("hangs")) sleep(1000);
        if (has("ends-the-process")) _exit(0);
        if (has("needs-walltimes")) simulator().call_me_later(now() + job.walltime);
        if (has("forgets-jobs") && seen_ % 10 == 0) return;
        if (job.requested_hosts > hosts().size() && !has("executes-large-jobs"))
            simulator().reject_job(job.id, "larger than the partition");
        else
            queue_.push_back(std::make_unique<Waiting>(Waiting{job.id, job.requested_hosts}));
        if (has("short-queue") && queue_.size() > 50) throw std::runtime_error("queue is full");
    }

    void on_job_completed(const batsched_job_completed_t& end) override {
        if (has("needs-run-times") && !(now() > end.start_time)) throw std::runtime_error("1 / 0");
        running_.erase(end.job->id);
    }

    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (has("ignores-drops")) return;
        queue_.push_front(std::make_unique<Waiting>(running_.at(dropped.job->id).job));
        running_.erase(dropped.job->id);
    }

    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        if (has("ignores-host-states")) return;
        if (has("aborts-on-unavailable-hosts") && change.state == BATSCHED_HOST_UNAVAILABLE)
            std::abort();
        if (change.state == BATSCHED_HOST_ON)
            usable_ |= batsched::HostSet(change.hosts);
        else
            usable_ -= batsched::HostSet(change.hosts);
    }

    void on_external_event(const batsched_external_event_t& event) override {
        if (has("knows-all-external-events"))
            throw std::runtime_error("what is '" + std::string(event.type) + "'?");
    }

    void on_simulation_ends(batsched_exit_reason_t) override {
        if (has("needs-jobs") && seen_ == 0) throw std::runtime_error("0 / 0");
        if (has("decides-at-the-end")) simulator().call_me_later(now() + 1);
    }

    void on_decide() override {
        if (has("slow") && queue_.size() >= 500 && !has_slept_) burn(1.2);
        has_slept_ = has_slept_ || queue_.size() >= 500;
        if (has("rare") && now() > 30 && hosts().size() == 7) throw std::runtime_error("7!");
        while (!queue_.empty() && start(choose())) {
        }
    }

    // The index of the job to start next.
    std::size_t choose() {
        if (has("by-address"))
            return static_cast<std::size_t>(std::min_element(queue_.begin(), queue_.end()) -
                                            queue_.begin());
        if (has("shares-globals")) return shared_choices++ % queue_.size();
        if (random_ == 0) return 0;
        random_ = random_ * 6364136223846793005 + 1442695040888963407;
        return (random_ >> 33) % queue_.size();
    }

    batsched::HostPool free_hosts() const {
        batsched::HostSet free = usable_;
        if (has("counts-from-0"))
            free = batsched::HostSet::range(0, static_cast<unsigned>(hosts().size()) - 1);
        if (has("ignores-busy-hosts")) return batsched::HostPool(free);
        for (const auto& [id, running] : running_) free -= running.hosts;
        return batsched::HostPool(free);
    }

    bool start(std::size_t index) {
        const Waiting job = *queue_[index];
        batsched::HostPool free = free_hosts();
        const std::size_t count = has("executes-large-jobs")
                                      ? std::min<std::size_t>(job.requested_hosts, free.size())
                                      : job.requested_hosts;
        if (count > free.size() || count == 0) return false;
        const batsched::HostSet allocation = free.lowest(static_cast<std::uint32_t>(count));
        const bool accepted = simulator().execute_job(job.id, allocation);
        if (!accepted && !has("ignores-host-states")) return false;
        queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(index));
        if (accepted) running_.emplace(job.id, Running{job, allocation});
        return true;
    }

    std::string defect_;
    std::deque<std::unique_ptr<Waiting>> queue_;
    batsched::HostSet usable_;
    std::map<batsched_job_id_t, Running> running_;
    std::size_t random_ = 0; // 0: jobs start in order of submission
    std::size_t seen_ = 0;
    bool has_slept_ = false, is_configured_ = false;
};

} // namespace

// Always there: a symbol that is exported beside the vtable.
extern "C" BATSCHED_EXPORT bool planted_helper() { return is_loaded; }

BATSCHED_PLUGIN(Planted, "planted", "0.0.1", "Has the defect that PLANTED names");
