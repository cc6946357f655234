// mpi_program.hpp - a parallel program that does again what its traces say.
#ifndef BATSIM_SIMGRID_MPI_PROGRAM_HPP
#define BATSIM_SIMGRID_MPI_PROGRAM_HPP

#include <functional>
#include <simgrid/s4u.hpp>
#include <string>
#include <vector>

namespace batsim {

// An MpiProgram is a run of a program whose ranks are actors of SimGrid. They are the only actors of
// a simulation.
class MpiProgram {
  public:
    // Starts rank i on hosts[i] with the trace of the same index. `ended` is called once, inside of
    // SimGrid's loop, when all ranks have come to their end; not if the program is killed. `name` must
    // be unique in the process.
    MpiProgram(const std::string& name, const std::vector<simgrid::s4u::Host*>& hosts,
               const std::vector<std::string>& traces, std::function<void()> ended);
    // Its actors refer to it until they are over.
    MpiProgram(const MpiProgram&) = delete;
    MpiProgram& operator=(const MpiProgram&) = delete;
    ~MpiProgram() = default;

    void kill();

  private:
    void rank_over(bool failed);

    std::function<void()> ended_;
    std::vector<simgrid::s4u::ActorPtr> ranks_;
    std::size_t running_;
    bool killed_ = false;
};

} // namespace batsim

#endif
