// metrics_observer.cpp - an observer that measures queues and the use of hosts over time.
#include <algorithm>
#include <batsched.hpp>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>

#include "../common/config.hpp"

namespace metrics_observer {

// What is so between two dates.
struct Level {
    double waiting_jobs = 0, waiting_hosts = 0, running_jobs = 0, busy_hosts = 0;
};

// With all digits.
std::string text_of(double value) {
    char text[32];
    return {text, std::to_chars(std::begin(text), std::end(text), value).ptr};
}

std::string rounded(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", value);
    return text;
}

// The levels of one workload, or of all, and their means over time.
class Gauge {
  public:
    const Level& now() const { return level_; }
    double most_waiting() const { return most_waiting_; }

    void submitted(const batsched_job_t& job) {
        ++level_.waiting_jobs;
        level_.waiting_hosts += job.requested_hosts;
    }
    void no_longer_waits(const batsched_job_t& job) {
        --level_.waiting_jobs;
        level_.waiting_hosts -= job.requested_hosts;
    }
    void started(double hosts) {
        ++level_.running_jobs;
        level_.busy_hosts += hosts;
    }
    void ended(double hosts) {
        --level_.running_jobs;
        level_.busy_hosts -= hosts;
    }

    // The levels were so until `date`.
    void pass_to(double date) {
        const double duration = date - date_;
        sum_.waiting_jobs += duration * level_.waiting_jobs;
        sum_.waiting_hosts += duration * level_.waiting_hosts;
        sum_.running_jobs += duration * level_.running_jobs;
        sum_.busy_hosts += duration * level_.busy_hosts;
        if (duration > 0) most_waiting_ = std::max(most_waiting_, level_.waiting_jobs);
        date_ = date;
    }
    // From date 0 on.
    Level mean() const {
        if (!(date_ > 0)) return {};
        return {sum_.waiting_jobs / date_, sum_.waiting_hosts / date_, sum_.running_jobs / date_,
                sum_.busy_hosts / date_};
    }

  private:
    Level level_, sum_;
    double date_ = 0, most_waiting_ = 0;
};

class MetricsObserver : public batsched::Scheduler {
  public:
    explicit MetricsObserver(const batsched::Context& context) : Scheduler(context) {
        batsched::Config config(context.init.config);
        path_ = config.text("file", "");
        config.check_unused();
        context.reply.features = BATSCHED_FEATURE_OBSERVER;
        if (path_.empty()) return;
        file_.emplace(path_);
        *file_ << "date,workload,waiting_jobs,waiting_hosts,running_jobs,busy_hosts\n";
        check_file();
    }

  private:
    Gauge& gauge_of(const batsched_job_t& job) {
        Gauge& gauge = gauges_[job.workload];
        gauge.pass_to(now());
        changed_[job.workload] = &gauge;
        return gauge;
    }

    void on_job_submitted(const batsched_job_t& job) override { gauge_of(job).submitted(job); }
    void on_job_rejected(const batsched_job_rejected_t& rejected) override {
        gauge_of(*rejected.job).no_longer_waits(*rejected.job);
    }
    void on_job_started(const batsched_job_started_t& started) override {
        Gauge& gauge = gauge_of(*started.job);
        gauge.no_longer_waits(*started.job);
        gauge.started(size_of(started.hosts));
    }
    void on_job_completed(const batsched_job_completed_t& end) override {
        gauge_of(*end.job).ended(size_of(end.hosts));
    }

    static double size_of(batsched_host_set_t hosts) {
        return static_cast<double>(batsched::HostSet(hosts).size());
    }

    // A row for each workload whose levels may have changed.
    void on_decide() override {
        for (const auto& [workload, gauge] : changed_)
            if (file_) write_row(workload, gauge->now());
        changed_.clear();
        if (file_) check_file();
    }

    void write_row(const std::string& workload, const Level& level) {
        *file_ << text_of(now()) << ',' << workload;
        for (const double value :
             {level.waiting_jobs, level.waiting_hosts, level.running_jobs, level.busy_hosts})
            *file_ << ',' << text_of(value);
        *file_ << '\n';
    }

    void on_simulation_ends(batsched_exit_reason_t) override {
        for (auto& [workload, gauge] : gauges_) {
            gauge.pass_to(now());
            const Level mean = gauge.mean();
            simulator().info(
                "workload " + workload + ", means over time: " + rounded(mean.waiting_jobs) +
                " jobs waiting for " + rounded(mean.waiting_hosts) + " hosts, " +
                rounded(mean.running_jobs) + " running on " + rounded(mean.busy_hosts) + " of " +
                std::to_string(all_hosts().size()) + "; at most " +
                std::to_string(std::llround(gauge.most_waiting())) + " waiting");
        }
        if (!file_) return;
        file_->close();
        check_file();
    }

    void check_file() {
        if (file_->fail()) throw std::runtime_error("cannot write the file '" + path_ + "'");
    }

    std::string path_;
    std::optional<std::ofstream> file_;
    std::map<std::string, Gauge> gauges_;   // by workload
    std::map<std::string, Gauge*> changed_; // in this batch
};

} // namespace metrics_observer

BATSCHED_PLUGIN(metrics_observer::MetricsObserver, "metrics-observer", "1.0.0",
                "Observes queues and the use of hosts over time");
