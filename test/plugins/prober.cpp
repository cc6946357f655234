// prober.cpp - executes jobs where the workload says and measures what the configuration says.
#include <batsched.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// A job is executed when it comes, on the hosts of its member "on". The configuration is a list of
// probes with the members
//   "metric": "power" | "energy" | "load"
//   "hosts": [their ids] or "links": [their names]
//   "aggregation": "none" (default) | "sum" | "mean" | "min" | "max"
//   "first": the date, "period": 0 if it is not given
//   "stop": how many values come before the probe is stopped
class Prober : public batsched::Scheduler {
  public:
    explicit Prober(const batsched::Context& context)
        : Scheduler(context), config_(nlohmann::json::parse(context.init.config)) {
        context.reply.features = BATSCHED_FEATURE_SHARED_HOSTS;
        if ((context.init.capabilities & BATSCHED_CAPABILITY_PROBES) == 0)
            throw std::logic_error("there are no probes");
    }

  private:
    void on_simulation_begins(const batsched_simulation_begins_t&) override {
        for (const nlohmann::json& probe : config_) {
            const batsched_probe_id_t id = create(probe);
            if (probe.contains("stop")) left_[id] = probe["stop"];
        }
    }
    batsched_probe_id_t create(const nlohmann::json& probe) {
        static const std::map<std::string, batsched_metric_t> metrics{
            {"power", BATSCHED_METRIC_POWER},
            {"energy", BATSCHED_METRIC_ENERGY},
            {"load", BATSCHED_METRIC_LOAD}};
        static const std::map<std::string, batsched_aggregation_t> aggregations{
            {"none", BATSCHED_AGGREGATE_NONE},
            {"sum", BATSCHED_AGGREGATE_SUM},
            {"mean", BATSCHED_AGGREGATE_MEAN},
            {"min", BATSCHED_AGGREGATE_MIN},
            {"max", BATSCHED_AGGREGATE_MAX}};
        const auto metric = metrics.at(probe.at("metric"));
        const auto aggregation = aggregations.at(probe.value("aggregation", "none"));
        const double first = probe.at("first"), period = probe.value("period", 0.0);
        if (probe.contains("links"))
            return simulator().probe_links(metric, probe["links"], aggregation, first, period);
        return simulator().probe_hosts(metric, host_set(probe.at("hosts")), aggregation, first,
                                       period);
    }
    void on_job_submitted(const batsched_job_t& job) override {
        const auto extra = nlohmann::json::parse(simulator().job_extra(job.id));
        if (!simulator().execute_job(job.id, host_set(extra.at("on"))))
            throw std::logic_error("a job was not executed");
    }
    void on_probe_data(const batsched_probe_data_t& data) override {
        const auto left = left_.find(data.probe);
        if (left == left_.end() || --left->second > 0) return;
        if (!simulator().stop_probe(data.probe) || simulator().stop_probe(data.probe))
            throw std::logic_error("a probe is not stopped once");
        left_.erase(left);
    }
    void on_decide() override {}

    static batsched::HostSet host_set(const nlohmann::json& ids) {
        batsched::HostSet hosts;
        for (const batsched_host_id_t id : ids) hosts |= batsched::HostSet::range(id, id);
        return hosts;
    }

    nlohmann::json config_;
    std::map<batsched_probe_id_t, int> left_; // values until a probe is stopped
};

BATSCHED_PLUGIN(Prober, "prober", "1.0.0", "Measures what it is configured to");
