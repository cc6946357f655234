// static_order.cpp - makes a fixed list of decisions, each at its date or as soon after it as it can
// be made.
//
// It shows most of what a scheduler can do: executing with ranks, storage and walltime, rejecting,
// killing, annotating, switching hosts, registering jobs, handing jobs and hosts to other schedulers,
// delaying, stopping, and waking itself up.
#include <algorithm>
#include <batsched.hpp>
#include <batsched/transfer.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "decision_list.hpp"

namespace static_order {

template <class Do>
void for_each_host(const batsched::HostSet& hosts, Do&& what) {
    for (const auto& interval : hosts.intervals())
        for (batsched_host_id_t host = interval.first; host <= interval.last; ++host) what(host);
}

class StaticOrder : public batsched::Scheduler {
  public:
    explicit StaticOrder(const batsched::Context& context)
        : Scheduler(context), index_(context.init.index), free_(hosts()), held_(hosts()) {
        DecisionList list = read_decisions(context.init.config, context.init.name);
        decisions_ = std::move(list.decisions);
        later_jobs_ = std::move(list.later_jobs);
        borrowed_ = std::move(list.borrowed);
        shared_hosts_ = list.shared_hosts;
        check_hosts();
        if (shared_hosts_) context.reply.features |= BATSCHED_FEATURE_SHARED_HOSTS;
        if (std::any_of(decisions_.begin(), decisions_.end(), registers))
            context.reply.features |= BATSCHED_FEATURE_REGISTRATION;
        // Served last, and woken by whatever may make hosts idle.
        if (std::any_of(decisions_.begin(), decisions_.end(), takes_hosts))
            context.reply.features |= BATSCHED_FEATURE_OBSERVER;
    }

  private:
    static bool takes_hosts(const Decision& decision) {
        return std::holds_alternative<Take>(decision.what);
    }

    void check_hosts() const {
        for (const Decision& decision : decisions_) {
            const batsched::HostSet wanted = hosts_of(decision);
            if (!(wanted - hosts() - borrowed_).empty())
                throw std::invalid_argument(
                    "configuration: " + decision.place + ": hosts " + wanted.to_string() +
                    " are not all among those of this scheduler, " + hosts().to_string());
        }
    }

    void on_job_submitted(const batsched_job_t& job) override { ids_[job.name] = job.id; }

    // As an observer it hears also of jobs on hosts of others.
    void on_job_completed(const batsched_job_completed_t& end) override {
        give_back(batsched::HostSet(end.hosts) & held_);
    }

    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        if (change.state == BATSCHED_HOST_ON)
            not_on_ -= batsched::HostSet(change.hosts);
        else
            not_on_ |= batsched::HostSet(change.hosts);
    }

    void on_hosts_lent(const batsched_hosts_lent_t& lent) override {
        if (lent.to != index_) return;
        free_.insert(batsched::HostSet(lent.hosts));
        held_ |= batsched::HostSet(lent.hosts);
    }

