#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "playground.hpp"

namespace batsim {
namespace {

using ::testing::ElementsAre;

// A backend in which a task takes as many seconds as its first rank sends bytes, or one if there is
// no other rank, whatever else runs: for tests of what the engine does with tasks.
class BytesAreSeconds : public Backend {
  public:
    void run(Timeline& timeline) override {
        while (true) {
            const auto due = timeline.next_date();
            const auto first = std::min_element(
                ends_.begin(), ends_.end(), [](auto& a, auto& b) { return a.second < b.second; });
            const bool task_first = first != ends_.end() && (!due || first->second <= *due);
            if (!task_first && !due) return;
            now_ = task_first ? first->second : *due;
            std::vector<TaskId> ended;
            for (auto task = ends_.begin(); task != ends_.end();) {
                if (task->second > now_) {
                    ++task;
                    continue;
                }
                ended.push_back(task->first);
                task = ends_.erase(task);
            }
            timeline.advance(now_, ended);
        }
    }
    void start(TaskId task, BackendTask started_task) override {
        const auto& work = std::get<ParallelTask>(started_task);
        lengths_[task] = work.hosts.size() > 1 ? work.bytes[1] : 1;
        ends_[task] = now_ + lengths_[task];
        started.push_back(work.hosts.size());
    }
    double remaining(TaskId task) const override {
        return (ends_.at(task) - now_) / lengths_.at(task);
    }
    void cancel(TaskId task) override {
        ends_.erase(task);
        ++cancelled;
    }
    void set_pstate(HostId, std::size_t) override {}

    std::vector<std::size_t> started;
    int cancelled = 0;

  private:
    double now_ = 0;
    std::map<TaskId, double> ends_, lengths_;
};

class SharedResources : public ::testing::Test {
  protected:
    SharedResources() {
        play_.backend = &backend_;
        play_.platform.has_network = true;
    }
    BytesAreSeconds backend_;
    Playground play_{4};
};

TEST_F(SharedResources, OnlyCommunicatingTasksGoToTheBackend) {
    play_.job("delay", 0, 4, delay(1))
        .job("compute", 10, 4, compute({1, 1, 1, 1}))
        .job("alone", 20, 1, exchange(5))
        .job("exchange", 30, 3, exchange(5));
    play_.run(execute_at_once);
    EXPECT_THAT(backend_.started, ElementsAre(3));
    EXPECT_EQ(play_.result("alone").end_time, 20);
    EXPECT_EQ(play_.result("exchange").end_time, 35);
}

TEST_F(SharedResources, PartsOfAForkThatComputeGoToTheBackend) {
    play_.job("one", 0, 1, fork_join({compute({5}), delay(1)}))
        .job("two", 10, 1, fork_join({compute({5}), sequence({delay(1), compute({5})})}))
        .job("after", 20, 1, sequence({fork_join({compute({5}), compute({5})}), compute({5})}));
    play_.run(execute_at_once);
    EXPECT_THAT(backend_.started, ElementsAre(1, 1, 1, 1));
}

TEST_F(SharedResources, SequencesAlternateBetweenTasksAndClosedForms) {
    play_.job("s", 2, 2,
              sequence({delay(1), exchange(2), sequence({exchange(3), delay(0.5)}, 2)}, 2));
    play_.run(execute_at_once);
    EXPECT_EQ(play_.result("s").end_time, 2 + 2 * (1 + 2 + 2 * 3.5));
    EXPECT_EQ(backend_.started.size(), 6U);
}

TEST_F(SharedResources, TheWalltimeKillsInAnyPartOfASequence) {
    const auto s = [] { return sequence({delay(2), exchange(3), delay(4)}); };
    for (int walltime = 1; walltime <= 8; ++walltime)
        play_.job(std::to_string(walltime), 100 * walltime, 2, s(), walltime);
    play_.job("exact", 1000, 2, s(), 9).job("longer", 1100, 2, s(), 10);
    play_.run(execute_at_once);
    for (int walltime = 1; walltime <= 8; ++walltime) {
        const JobResult& result = play_.result(std::to_string(walltime));
        EXPECT_EQ(result.end, JobEnd::kWalltimeReached) << walltime;
        EXPECT_EQ(result.end_time, 101 * walltime);
    }
    EXPECT_EQ(play_.result("exact").end, JobEnd::kSucceeded);
    EXPECT_EQ(play_.result("longer").end, JobEnd::kSucceeded);
}

TEST_F(SharedResources, ATaskThatIsDueWithinABillionthOfTheWalltimeHasEnded) {
    play_.job("nearly", 0, 2, exchange(10 + 5e-9), 10).job("longer", 50, 2, exchange(10.1), 10);
    play_.run(execute_at_once);
    EXPECT_EQ(play_.result("nearly").end, JobEnd::kSucceeded);
    EXPECT_EQ(play_.result("nearly").end_time, 10);
    EXPECT_EQ(play_.result("longer").end, JobEnd::kWalltimeReached);
}

TEST_F(SharedResources, PartsThatFitWithinABillionthOfTheWalltimeCountAsEnded) {
    play_.job("nothing left", 0, 2, sequence({exchange(5), delay(10), delay(0)}), 15)
        .job("nearly nothing", 50, 2, sequence({exchange(5), delay(10), delay(5e-9)}, 1), 15)
        .job("repetitions", 100, 2, sequence({exchange(15), sequence({delay(0)}, 4)}), 15)
        .job("too much", 150, 2, sequence({exchange(5), delay(10), delay(0.1)}), 15)
        .job("a task", 200, 2, sequence({exchange(5), delay(10), exchange(1)}), 15);
    play_.run(execute_at_once);
    for (const char* name : {"nothing left", "nearly nothing", "repetitions"})
        EXPECT_EQ(play_.result(name).end, JobEnd::kSucceeded) << name;
    for (const char* name : {"too much", "a task"})
        EXPECT_EQ(play_.result(name).end, JobEnd::kWalltimeReached) << name;
}

TEST_F(SharedResources, TasksAreCutOffWhenTheSimulationStops) {
    play_.job("a", 0, 2, exchange(10), 100).job("b", 5, 2, delay(1));
    const Outcome outcome = play_.run([](const Batch& batch, Decisions& decisions) {
        if (batch.date == 5)
            decisions.stop("");
        else
            execute_at_once(batch, decisions);
    });
    EXPECT_EQ(outcome.date, 5);
    EXPECT_EQ(backend_.cancelled, 1);
}

} // namespace
} // namespace batsim
