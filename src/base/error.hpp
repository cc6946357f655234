// error.hpp - the kinds of errors that end the program, each with its exit code.
//
// Three kinds are never mixed: what the user did wrong (command line, input file, plugin that does
// not load, output that cannot be written), what a plugin did wrong while it ran, and what this
// program did wrong (BATSIM_ASSERT, see assert.hpp). Only main turns an error into an exit code.
#ifndef BATSIM_BASE_ERROR_HPP
#define BATSIM_BASE_ERROR_HPP

#include <stdexcept>
#include <string>

#include "base/text.hpp"

namespace batsim {

enum class ExitCode : int {
    kFinished = 0,
    kFailuresFound = 1, // check-plugin has found something, a simulation of compare has failed
    kUsage = 2,         // command line
    kInput = 3,         // input file
    kLoad = 4,          // plugin cannot be loaded
    kPlugin = 5,        // plugin misbehaved, crashed, livelock
    kStalled = 6,       // jobs wait or are to come, but nothing can happen any more
    kOutput = 7,        // output cannot be written
    kInternal = 70,     // an error of this program, or no memory
    kSignal = 128,      // + number of the signal that has ended the simulation
};

// An error that ends the program; what() is for the user, without "batsim: error:". It is one line,
// but for what plugins and system libraries say.
class Error : public std::runtime_error {
  public:
    Error(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
    ExitCode code() const { return code_; }

  private:
    ExitCode code_;
};

// The command line is wrong.
class UsageError : public Error {
  public:
    explicit UsageError(const std::string& message) : Error(ExitCode::kUsage, printable(message)) {}
};

// An input file is wrong: "workload 'w.json': /jobs/3/walltime: must be > 0, is -5".
class InputError : public Error {
  public:
    // `file` says kind and path, `place` where in it ("" if nowhere in particular).
    InputError(const std::string& file, const std::string& place, const std::string& message)
        : Error(ExitCode::kInput,
                printable(file + ": " + (place.empty() ? std::string() : place + ": ") + message)) {
    }
};

// A plugin cannot be loaded: file, cause, cure.
class LoadError : public Error {
  public:
    explicit LoadError(const std::string& message) : Error(ExitCode::kLoad, message) {}
};

// A plugin broke the contract, gave up or ended abnormally while the simulation ran.
class PluginError : public Error {
  public:
    explicit PluginError(const std::string& message) : Error(ExitCode::kPlugin, message) {}
};

// An output file cannot be written.
class OutputError : public Error {
  public:
    OutputError(const std::string& file, const std::string& cause)
        : Error(ExitCode::kOutput, printable("output '" + file + "': " + cause)) {}
};

} // namespace batsim

#endif
