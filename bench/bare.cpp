// bare.cpp - executes given parallel tasks at given dates with SimGrid alone: what its model costs.
//
// Standard input: one task a line, in order of dates: date, flops of each rank, bytes from each rank to
// each other, number of hosts, names of the hosts. Prints the date of the last end and the seconds of
// CPU time spent since the platform was read.
#include <cstdio>
#include <ctime>
#include <iostream>
#include <memory>
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

namespace s4u = simgrid::s4u;
using simgrid::kernel::timer::Timer;

struct Task {
    double date, flops, bytes;
    std::vector<s4u::Host*> hosts;
};

double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

std::vector<Task> read_tasks() {
    std::vector<Task> tasks;
    Task task;
    for (std::size_t count = 0; std::cin >> task.date >> task.flops >> task.bytes >> count;) {
        task.hosts.clear();
        std::string name;
        for (std::size_t i = 0; i < count && std::cin >> name; ++i)
            task.hosts.push_back(s4u::Host::by_name(name));
        tasks.push_back(task);
    }
    return tasks;
}

// Tasks that have ended are kept: SimGrid 3.32 still uses them.
class Player {
  public:
    explicit Player(std::vector<Task> tasks) : tasks_(std::move(tasks)) { arm(); }

  private:
    void arm() {
        if (next_ == tasks_.size()) return;
        Timer::set(std::max(tasks_[next_].date, s4u::Engine::get_clock()), [this] {
            while (next_ < tasks_.size() && tasks_[next_].date <= s4u::Engine::get_clock())
                start(tasks_[next_++]);
            arm();
        });
    }

    void start(const Task& task) {
        const std::size_t ranks = task.hosts.size();
        std::vector<double> bytes(task.bytes > 0 ? ranks * ranks : 0, task.bytes);
        if (!bytes.empty())
            for (std::size_t i = 0; i < ranks; ++i) bytes[i * ranks + i] = 0;
        s4u::ExecPtr exec = s4u::Exec::init();
        exec->set_flops_amounts(std::vector<double>(ranks, task.flops));
        exec->set_bytes_amounts(bytes);
        exec->set_hosts(task.hosts);
        exec->start();
        started_.push_back(std::move(exec));
    }

    std::vector<Task> tasks_;
    std::size_t next_ = 0;
    std::vector<s4u::ExecPtr> started_;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: bench-bare <platform file> < tasks\n");
        return 2;
    }
    s4u::Engine engine(&argc, argv);
    s4u::Engine::set_config("host/model:ptask_L07");
    s4u::Engine::set_config("network/loopback-lat:1e-7"); // as in the simulator
    engine.load_platform(argv[1]);
    Player player(read_tasks());
    // Completions are handled in a further round at the same date, which saves a solution of the model.
    s4u::Engine::on_time_advance_cb([](double) { Timer::set(s4u::Engine::get_clock(), [] {}); });
    const double begin = cpu_seconds();
    engine.run();
    std::printf("%.17g %.6f\n", s4u::Engine::get_clock(), cpu_seconds() - begin);
    std::fflush(stdout);
    _Exit(0);
}
