// simgrid_backend.hpp - executes tasks that share resources with SimGrid.
#ifndef BATSIM_SIMGRID_SIMGRID_BACKEND_HPP
#define BATSIM_SIMGRID_SIMGRID_BACKEND_HPP

#include <memory>
#include <optional>
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/backend.hpp"
#include "simgrid/link_watch.hpp"
#include "simgrid/mpi_program.hpp"
#include "simgrid/program_watch.hpp"
#include "simgrid/routes.hpp"

namespace batsim {

// A SimgridBackend runs parallel tasks under SimGrid's L07 model, which shares hosts and links
// between all of them. Only the ranks of MPI programs are actors, and what waits for them to go on.
// SimGrid's loop is entered once, and a timer of ours is armed for the timeline's next date; a task
// that ends arms one for now. One process can have only one, and it is never destroyed, because
// SimGrid's engine does not survive that after an error.
class SimgridBackend : public PlatformBackend {
  public:
    SimgridBackend();

    void configure(const BackendSettings& settings) override;
    Platform load_platform(const std::string& path, const HostRoles& roles) override;
    std::string version() const override;
    void run(Timeline& timeline) override;
    void make_platform(const Platform& platform) override;
    Backend* lean_backend(const Platform& platform) override;
    void start(TaskId id, BackendTask work) override;
    double remaining(TaskId id) const override;
    std::vector<HostWork> program_work(TaskId id) const override { return program_watch_.work(id); }
    void cancel(TaskId id) override;
    void set_pstate(HostId host, std::size_t pstate) override;
    void update_rates() override;
    double computing_rate(HostId host) const override;
    std::optional<double> link_load(LinkId id) const override;
    void watch_links(const std::vector<LinkId>& links) override;
    LinkUse link_use(LinkId link) const override { return link_watch_.use(link); }

  private:
    struct Task {
        TaskId id;
        simgrid::s4u::ExecPtr exec; // of a parallel task
        std::unique_ptr<MpiProgram> program;
        bool cancelled = false;
    };

    void start(Task& task, const ParallelTask& work);
    void start(Task& task, const MpiTask& work);
    void end(TaskId id);
    std::vector<simgrid::s4u::Host*> hosts_of(const std::vector<HostId>& ids) const;
    void check_routes(const ParallelTask& work);
    void on_completion(const simgrid::s4u::Activity& activity);
    void wake();
    void arm();
    void handle_date();
    double date_of_this_round() const;
    bool has_ending_task() const;
    bool has_program() const;
    void wake_after_ranks();

    simgrid::s4u::Engine& engine_;
    std::string platform_file_;
    bool is_steady_ = false; // the platform, see is_steady()
    std::unique_ptr<Backend> lean_backend_;
    std::vector<simgrid::s4u::Host*> hosts_; // by identifier
    std::vector<simgrid::s4u::Link*> links_; // by identifier
    LinkWatch link_watch_;
    ProgramWatch program_watch_;
    std::unique_ptr<Routes> routes_; // made when the first task communicates
    Timeline* timeline_ = nullptr;
    std::unordered_map<TaskId, std::unique_ptr<Task>> tasks_; // in no order that counts
    std::vector<TaskId> ended_;
    bool awake_ = false; // a timer for now is armed
    simgrid::kernel::timer::Timer* timer_ = nullptr;
    double timer_date_ = 0;
    // SimGrid 3.32 still uses an activity in the round after its last callback.
    std::vector<std::unique_ptr<Task>> over_, dying_;
};

} // namespace batsim

#endif
