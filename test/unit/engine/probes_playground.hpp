// probes_playground.hpp - small simulations in which a scheduler measures.
#ifndef BATSIM_TEST_ENGINE_PROBES_PLAYGROUND_HPP
#define BATSIM_TEST_ENGINE_PROBES_PLAYGROUND_HPP

#include <gtest/gtest.h>

#include <functional>
#include <utility>
#include <vector>

#include "playground.hpp"

namespace batsim {

inline bool is_data(const Event& event) { return std::holds_alternative<ProbeData>(event); }

// Calls begin(decisions) in the first batch, executes jobs when they come and keeps what probes bring.
class ProbesTest : public ::testing::Test {
  protected:
    explicit ProbesTest(std::uint32_t hosts = 2) : play_(hosts) {}

    Outcome run(std::function<void(Decisions&)> begin) {
        return play_.run(
            [this, begin = std::move(begin)](const Batch& batch, Decisions& decisions) {
                if (batch.date == 0 && std::exchange(first_, false)) begin(decisions);
                execute_at_once(batch, decisions);
                for (const Event& event : batch.events)
                    if (const auto* data = std::get_if<ProbeData>(&event))
                        readings_.emplace_back(batch.date, data->values);
                if (then_) then_(batch, decisions);
            });
    }
    // One probe of both hosts at these dates.
    void measure(Metric metric, const std::vector<double>& dates,
                 Aggregation aggregation = Aggregation::kNone) {
        run([&](Decisions& decisions) {
            for (const double date : dates) {
                ProbeId id = 0;
                EXPECT_EQ(decisions.create_probe({metric, aggregation, hosts_}, date, 0, id),
                          Status::kOk);
            }
        });
    }
    // Host 0 and host 1 at the k-th reading.
    double value(std::size_t reading, std::size_t host) const {
        return readings_.at(reading).second.at(host);
    }
    void expect(std::size_t reading, double first, double second) const {
        EXPECT_NEAR(value(reading, 0), first, 1e-9 * first) << reading;
        EXPECT_NEAR(value(reading, 1), second, 1e-9 * second) << reading;
    }

    Playground play_;
    HostSet hosts_ = HostSet::range(0, 1);
    std::vector<std::pair<double, std::vector<double>>> readings_;
    std::function<void(const Batch&, Decisions&)> then_;

  private:
    bool first_ = true;
};

} // namespace batsim

#endif
