// registrar.cpp - a scheduler that registers profiles and jobs: for tests of registration.
#include <batsched.hpp>
#include <deque>
#include <nlohmann/json.hpp>
#include <string>

// Runs jobs in order of submission on the lowest hosts. The configuration:
//   "resubmit": factor: a job that has reached its walltime is registered again with so many times
//               the walltime, as its child, in the same workload
//   "generate": {"count", "period", "workload", "hosts", "profile": {}}: registers so many jobs, one
//               at a time, in this workload ("" for its own)
//   "delay": seconds by which the decisions of each batch are delayed
//   "never_finish": true: does not finish the registration
class Registrar : public batsched::Scheduler {
  public:
    explicit Registrar(const batsched::Context& context) : Scheduler(context), free_(hosts()) {
        const std::string text = context.init.config;
        if (!text.empty()) config_ = nlohmann::json::parse(text);
        context.reply.features = BATSCHED_FEATURE_REGISTRATION;
        if (config_.contains("generate")) to_generate_ = config_["generate"]["count"];
    }

  private:
    void on_simulation_begins(const batsched_simulation_begins_t&) override {
        if (to_generate_ == 0) return;
        const nlohmann::json& how = config_["generate"];
        simulator().register_profile(name() + "!generated", how["profile"].dump());
        calls_ = simulator().call_me_later(0, how["period"]);
    }

    void on_requested_call(batsched_call_id_t) override {
        const nlohmann::json& how = config_["generate"];
        const std::string job_name = "generated-" + std::to_string(++generated_);
        const std::string workload = how["workload"];
        const std::string profile = name() + "!generated";
        batsched_new_job_t job = BATSCHED_NEW_JOB_INIT;
        job.name = job_name.c_str();
        job.profile = profile.c_str();
        job.workload = workload.empty() ? nullptr : workload.c_str();
        job.requested_hosts = how["hosts"];
        job.extra_data = R"({"generated": true})";
        simulator().register_job(job);
        if (--to_generate_ > 0) return;
        simulator().cancel_call(calls_);
        simulator().release_profile(profile);
    }

    void on_job_submitted(const batsched_job_t& job) override {
        queue_.push_back(job);
        if (job.parent == BATSCHED_NO_JOB) ++left_;
        if (const char* extra = simulator().job_extra(job.id); std::string(extra) != "{}")
            simulator().annotate_job(job.id, extra);
        if (job.parent != BATSCHED_NO_JOB)
            simulator().annotate_job(job.id, R"({"parent": )" + std::to_string(job.parent) + "}");
    }

    void on_job_completed(const batsched_job_completed_t& end) override {
        free_.insert(batsched::HostSet(end.usable_hosts));
        if (end.state == BATSCHED_JOB_WALLTIME_REACHED && config_.contains("resubmit"))
            resubmit(*end.job);
        else
            --left_;
    }

    void resubmit(const batsched_job_t& killed) {
        const std::string full_name = killed.name;
        const std::string again = full_name.substr(full_name.find('!') + 1) + "+";
        batsched_new_job_t job = BATSCHED_NEW_JOB_INIT;
        job.parent = killed.id;
        job.workload = killed.workload;
        job.name = again.c_str();
        job.profile = killed.profile;
        job.requested_hosts = killed.requested_hosts;
        job.walltime = killed.walltime * config_["resubmit"].get<double>();
        job.user_id = killed.user_id;
        const batsched_job_id_t id = simulator().register_job(job);
        simulator().annotate_job(killed.id, R"({"resubmitted_as": )" + std::to_string(id) + "}");
    }

    void on_no_more_static_jobs() override { no_more_static_jobs_ = true; }

    void on_decide() override {
        while (!queue_.empty() && queue_.front().requested_hosts <= free_.size()) {
            const auto allocation = free_.lowest(queue_.front().requested_hosts);
            if (!simulator().execute_job(queue_.front().id, allocation)) return;
            free_.erase(allocation);
            queue_.pop_front();
        }
        finish_if_done();
        if (config_.contains("delay")) simulator().delay_decisions(config_["delay"]);
    }

    void finish_if_done() {
        const bool may_resubmit = config_.contains("resubmit") && left_ > 0;
        if (!no_more_static_jobs_ || to_generate_ > 0 || may_resubmit || finished_) return;
        if (config_.value("never_finish", false)) return;
        finished_ = true;
        simulator().finish_registration();
    }

    nlohmann::json config_ = nlohmann::json::object();
    batsched::HostPool free_;
    std::deque<batsched_job_t> queue_;
    batsched_call_id_t calls_ = 0;
    int to_generate_ = 0, generated_ = 0;
    int left_ = 0; // jobs that were submitted for the first time and are not over for good
    bool no_more_static_jobs_ = false, finished_ = false;
};

BATSCHED_PLUGIN(Registrar, "registrar", "1.0.0", "Registers jobs as configured");
