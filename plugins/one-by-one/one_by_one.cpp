// one_by_one.cpp - one job at a time, in order of submission.
#include <batsched.hpp>
#include <deque>

#include "../common/config.hpp"

class OneByOne : public batsched::Scheduler {
  public:
    explicit OneByOne(const batsched::Context& context)
        : Scheduler(context), hosts_(read_allocation(context.init.config), simulator(), hosts()) {}

  private:
    struct Waiting {
        batsched_job_id_t id;
        std::uint32_t requested_hosts;
    };

    static batsched::Allocation read_allocation(const char* text) {
        batsched::Config config(text);
        const batsched::Allocation allocation = batsched::read_allocation(config);
        config.check_unused();
        return allocation;
    }

    void on_job_submitted(const batsched_job_t& job) override {
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else
            queue_.push_back({job.id, job.requested_hosts});
    }

    void on_job_completed(const batsched_job_completed_t&) override { running_ = false; }

    // The job waits again, in its old place.
    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (dropped.job == nullptr) return;
        queue_.push_front({dropped.job->id, dropped.job->requested_hosts});
        running_ = false;
    }

    void on_decide() override {
        if (running_ || queue_.empty()) return;
        const Waiting job = queue_.front();
        running_ = simulator().execute_job(job.id, hosts_.choose(job.requested_hosts));
        if (running_) queue_.pop_front();
    }

    batsched::FreeHosts hosts_; // all of them: nothing else runs when a job is started
    std::deque<Waiting> queue_;
    bool running_ = false;
};

BATSCHED_PLUGIN(OneByOne, "one-by-one", "1.0.0", "One job at a time");
