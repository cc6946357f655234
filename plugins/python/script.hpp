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

// A module that can be found under its name as long as this lives: some modules look up that of a class,
// dataclasses and pickle for two.
class KnownModule {
  public:
    explicit KnownModule(std::string name);
    KnownModule(const KnownModule&) = delete;
    KnownModule& operator=(const KnownModule&) = delete;
    ~KnownModule();

    const std::string& name() const { return name_; }
    PyObject* get() const { return module_.get(); }

  private:
    std::string name_;
    Ref module_;
};

// A script that has been run: a module of its own, also if it is run for several schedulers.
class Script {
  public:
    Script(const std::string& path, const std::string& scheduler);

    const std::string& stem() const { return stem_; } // of the file's name
    const std::string& folder() const { return folder_; }
    // The class with this name, or the only subclass of batsched.Scheduler.
    Ref find_class(const std::string& name) const;

  private:
    std::string file_, stem_, folder_;
    KnownModule module_;
};

} // namespace python

#endif
