// watcher.cpp - an observer that checks what observers are promised: for tests of observers.
#include <batsched.hpp>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// The configuration is what it does to the first job that it sees, which belongs to another scheduler:
// "execute", "kill", "reject", "annotate", or "switch-off": to its hosts. Without one it only watches.
class Watcher : public batsched::Scheduler {
  public:
    explicit Watcher(const batsched::Context& context)
        : Scheduler(context), what_(context.init.config) {
        context.reply.features = BATSCHED_FEATURE_OBSERVER;
    }

  private:
    // Of a job that is in the system.
    struct Seen {
        const batsched_job_t* job;
        std::string name;
        bool has_started = false;
    };

    static void demand(bool condition, const std::string& message) {
        if (!condition) throw std::logic_error(message);
    }
    Seen& find(const batsched_job_t* job) {
        const auto found = seen_.find(job->id);
        demand(found != seen_.end(), std::string(job->name) + " was never submitted");
        demand(found->second.job == job, found->second.name + " is in another place");
        return found->second;
    }

    void on_job_submitted(const batsched_job_t& job) override {
        demand(job.submit_time == now() && seen_.count(job.id) == 0, "submitted twice or late");
        seen_[job.id] = {&job, job.name};
        const auto first = batsched::HostSet::range(0, 0);
        if (what_ == "execute") static_cast<void>(simulator().execute_job(job.id, first));
        if (what_ == "reject") simulator().reject_job(job.id, "");
        if (what_ == "annotate") simulator().annotate_job(job.id, "{}");
    }
    void on_job_started(const batsched_job_started_t& started) override {
        Seen& seen = find(started.job);
        demand(!seen.has_started, seen.name + " has started twice");
        seen.has_started = true;
        demand(batsched::HostSet(started.hosts).size() >= started.job->min_hosts, "has no hosts");
        if (what_ == "kill") simulator().kill_jobs({started.job->id});
        if (what_ == "switch-off")
            simulator().set_host_state(batsched::HostSet(started.hosts), BATSCHED_HOST_OFF);
    }
    void on_job_completed(const batsched_job_completed_t& end) override {
        demand(find(end.job).has_started, "a job has ended that had not started");
        over_.push_back(end.job->id);
    }
    void on_job_rejected(const batsched_job_rejected_t& rejected) override {
        demand(!find(rejected.job).has_started, "a job that ran was rejected");
        over_.push_back(rejected.job->id);
    }
    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        const batsched::HostSet unknown = batsched::HostSet(change.hosts) - all_hosts();
        demand(unknown.empty(), "hosts that are not of the platform");
    }

    // Jobs that are over can be looked at until DECIDE has returned, then no more.
    void on_decide() override {
        for (const batsched_job_id_t id : gone_)
            demand(simulator().job(id) == nullptr, "a job is there after its end");
        gone_ = std::exchange(over_, {});
        for (const batsched_job_id_t id : gone_) {
            const Seen& seen = seen_.at(id);
            demand(simulator().job(id) == seen.job && seen.job->name == seen.name,
                   seen.name + " is not there any more");
            seen_.erase(id);
        }
    }

    void on_simulation_ends(batsched_exit_reason_t) override {
        demand(seen_.empty(), "a job has not ended");
    }

    std::string what_;
    std::map<batsched_job_id_t, Seen> seen_;
    std::vector<batsched_job_id_t> over_, gone_; // in this batch, in the one before
};

BATSCHED_PLUGIN(Watcher, "watcher", "0.0.1", "Watches other schedulers");
