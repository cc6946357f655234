// remote_plugin.cpp - a plugin in a worker process.
#include "plugin/process/remote_plugin.hpp"

#include <new>

#include "base/error.hpp"
#include "base/text.hpp"
#include "plugin/process/service_server.hpp"
#include "plugin/process/structs_in_messages.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

RemotePlugin::RemotePlugin(const std::string& path)
    : Plugin(path), process_(path, channel_), end_(channel_.memory(), Turn::kSimulator, [this] {
          check_time();
          return process_.is_gone();
      }) {
    try {
        end_.receive(received_);
        read_description();
    } catch (const OtherEndIsGone&) {
        throw LoadError("plugin '" + path + "': while it was loaded it " + process_.how_it_ended());
    } catch (const BrokenMessage&) {
        throw LoadError("plugin '" + path + "': wrote into memory that is not its own");
    }
}

void RemotePlugin::read_description() {
    MessageReader message(received_);
    const auto kind = message.plain<MessageKind>();
    const char *name = nullptr, *version = nullptr, *description = nullptr;
    message.text(name);
    if (kind == MessageKind::kNotLoaded && name != nullptr) throw LoadError(name);
    message.text(version);
    message.text(description);
    const bool is_sound = kind == MessageKind::kLoaded && name != nullptr && version != nullptr &&
                          description != nullptr;
    if (!is_sound) throw BrokenMessage();
    describe(name, version, description);
}

// ---- Calls ---------------------------------------------------------------------------------------

void RemotePlugin::begin_call(MessageKind kind) {
    message_.clear();
    message_.plain(kind);
}

batsched_status_t RemotePlugin::init(const batsched_simulator_t& simulator,
                                     const batsched_init_t& init, batsched_instance_t*& instance,
                                     batsched_reply_t& reply) noexcept {
    simulator_ = &simulator;
    begin_call(MessageKind::kInit);
    carry_init(message_, init);
    const batsched_status_t status = converse();
    if (abnormal_end_) return status;
    try {
        // Its own pointer means nothing here, and is not needed.
        if (reader_->plain<std::uint64_t>() != 0)
            instance = reinterpret_cast<batsched_instance_t*>(this);
        carry_reply(*reader_, reply);
    } catch (const BrokenMessage&) {
        return end_abnormally("wrote into memory that is not its own");
    }
    return status;
}

batsched_status_t RemotePlugin::on_event(batsched_instance_t*,
                                         const batsched_event_t& event) noexcept {
    begin_call(MessageKind::kEvent);
    carry_event_alone(message_, event);
    const batsched_job_t* const* job = job_of(event);
    if (job != nullptr && *job != nullptr) carry_job(message_, **job);
    return converse();
}

void RemotePlugin::finalize(batsched_instance_t*, const batsched_exit_t& exit) noexcept {
    begin_call(MessageKind::kFinalize);
    carry_exit(message_, exit);
    converse();
    process_.wait();
}

// ---- Conversation --------------------------------------------------------------------------------

batsched_status_t RemotePlugin::converse() {
    const CallElsewhere elsewhere;
    try {
        return converse_with_worker();
    } catch (const OtherEndIsGone&) {
        return end_abnormally(timeout_ ? *timeout_ : process_.how_it_ended());
    } catch (const std::bad_alloc&) {
        return end_abnormally("sent more than there is memory for");
    } catch (const BrokenMessage&) {
        return end_abnormally("wrote into memory that is not its own");
    }
}

batsched_status_t RemotePlugin::converse_with_worker() {
    end_.send(message_.bytes());
    while (true) {
        end_.receive(received_);
        reader_.emplace(received_);
        switch (reader_->plain<MessageKind>()) {
            case MessageKind::kReturned: return reader_->plain<batsched_status_t>();
            case MessageKind::kCall:
                check_time(); // it may call for ever
                message_.clear();
                serve(*reader_, *simulator_, message_);
                end_.send(message_.bytes());
                break;
            case MessageKind::kAbnormalEnd: {
                const char* how = nullptr;
                reader_->text(how);
                process_.wait();
                return end_abnormally(how == nullptr ? "" : how);
            }
            default: throw BrokenMessage();
        }
    }
}

void RemotePlugin::check_time() {
    const std::optional<double> seconds = CallElsewhere::expired();
    if (!seconds) return;
    const std::string place = process_.interrupt();
    timeout_ = "has not returned for " + number_text(*seconds) + " s" +
               (place.empty() ? "" : "; " + place);
    throw OtherEndIsGone();
}

batsched_status_t RemotePlugin::end_abnormally(const std::string& how) {
    process_.kill();
    abnormal_end_ = how;
    return BATSCHED_FAILED;
}

} // namespace batsim
