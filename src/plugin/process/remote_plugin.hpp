// remote_plugin.hpp - a plugin in a worker process.
#ifndef BATSIM_PLUGIN_REMOTE_PLUGIN_HPP
#define BATSIM_PLUGIN_REMOTE_PLUGIN_HPP

#include <optional>
#include <string>
#include <vector>

#include "plugin/abi/message.hpp"
#include "plugin/abi/service_list.hpp"
#include "plugin/loading/plugin.hpp"
#include "plugin/process/channel.hpp"
#include "plugin/process/worker_process.hpp"

namespace batsim {

// A RemotePlugin stands in for a plugin in a worker process: it passes calls on, and carries out what
// the plugin asks the simulator for meanwhile.
class RemotePlugin : public Plugin {
  public:
    // Starts the process and loads the plugin there. Throws LoadError.
    explicit RemotePlugin(const std::string& path);

    batsched_status_t init(const batsched_simulator_t& simulator, const batsched_init_t& init,
                           batsched_instance_t*& instance,
                           batsched_reply_t& reply) noexcept override;
    batsched_status_t on_event(batsched_instance_t* instance,
                               const batsched_event_t& event) noexcept override;
    void finalize(batsched_instance_t* instance, const batsched_exit_t& exit) noexcept override;

    const std::optional<std::string>& abnormal_end() const override { return abnormal_end_; }
    // The worker does it before it passes control back.
    void flush_output() const override {}
    void flush_everything() const override {}

  private:
    void read_description();
    void begin_call(MessageKind kind);
    // Sends the message, carries out what the plugin calls, and gives what its function returns. After
    // an abnormal end that is FAILED.
    batsched_status_t converse();
    batsched_status_t converse_with_worker();
    // Throws OtherEndIsGone if the call is to be abandoned.
    void check_time();
    batsched_status_t end_abnormally(const std::string& how);

    Channel channel_;
    WorkerProcess process_;
    ChannelEnd end_;
    MessageWriter message_;
    std::vector<char> received_; // the last one; what `reader_` has not read yet is for the caller
    std::optional<MessageReader> reader_;
    const batsched_simulator_t* simulator_ = nullptr;
    std::optional<std::string> timeout_; // what is said of a call that was abandoned
    std::optional<std::string> abnormal_end_;
};

} // namespace batsim

#endif
