// plugin.cpp - a loaded plugin, wherever its code runs.
#include "plugin/loading/plugin.hpp"

#include <utility>

namespace batsim {

namespace {

// A plugin in this process, with or without a namespace of its own.
class LocalPlugin : public Plugin {
  public:
    explicit LocalPlugin(Library library)
        : Plugin(library.path()), library_(std::move(library)), vtable_(vtable_of(library_)) {
        describe(vtable_.name, vtable_.version, vtable_.description);
    }

    batsched_status_t init(const batsched_simulator_t& simulator, const batsched_init_t& init,
                           batsched_instance_t*& instance,
                           batsched_reply_t& reply) noexcept override {
        return vtable_.sched_init(&simulator, &init, &instance, &reply);
    }
    batsched_status_t on_event(batsched_instance_t* instance,
                               const batsched_event_t& event) noexcept override {
        return vtable_.sched_on_event(instance, &event);
    }
    void finalize(batsched_instance_t* instance, const batsched_exit_t& exit) noexcept override {
        vtable_.sched_finalize(instance, &exit);
    }

    const std::optional<std::string>& abnormal_end() const override { return none_; }
    void flush_output() const override { library_.flush_output(); }
    void flush_everything() const override { library_.flush_everything(); }

  private:
    Library library_;
    const batsched_vtable_t& vtable_;
    std::optional<std::string> none_; // traps notice abnormal ends in this process
};

} // namespace

void Plugin::describe(std::string name, std::string version, std::string description) {
    name_ = std::move(name);
    version_ = std::move(version);
    description_ = std::move(description);
}

std::unique_ptr<Plugin> make_plugin(Library library) {
    return std::make_unique<LocalPlugin>(std::move(library));
}

} // namespace batsim
