// plugin.hpp - a loaded plugin, wherever its code runs.
#ifndef BATSIM_PLUGIN_PLUGIN_HPP
#define BATSIM_PLUGIN_PLUGIN_HPP

#include <memory>
#include <optional>
#include <string>

#include "batsched.h"
#include "plugin/loading/library.hpp"

namespace batsim {

// A Plugin is a plugin whose file and vtable have been checked, for one instance.
class Plugin {
  public:
    virtual ~Plugin() = default;
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;

    const std::string& path() const { return path_; }
    // The folder that the file is in.
    std::string directory() const { return path_.substr(0, path_.rfind('/')); }
    // What its vtable says.
    const std::string& name() const { return name_; }
    const std::string& version() const { return version_; }
    const std::string& description() const { return description_; }

    // The functions of its vtable. noexcept: what a plugin throws must not be caught by us. The
    // simulator must outlive the plugin.
    virtual batsched_status_t init(const batsched_simulator_t& simulator,
                                   const batsched_init_t& init, batsched_instance_t*& instance,
                                   batsched_reply_t& reply) noexcept = 0;
    virtual batsched_status_t on_event(batsched_instance_t* instance,
                                       const batsched_event_t& event) noexcept = 0;
    virtual void finalize(batsched_instance_t* instance, const batsched_exit_t& exit) noexcept = 0;

    // How it ended while it was called, if that has happened in a process of its own. It must not be
    // called any more.
    virtual const std::optional<std::string>& abnormal_end() const = 0;

    // Writes what it holds back for stdout, or for any C stream.
    virtual void flush_output() const = 0;
    virtual void flush_everything() const = 0;

  protected:
    explicit Plugin(std::string path) : path_(std::move(path)) {}
    void describe(std::string name, std::string version, std::string description);

  private:
    std::string path_, name_, version_, description_;
};

// A plugin that load_plugin has loaded into this process.
std::unique_ptr<Plugin> make_plugin(Library library);

} // namespace batsim

#endif
