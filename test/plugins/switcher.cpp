// switcher.cpp - first come, first served on hosts that are switched off whenever they have nothing to
// do, from date 0 on: for tests of what is written about hosts.
#include <batsched.hpp>
#include <deque>

class Switcher : public batsched::Scheduler {
  public:
    explicit Switcher(const batsched::Context& context) : Scheduler(context), on_(hosts()) {}

  private:
    void on_job_submitted(const batsched_job_t& job) override {
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else
            queue_.push_back({job.id, job.requested_hosts});
    }
    void on_job_completed(const batsched_job_completed_t& end) override {
        busy_ -= batsched::HostSet(end.hosts);
    }
    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        const batsched::HostSet changed(change.hosts);
        on_ -= changed;
        off_ -= changed;
        if (change.state == BATSCHED_HOST_ON) on_ |= changed;
        if (change.state == BATSCHED_HOST_OFF) off_ |= changed;
    }

    void on_decide() override {
        while (!queue_.empty() && start(queue_.front())) queue_.pop_front();
        if (queue_.empty())
            switch_hosts(on_ - busy_, BATSCHED_HOST_OFF);
        else
            switch_hosts(off_, BATSCHED_HOST_ON);
    }

    struct Waiting {
        batsched_job_id_t id;
        std::uint32_t requested_hosts;
    };
    bool start(const Waiting& job) {
        const batsched::HostSet free = on_ - busy_;
        if (free.size() < job.requested_hosts) return false;
        const batsched::HostSet allocation = free.first(job.requested_hosts);
        if (!simulator().execute_job(job.id, allocation)) return false;
        busy_ |= allocation;
        return true;
    }
    void switch_hosts(const batsched::HostSet& hosts, batsched_host_state_t state) {
        if (hosts.empty() || !simulator().set_host_state(hosts, state)) return;
        on_ -= hosts;
        off_ -= hosts;
    }

    std::deque<Waiting> queue_;
    batsched::HostSet on_, off_, busy_; // the others are on their way, or have failed
};

BATSCHED_PLUGIN(Switcher, "switcher", "1.0.0", "Switches hosts off that have nothing to do");
