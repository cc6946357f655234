// static_order.cpp - makes a fixed list of decisions, each at its date or as soon after it as it can
// be made.
//
// It shows most of what a scheduler can do: executing with ranks, storage and walltime, rejecting,
// killing, annotating, delaying, stopping, and waking itself up.
#include <batsched.hpp>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

#include "decision_list.hpp"

namespace static_order {

class StaticOrder : public batsched::Scheduler {
  public:
    explicit StaticOrder(const batsched::Context& context)
        : Scheduler(context),
          decisions_(read_decisions(context.init.config, context.init.name)),
          free_(hosts()) {
        check_hosts();
    }

  private:
    void check_hosts() const {
        for (const Decision& decision : decisions_) {
            const auto* execute = std::get_if<Execute>(&decision.what);
            if (execute != nullptr && !(execute->hosts - hosts()).empty())
                throw std::invalid_argument(
                    "configuration: " + decision.place + ": hosts " + execute->hosts.to_string() +
                    " are not all among those of this scheduler, " + hosts().to_string());
        }
    }

    void on_job_submitted(const batsched_job_t& job) override { ids_[job.name] = job.id; }

    void on_job_completed(const batsched_job_completed_t& end) override {
        free_.insert(batsched::HostSet(end.usable_hosts));
    }

    // Now every job is known that ever will be.
    void on_no_more_static_jobs() override {
        for (std::size_t i = next_; i < decisions_.size(); ++i)
            for (const std::string& job : jobs_of(decisions_[i]))
                if (ids_.count(job) == 0)
                    throw std::invalid_argument("configuration: " + decisions_[i].place +
                                                ": there is no job '" + job + "'");
    }

    // The order of the list is kept: what cannot be made yet holds up what comes after it. So hosts
    // go from job to job as in the list even if a job ends a little later than it did there.
    void on_decide() override {
        started_something_ = false;
        while (next_ < decisions_.size() && decisions_[next_].date <= now() &&
               is_possible(decisions_[next_])) {
            std::visit([this](const auto& what) { make(what); }, decisions_[next_].what);
            ++next_;
        }
        if (next_ < decisions_.size()) wake_up_for(decisions_[next_]);
    }

    bool is_possible(const Decision& decision) const {
        for (const std::string& job : jobs_of(decision))
            if (ids_.count(job) == 0) return false; // not submitted yet
        if (const auto* execute = std::get_if<Execute>(&decision.what))
            return free_.contains(execute->hosts);
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

    void make(const Execute& execute) {
        batsched_execution_t how{};
        how.rank_count = static_cast<std::uint32_t>(execute.rank_hosts.size());
        how.rank_hosts = execute.rank_hosts.empty() ? nullptr : execute.rank_hosts.data();
        how.storage_mapping =
            execute.storage_mapping.empty() ? nullptr : execute.storage_mapping.c_str();
        how.walltime = execute.walltime;
        if (!simulator().execute_job(ids_.at(execute.job), execute.hosts, how))
            throw std::runtime_error(decisions_[next_].place + ": job '" + execute.job +
                                     "' cannot be executed: it is over");
        free_.erase(execute.hosts);
        started_something_ = true;
    }
    void make(const Reject& reject) { simulator().reject_job(ids_.at(reject.job), reject.reason); }
    void make(const Kill& kill) {
        std::vector<batsched_job_id_t> jobs;
        for (const std::string& job : kill.jobs) jobs.push_back(ids_.at(job));
        simulator().kill_jobs(jobs);
    }
    void make(const Annotate& annotate) {
        simulator().annotate_job(ids_.at(annotate.job), annotate.annotation);
    }
    void make(const Delay& delay) { simulator().delay_decisions(delay.seconds); }
    void make(const Stop& stop) { simulator().stop_simulation(stop.reason); }

    void on_finalize(const batsched_exit_t& exit) override {
        if (exit.reason == BATSCHED_EXIT_FINISHED && next_ < decisions_.size())
            simulator().warning(std::to_string(decisions_.size() - next_) +
                                " decisions were not made: all jobs are over");
    }

    std::vector<Decision> decisions_;
    std::size_t next_ = 0; // the decision to make
    std::unordered_map<std::string, batsched_job_id_t> ids_;
    batsched::HostPool free_;
    bool started_something_ = false; // in this batch
    double last_call_ = 0;           // date that was asked for
};

} // namespace static_order

BATSCHED_PLUGIN(static_order::StaticOrder, "static-order", "1.0.0",
                "Makes a fixed list of decisions with dates");
