// closed_loop_users.cpp - users who submit their next job some time after their last one has ended.
//
// D. Feitelson, "Resampling with feedback - a new paradigm of using workload data for performance
// evaluation", Euro-Par 2016, tells why users should react to the system.
#include <algorithm>
#include <batsched.hpp>
#include <stdexcept>
#include <unordered_map>

#include "../common/text.hpp"
#include "population.hpp"

namespace closed_loop_users {

using batsched::text_of;

// What a user draws does not depend on the system: with the same seed the same jobs with the same think
// times meet every scheduler.
struct User {
    Dice dice, retry_dice;
    std::uint64_t job_count = 0;   // that the user has submitted, without retries
    std::uint64_t retry_count = 0; // of the job below
    const JobKind* kind = nullptr; // the job that the user has submitted last, and its run time
    double run_time = 0;
};

class ClosedLoopUsers : public batsched::Scheduler {
  public:
    explicit ClosedLoopUsers(const batsched::Context& context)
        : Scheduler(context), population_(context.init.config) {
        for (std::uint32_t i = 0; i < context.init.workload_count; ++i)
            owns_workload_ = owns_workload_ || population_.workload == context.init.workloads[i];
        for (std::uint64_t i = 0; i < population_.users; ++i)
            users_.push_back({Dice(context.init.seed, 2 * i), Dice(context.init.seed, 2 * i + 1)});
        context.reply.features = BATSCHED_FEATURE_OBSERVER | BATSCHED_FEATURE_REGISTRATION;
    }

  private:
    using UserId = std::size_t;

    void on_simulation_begins(const batsched_simulation_begins_t&) override {
        owns_workload_ = owns_workload_ || population_.workload == name();
        if (owns_workload_)
            throw std::invalid_argument(
                "configuration: 'workload' must be one that another "
                "scheduler owns, which executes the jobs; '" +
                population_.workload + "' belongs to this one");
        users_at_work_ = users_.size();
        for (UserId user = 0; user < users_.size(); ++user) think(user);
    }

    void think(UserId user) {
        const double seconds = population_.think_time.draw(users_[user].dice);
        thinking_.emplace(simulator().call_me_later(now() + seconds),
                          Thought{user, BATSCHED_NO_JOB});
    }

    void on_requested_call(batsched_call_id_t call) override {
        const auto found = thinking_.find(call);
        const Thought thought = found->second;
        thinking_.erase(found);
        if (thought.failed_job == BATSCHED_NO_JOB)
            submit_next(thought.user);
        else
            submit(thought.user, thought.failed_job);
    }

    void submit_next(UserId id) {
        User& user = users_[id];
        user.kind = &population_.draw_kind(user.dice);
        user.run_time = user.kind->run_time.draw(user.dice);
        user.retry_count = 0;
        ++user.job_count;
        submit(id, BATSCHED_NO_JOB);
    }

    void submit(UserId id, batsched_job_id_t failed_job) {
        const User& user = users_[id];
        std::string job_name =
            name() + "-" + std::to_string(id) + "-" + std::to_string(user.job_count);
        if (user.retry_count > 0) job_name += "-retry" + std::to_string(user.retry_count);
        const bool has_profile = !user.kind->profile.empty();
        const std::string profile =
            population_.workload + "!" + (has_profile ? user.kind->profile : job_name);
        if (!has_profile)
            simulator().register_profile(
                profile, R"({"type": "delay", "delay": )" + text_of(user.run_time) + "}");
        batsched_new_job_t job = BATSCHED_NEW_JOB_INIT;
        job.workload = population_.workload.c_str();
        job.name = job_name.c_str();
        job.profile = profile.c_str();
        job.requested_hosts = user.kind->hosts;
        job.walltime = walltime_of(user);
        job.parent = failed_job;
        job.user_id = static_cast<std::int32_t>(id);
        user_of_job_.emplace(simulator().register_job(job), id);
        if (!has_profile) simulator().release_profile(profile);
    }

    double walltime_of(const User& user) const {
        const double factor = population_.walltime_factor;
        const bool is_estimated = user.kind->profile.empty() && factor > 0;
        if (!is_estimated) return user.kind->walltime;
        constexpr double kShortest = 1e-9; // a job may do nothing
        return std::min(user.kind->walltime, std::max(kShortest, factor * user.run_time));
    }

    void on_job_completed(const batsched_job_completed_t& end) override {
        const auto found = user_of_job_.find(end.job->id);
        if (found == user_of_job_.end()) return; // somebody else's
        const UserId id = found->second;
        user_of_job_.erase(found);
        User& user = users_[id];
        if (end.state == BATSCHED_JOB_SUCCEEDED || user.retry_count == population_.retries)
            return go_on(id);
        ++user.retry_count;
        const double seconds = population_.retry_time.draw(user.retry_dice);
        if (seconds > 0)
            thinking_.emplace(simulator().call_me_later(now() + seconds), Thought{id, end.job->id});
        else
            submit(id, end.job->id);
    }

    // To try it again would be in vain.
    void on_job_rejected(const batsched_job_rejected_t& rejected) override {
        const auto found = user_of_job_.find(rejected.job->id);
        if (found == user_of_job_.end()) return;
        const UserId id = found->second;
        user_of_job_.erase(found);
        go_on(id);
    }

    void go_on(UserId id) {
        if (users_[id].job_count < population_.jobs_per_user)
            think(id);
        else if (--users_at_work_ == 0)
            simulator().finish_registration();
    }

    void on_decide() override {}

    // What a user waits to do: to submit a new job, or again one that has failed.
    struct Thought {
        UserId user;
        batsched_job_id_t failed_job;
    };

    Population population_;
    bool owns_workload_ = false;
    std::vector<User> users_;
    std::size_t users_at_work_ = 0;
    std::unordered_map<batsched_call_id_t, Thought> thinking_;  // never iterated
    std::unordered_map<batsched_job_id_t, UserId> user_of_job_; // likewise
};

} // namespace closed_loop_users

BATSCHED_PLUGIN(closed_loop_users::ClosedLoopUsers, "closed-loop-users", "1.0.0",
                "Users who submit their next job some time after their last one has ended");
