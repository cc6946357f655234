// sharing_backend.hpp - executes parallel tasks that share hosts and links.
#ifndef BATSIM_SHARING_SHARING_BACKEND_HPP
#define BATSIM_SHARING_SHARING_BACKEND_HPP

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/backend.hpp"
#include "engine/calendar.hpp"
#include "sharing/demand.hpp"
#include "sharing/link_loads.hpp"
#include "sharing/network.hpp"
#include "sharing/shares.hpp"

namespace batsim {

// A SharingBackend runs parallel tasks under the same model as SimGrid does, L07, to the same dates
// but for rounding errors. A step costs what the tasks cost that its changes concern, not what all tasks
// of the platform do. It runs no MPI programs. A task passes two phases: first the latency of its longest
// route, in which it uses nothing, then its work.
class SharingBackend : public Backend {
  public:
    // `network`: nullptr if no task sends anything.
    SharingBackend(const Platform& platform, std::unique_ptr<Network> network);

    void run(Timeline& timeline) override;
    void start(TaskId id, BackendTask work) override;
    double remaining(TaskId id) const override;
    void cancel(TaskId id) override;
    void set_pstate(HostId id, std::size_t pstate) override;
    void update_rates() override;
    double computing_rate(HostId host) const override { return shares_.load(host); }
    std::optional<double> link_load(LinkId link) const override;
    void watch_links(const std::vector<LinkId>& links) override;
    LinkUse link_use(LinkId link) const override { return link_loads_.use(link, now_); }

  private:
    using Dates = Calendar<TaskId>;

    struct HostSpeed {
        std::vector<double> of_pstates; // flop/s of one core
        double cores;
        double now;
    };
    // Rates change when shares_ are updated, which the members below `sharing` follow.
    struct Task {
        SharingTask sharing;
        double most_by_latency;
        bool works = false;   // its latency is over
        bool is_over = false; // and so is its work
        double left = 1;      // of its work, at `since`
        double since = 0;
        double rate = 0;                    // since then
        std::optional<Dates::Handle> entry; // in latencies_ or ends_
    };

    std::optional<double> next_date(const Timeline& timeline) const;
    std::vector<TaskId> take_ended();
    void end_latencies();
    void begin_work(Task& task);
    double most_of(const Task& task) const;
    double left_of(const Task& task) const;
    void follow_rate(Task& task);
    void follow_load(ResourceId resource);
    void know_new_links();

    std::vector<HostSpeed> hosts_; // by identifier
    std::unique_ptr<Network> network_;
    DemandMaker demand_maker_;
    Shares shares_; // the resources: hosts, then links
    LinkLoads link_loads_;
    std::unordered_map<TaskId, std::unique_ptr<Task>> tasks_; // in no order that counts
    Dates latencies_, ends_;
    double now_ = 0;
};

} // namespace batsim

#endif
