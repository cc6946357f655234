// mpi_program.cpp - a parallel program that does again what its traces say.
#include "simgrid/mpi_program.hpp"

#include <smpi/smpi.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace batsim {

namespace {

// When the process ends, SimGrid frees messages that nobody received with what did not allocate them
// (3.32: AddressSanitizer's bad-free, below CommImpl's destructor). This runs before.
void end_before_simgrid(int code, void* /*unused*/) {
    std::fflush(nullptr);
    _exit(code);
}

// SimGrid wants this once in a process, after the hosts are known.
void initialise_once() {
    static const bool done = [] {
        SMPI_init();
        on_exit(end_before_simgrid, nullptr);
        return true;
    }();
    static_cast<void>(done);
}

} // namespace

MpiProgram::MpiProgram(const std::string& name, const std::vector<simgrid::s4u::Host*>& hosts,
                       const std::vector<std::string>& traces, std::function<void()> ended)
    : ended_(std::move(ended)), running_(traces.size()) {
    SMPI_app_instance_register(name.c_str(), nullptr, static_cast<int>(traces.size()));
    initialise_once();
    for (std::size_t rank = 0; rank < traces.size(); ++rank) {
        const auto replay = [this, name, rank, trace = traces[rank]] {
            // SimGrid never ends an actor that was killed before it ran and asks for something.
            if (killed_) return;
            smpi_replay_run(name.c_str(), static_cast<int>(rank), 0, trace.c_str());
        };
        auto actor =
            simgrid::s4u::Actor::create(name + "." + std::to_string(rank), hosts[rank], replay);
        actor->on_exit([this](bool failed) { rank_over(failed); });
        ranks_.push_back(std::move(actor));
    }
}

void MpiProgram::rank_over(bool failed) {
    if (!failed && --running_ == 0 && !killed_) ended_();
}

void MpiProgram::kill() {
    killed_ = true;
    for (const simgrid::s4u::ActorPtr& rank : ranks_) rank->kill();
}

} // namespace batsim
