// driver.cpp - one job at a time on the first hosts, with what the configuration asks for: for tests
// of kills, rank mappings and shared hosts.
#include <batsched.hpp>
#include <cmath>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>

// The configuration:
//   "kill_delay": seconds after its start at which each job is killed; a job that has a member
//              "kill_after" is killed after so many seconds
//   "kill_twice": true: a second time, when it is over
//   "mapping": "reverse" | "pairs" | "first": rank i on the last but i-th host, on host i / 2, on the
//              first one
//   "ranks": {"job": [the hosts of its ranks]}
//   "storages": {"label": host id}
//   "walltime": of each job instead of its own
//   "shared": how many jobs may be on the hosts at once
class Driver : public batsched::Scheduler {
  public:
    explicit Driver(const batsched::Context& context) : Scheduler(context) {
        const std::string text = context.init.config;
        if (!text.empty()) config_ = nlohmann::json::parse(text);
        most_jobs_ = config_.value("shared", 1);
        if (most_jobs_ > 1) context.reply.features = BATSCHED_FEATURE_SHARED_HOSTS;
    }

  private:
    using hosts_t = std::vector<batsched_host_id_t>;
    struct Waiting {
        batsched_job_id_t id;
        std::string name;
        std::uint32_t requested_hosts;
    };

    void on_job_submitted(const batsched_job_t& job) override {
        queue_.push_back({job.id, job.name, job.requested_hosts});
    }

    void on_job_completed(const batsched_job_completed_t& end) override {
        --running_;
        if (end.state == BATSCHED_JOB_SUCCEEDED || end.state == BATSCHED_JOB_FAILED) return;
        nlohmann::json note = {{"how_far", nlohmann::json::parse(end.progress_json)}};
        if (!std::isnan(end.progress)) note["share"] = end.progress;
        simulator().annotate_job(end.job->id, note.dump());
    }

    void on_requested_call(batsched_call_id_t call) override {
        const batsched_job_id_t job = victims_.at(call);
        simulator().kill_jobs({job});
    }

    void on_jobs_killed(const batsched_jobs_killed_t& killed) override {
        if (config_.value("kill_twice", false) && simulator().kill_jobs({killed.jobs[0]}))
            throw std::logic_error("a job was killed twice");
    }

    void on_decide() override {
        while (running_ < most_jobs_ && !queue_.empty()) {
            start(queue_.front());
            queue_.pop_front();
        }
    }

    void start(const Waiting& job) {
        const batsched::HostSet allocation = hosts().first(job.requested_hosts);
        const hosts_t ranks = rank_hosts(job.name, allocation);
        const std::string storages = config_.value("storages", nlohmann::json()).dump();
        batsched_execution_t how{};
        how.rank_count = static_cast<std::uint32_t>(ranks.size());
        how.rank_hosts = ranks.empty() ? nullptr : ranks.data();
        how.storage_mapping = config_.contains("storages") ? storages.c_str() : nullptr;
        how.walltime = config_.value("walltime", 0.0);
        if (!simulator().execute_job(job.id, allocation, how))
            throw std::logic_error("a job was not executed");
        ++running_;
        if (const auto delay = kill_delay(job); !std::isnan(delay))
            victims_[simulator().call_me_later(now() + delay)] = job.id;
    }

    double kill_delay(const Waiting& job) {
        const auto extra = nlohmann::json::parse(simulator().job_extra(job.id));
        return extra.value("kill_after", config_.value("kill_delay", double{NAN}));
    }

    hosts_t rank_hosts(const std::string& job, const batsched::HostSet& allocation) const {
        hosts_t hosts = config_.value("ranks", nlohmann::json::object()).value(job, hosts_t());
        const std::string mapping = config_.value("mapping", "");
        if (mapping.empty()) return hosts;
        const auto count = static_cast<batsched_host_id_t>(allocation.size());
        for (batsched_host_id_t rank = 0; rank < count; ++rank)
            hosts.push_back(mapping == "reverse" ? count - 1 - rank
                            : mapping == "pairs" ? rank / 2
                                                 : 0);
        return hosts;
    }

    nlohmann::json config_ = nlohmann::json::object();
    std::deque<Waiting> queue_;
    std::map<batsched_call_id_t, batsched_job_id_t> victims_;
    int running_ = 0, most_jobs_ = 1;
};

BATSCHED_PLUGIN(Driver, "driver", "1.0.0", "One job at a time, killed or mapped as configured");
