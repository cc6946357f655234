// scheduler_configuration.cpp - the bytes are the configuration (--sched-cfg) of each scheduler in
// plugins/, which then makes an instance or says why it does not.
#include <batsched.h>

#include <cmath>
#include <string>

#include "../../plugins/static-order/decision_list.hpp"
#include "fuzzed_file.hpp"

// The vtables of the plugins, which the build gives names of their own.
extern "C" {
extern const batsched_vtable_t conservative_vtable, easy_vtable, energy_saver_vtable, fcfs_vtable,
    filler_vtable, moldable_vtable, multifactor_vtable, one_by_one_vtable, power_cap_vtable,
    preempting_vtable, random_vtable, rejecter_vtable, reservations_vtable, static_order_vtable;
}

namespace batsim {
namespace {

const batsched_host_t kHost = [] {
    batsched_host_t host{};
    host.struct_size = sizeof host;
    host.name = host.zone = "";
    host.properties = "{}";
    return host;
}();

// A simulator that only listens.
class Listener {
  public:
    Listener() {
        simulator_.struct_size = sizeof simulator_;
        simulator_.abi_version = BATSCHED_ABI_VERSION;
        simulator_.data = this;
        simulator_.log = [](const batsched_simulator_t*, batsched_log_level_t, const char*) {};
        simulator_.get_host = [](const batsched_simulator_t*, batsched_host_id_t,
                                 const batsched_host_t** host) {
            *host = &kHost;
            return batsched_status_t{BATSCHED_OK};
        };
        simulator_.report_error = [](const batsched_simulator_t* simulator, const char* message) {
            static_cast<Listener*>(simulator->data)->error_ = message;
        };
    }
    const batsched_simulator_t* simulator() const { return &simulator_; }
    const std::string& error() const { return error_; }

  private:
    batsched_simulator_t simulator_{};
    std::string error_;
};

constexpr batsched_interval_t kHosts{0, 99};

void make_instance(const batsched_vtable_t& plugin, const std::string& configuration) {
    const Listener listener;
    batsched_init_t init{};
    init.struct_size = sizeof init;
    init.count = 1;
    init.name = "s0";
    init.config = configuration.c_str();
    init.directory = "/";
    init.hosts = {&kHosts, 1};
    batsched_reply_t reply{};
    reply.struct_size = sizeof reply;
    batsched_instance_t* instance = nullptr;
    const auto status = plugin.sched_init(listener.simulator(), &init, &instance, &reply);
    if (status != BATSCHED_OK) {
        must_hold(status < 0 && listener.error().find("configuration: ") == 0);
        return;
    }
    must_hold(instance != nullptr);
    batsched_exit_t exit{};
    plugin.sched_finalize(instance, &exit);
}

void read_decisions(const std::string& configuration) {
    try {
        double date = 0;
        for (const auto& decision : static_order::read_decisions(configuration, "s0").decisions) {
            must_hold(std::isfinite(decision.date) && decision.date >= date);
            date = decision.date;
        }
    } catch (const std::invalid_argument&) {
        return;
    }
}

} // namespace
} // namespace batsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text(bytes, bytes + size);
    if (text.find('\0') != std::string::npos) return 0; // it is a string of C
    for (const batsched_vtable_t* plugin :
         {&conservative_vtable, &easy_vtable, &energy_saver_vtable, &fcfs_vtable, &filler_vtable,
          &moldable_vtable, &multifactor_vtable, &one_by_one_vtable, &power_cap_vtable,
          &preempting_vtable, &random_vtable, &rejecter_vtable, &reservations_vtable,
          &static_order_vtable})
        batsim::make_instance(*plugin, text);
    batsim::read_decisions(text);
    return 0;
}
