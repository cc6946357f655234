// driver.cpp - one job at a time on the first hosts, with what the configuration asks for: for tests
// of kills, rank mappings, shared hosts and hosts that change.
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
//   "sleep": true: all hosts are switched off while there is nothing to do
//   "skip_lost": true: a job that does not fit on hosts that are on is rejected
// A job that has a member "switches", a list of {"after": seconds after its start, "hosts": [ids],
// "pstate": number}, has these hosts switched.
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
    struct Switch {
        batsched::HostSet hosts;
        std::uint32_t pstate;
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

    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        if (change.state == BATSCHED_HOST_ON)
            not_on_ -= batsched::HostSet(change.hosts);
        else
            not_on_ |= batsched::HostSet(change.hosts);
    }

    void on_requested_call(batsched_call_id_t call) override {
        if (const auto found = switches_.find(call); found != switches_.end())
            simulator().set_pstate(found->second.hosts, found->second.pstate);
        else
            simulator().kill_jobs({victims_.at(call)});
    }

    void on_jobs_killed(const batsched_jobs_killed_t& killed) override {
        if (config_.value("kill_twice", false) && simulator().kill_jobs({killed.jobs[0]}))
            throw std::logic_error("a job was killed twice");
    }

    void on_decide() override {
        while (running_ < most_jobs_ && !queue_.empty()) {
            if (!(hosts().first(queue_.front().requested_hosts) & not_on_).empty()) {
                if (!config_.value("skip_lost", false)) break;
                simulator().reject_job(queue_.front().id, "hosts are lost");
            } else {
                start(queue_.front());
            }
            queue_.pop_front();
        }
        if (config_.value("sleep", false)) sleep_or_wake_up();
    }

    // Refused while the hosts are being switched: then it is tried again when that is over.
    void sleep_or_wake_up() const {
        if (running_ == 0 && queue_.empty())
            simulator().set_host_state(hosts(), BATSCHED_HOST_OFF);
        else if (!not_on_.empty())
            simulator().set_host_state(hosts(), BATSCHED_HOST_ON);
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
        const auto extra = nlohmann::json::parse(simulator().job_extra(job.id));
        for (const auto& change : extra.value("switches", nlohmann::json::array()))
            switches_[simulator().call_me_later(now() + change["after"].get<double>())] = {
                host_set(change["hosts"]), change["pstate"]};
    }

    static batsched::HostSet host_set(const std::vector<batsched_host_id_t>& ids) {
        batsched::HostSet hosts;
        for (const batsched_host_id_t id : ids) hosts |= batsched::HostSet::range(id, id);
        return hosts;
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
    std::map<batsched_call_id_t, Switch> switches_;
    batsched::HostSet not_on_;
    int running_ = 0, most_jobs_ = 1;
};

BATSCHED_PLUGIN(Driver, "driver", "1.0.0", "One job at a time, killed or mapped as configured");