    // Whoever made the list will have tried again, if it was the same there.
    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (dropped.job != nullptr) give_back(batsched::HostSet(dropped.hosts));
    }

    // Now every job is known that ever will be, but for those that are registered or come from others.
    void on_no_more_static_jobs() override {
        for (std::size_t i = next_; i < decisions_.size(); ++i)
            for (const std::string& job : jobs_of(decisions_[i]))
                if (ids_.count(job) == 0 && later_jobs_.count(job) == 0)
                    throw std::invalid_argument("configuration: " + decisions_[i].place +
                                                ": there is no job '" + job + "'");
    }

    // Which hosts are free: shared ones when the last job has left them.
    void take(const batsched::HostSet& hosts) {
        if (shared_hosts_) for_each_host(hosts, [this](auto host) { ++job_counts_[host]; });
        free_.erase(hosts);
    }
    void give_back(const batsched::HostSet& hosts) {
        if (!shared_hosts_) {
            free_.insert(hosts);
            return;
        }
        for_each_host(hosts, [this](auto host) {
            if (--job_counts_[host] == 0) free_.insert(batsched::HostSet::range(host, host));
        });
    }

    // The order of the list is kept: what cannot be made yet holds up what comes after it. So hosts
    // go from job to job as in the list even if a job ends a little later than it did there.
    void on_decide() override {
        started_something_ = false;
        const auto make_next = [this](const auto& what) { return make(what); };
        while (next_ < decisions_.size() && decisions_[next_].date <= now() &&
               is_possible(decisions_[next_]) && std::visit(make_next, decisions_[next_].what))
            ++next_;
        if (next_ < decisions_.size()) wake_up_for(decisions_[next_]);
    }

    bool is_possible(const Decision& decision) const {
        for (const std::string& job : jobs_of(decision))
            if (ids_.count(job) == 0) return false; // not submitted yet
        if (const auto* execute = std::get_if<Execute>(&decision.what))
            return (shared_hosts_ || free_.contains(execute->hosts)) &&
                   !execute->hosts.intersects(not_on_);
        if (const auto* change = std::get_if<SetHostState>(&decision.what))
            return free_.contains(change->state == BATSCHED_HOST_ON ? change->hosts - hosts()
                                                                    : change->hosts);
        if (const auto* change = std::get_if<SetPstate>(&decision.what))
            return free_.contains(change->hosts - hosts()); // borrowed ones
        if (const auto* lend = std::get_if<Lend>(&decision.what))
            return free_.contains(lend->hosts);
        if (const auto* give = std::get_if<Return>(&decision.what))
            return free_.contains(give->hosts);
        // A job that was started in this batch runs only when the batch is over.
        if (std::holds_alternative<Kill>(decision.what)) return !started_something_;
        return true;
    }

    // What is due already is tried again with the next event; there is one after a start.
    void wake_up_for(const Decision& decision) {
        if (decision.date > now() && decision.date > last_call_) {
            last_call_ = decision.date;
            simulator().call_me_later(decision.date);
        } else if (decision.date <= now() && started_something_) {
            simulator().call_me_later(now());
        }
    }

    // These tell whether the decision is made; if it is not, it is tried again in the next batch.
    bool make(const Execute& execute) {
        batsched_execution_t how{};
        how.rank_count = static_cast<std::uint32_t>(execute.rank_hosts.size());
        how.rank_hosts = execute.rank_hosts.empty() ? nullptr : execute.rank_hosts.data();
        how.storage_mapping =
            execute.storage_mapping.empty() ? nullptr : execute.storage_mapping.c_str();
        how.walltime = execute.walltime;
        const batsched_job_id_t id = ids_.at(execute.job);
        if (simulator().job(id) == nullptr)
            throw std::runtime_error(decisions_[next_].place + ": job '" + execute.job +
                                     "' cannot be executed: it is over");
        if (!simulator().execute_job(id, execute.hosts, how)) return false; // hosts are leaving
        take(execute.hosts);
        started_something_ = true;
        return true;
    }
    bool make(const Reject& reject) const {
        simulator().reject_job(ids_.at(reject.job), reject.reason);
        return true;
    }
    bool make(const Kill& kill) const {
        std::vector<batsched_job_id_t> jobs;
        for (const std::string& job : kill.jobs) jobs.push_back(ids_.at(job));
        simulator().kill_jobs(jobs);
        return true;
    }
    bool make(const Annotate& annotate) const {
        simulator().annotate_job(ids_.at(annotate.job), annotate.annotation);
        return true;
    }
    bool make(const Delay& delay) const {
        simulator().delay_decisions(delay.seconds);
        return true;
    }
    bool make(const Stop& stop) const {
        simulator().stop_simulation(stop.reason);
        return true;
    }
    bool make(const SetPstate& change) const {
        return simulator().set_pstate(change.hosts, change.pstate);
    }
    bool make(const SetHostState& change) const {
        return simulator().set_host_state(change.hosts, change.state);
    }
    bool make(const RegisterProfile& registration) const {
        simulator().register_profile(registration.profile, registration.json);
        return true;
    }
    bool make(const ReleaseProfile& release) const {
        simulator().release_profile(release.profile);
        return true;
    }
    bool make(const RegisterJob& registration) const {
        batsched_new_job_t job = BATSCHED_NEW_JOB_INIT;
        job.workload = registration.workload ? registration.workload->c_str() : nullptr;
        job.name = registration.name.c_str();
        job.profile = registration.profile.c_str();
        job.extra_data = registration.extra_data.c_str();
        job.requested_hosts = registration.requested_hosts;
        job.min_hosts = registration.min_hosts;
        job.max_hosts = registration.max_hosts;
        job.parent = registration.parent;
        job.walltime = registration.walltime;
        job.user_id = registration.user_id;
        job.group_id = registration.group_id;
        job.queue_id = registration.queue_id;
        job.executable_id = registration.executable_id;
        simulator().register_job(job);
        return true;
    }
    bool make(const FinishRegistration&) const {
        simulator().finish_registration();
        return true;
    }

    bool make(const Forward& forward) const {
        const batsched::Transfer transfer(simulator());
        transfer.forward_job(ids_.at(forward.job), transfer.find_scheduler(forward.to));
        return true;
    }
    bool make(const Lend& lend) const {
        const std::uint32_t to = batsched::Transfer(simulator()).find_scheduler(lend.to);
        return batsched::Lending(simulator()).lend_hosts(lend.hosts, to);
    }
    bool make(const Return& give) {
        if (!batsched::Lending(simulator()).return_hosts(give.hosts)) return false;
        free_.erase(give.hosts);
        held_ -= give.hosts;
        return true;
    }
    bool make(const Take& take) const {
        return batsched::Lending(simulator()).take_hosts(take.hosts);
    }

    void on_finalize(const batsched_exit_t& exit) override {
        if (exit.reason == BATSCHED_EXIT_FINISHED && next_ < decisions_.size())
            simulator().warning(std::to_string(decisions_.size() - next_) +
                                " decisions were not made: all jobs are over");
    }

    std::uint32_t index_; // among the schedulers
    std::vector<Decision> decisions_;
    std::size_t next_ = 0; // the decision to make
    std::unordered_map<std::string, batsched_job_id_t> ids_;
    std::set<std::string> later_jobs_; // that come only when others have decided so
    batsched::HostSet borrowed_;       // hosts that the list borrows at some time
    batsched::HostPool free_;          // of jobs, whether on or not
    batsched::HostSet held_;           // its own, and those that it has borrowed now
    bool shared_hosts_ = false;
    std::map<batsched_host_id_t, std::uint32_t> job_counts_; // on shared hosts
    batsched::HostSet not_on_;
    bool started_something_ = false; // in this batch
    double last_call_ = 0;           // date that was asked for
};

} // namespace static_order

BATSCHED_PLUGIN(static_order::StaticOrder, "static-order", "1.0.0",
                "Makes a fixed list of decisions with dates");
