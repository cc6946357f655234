// script.hpp - the file in which a scheduler is written.
#ifndef BATSIM_PLUGINS_PYTHON_SCRIPT_HPP
#define BATSIM_PLUGINS_PYTHON_SCRIPT_HPP

#include <string>

#include "ref.hpp"
#include "runtime.hpp"

namespace python {

// What the user gave with --sched-cfg.
struct Configuration {
    std::string script; // absolute path
    std::string type;   // name of the class; "" if it is the only one
    Ref rest;           // dict: for the script
};

// A std::invalid_argument, or a Python exception, if it is wrong.
Configuration read_configuration(const char* text, const Runtime& runtime);

// A script that has been run: a module of its own, also if it is run for several schedulers.
class Script {
  public:
    Script(const std::string& path, const std::string& scheduler);
    Script(const Script&) = delete;
    Script& operator=(const Script&) = delete;
    ~Script();

    const std::string& stem() const { return stem_; } // of the file's name
    const std::string& folder() const { return folder_; }
    // The class with this name, or the only subclass of batsched.Scheduler.
    Ref find_class(const std::string& name) const;

  private:
    std::string stem_, folder_, module_name_;
    Ref module_;
};

} // namespace python

#endif
