// worker.cpp - what a worker process does: it calls a plugin as the simulator tells it to.
#include "plugin/process/worker.hpp"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "plugin/abi/message.hpp"
#include "plugin/abi/service_list.hpp"
#include "plugin/loading/library.hpp"
#include "plugin/process/remote_simulator.hpp"
#include "plugin/process/structs_in_messages.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

namespace {

// A Worker serves one plugin, whose library it has loaded.
class Worker {
  public:
    Worker(Library library, ChannelEnd& channel)
        : library_(std::move(library)),
          vtable_(vtable_of(library_)),
          channel_(channel),
          simulator_(channel),
          call_("", library_.path().c_str()) {}

    [[noreturn]] void run();

  private:
    void say_that_it_is_loaded();
    void init(MessageReader& message);
    void on_event(MessageReader& message);
    [[noreturn]] void finalize(MessageReader& message);
    // A call is over, perhaps the last one; if it has not ended abnormally, the answer says what it has
    // returned.
    void end_call(const std::optional<AbnormalEnd>& end, batsched_status_t status, bool is_last);
    [[noreturn]] void end_abnormally(const std::string& how);
    std::optional<AbnormalEnd> flush(bool everything);

    Library library_;
    const batsched_vtable_t& vtable_;
    ChannelEnd& channel_;
    RemoteSimulator simulator_;
    ForeignCall call_; // the simulator knows whose and which
    batsched_instance_t* instance_ = nullptr;
    std::vector<char> received_;
    MessageWriter answer_;
};

void Worker::run() {
    say_that_it_is_loaded();
    while (true) {
        channel_.receive(received_);
        MessageReader message(received_);
        switch (message.plain<MessageKind>()) {
            case MessageKind::kInit: init(message); break;
            case MessageKind::kEvent: on_event(message); break;
            case MessageKind::kFinalize: finalize(message);
            default: throw BrokenMessage();
        }
        channel_.send(answer_.bytes());
    }
}

// Reading the texts of the vtable may crash.
void Worker::say_that_it_is_loaded() {
    const Service service("the simulator, reading its vtable,");
    answer_.plain(MessageKind::kLoaded);
    for (const char* text : {vtable_.name, vtable_.version, vtable_.description})
        answer_.text(text);
    flush(false);
    channel_.send(answer_.bytes());
}

// ---- Calls ---------------------------------------------------------------------------------------

void Worker::init(MessageReader& message) {
    const batsched_init_t init = simulator_.begin_init(message);
    batsched_reply_t reply{};
    reply.struct_size = sizeof reply;
    batsched_status_t status = BATSCHED_OK;
    Trap trap(call_);
    const auto end = trap.run([&]() noexcept {
        status = vtable_.sched_init(&simulator_.c_api(), &init, &instance_, &reply);
    });
    simulator_.end_init(reply.features);
    end_call(end, status, status != BATSCHED_OK || instance_ == nullptr);
    answer_.plain(std::uint64_t{instance_ != nullptr});
    // The pointers may lead anywhere.
    if (trap.run([&] { carry_reply(answer_, reply); }))
        end_abnormally("has set display_name or display_version to an address that cannot be read");
}

void Worker::on_event(MessageReader& message) {
    const batsched_event_t event = simulator_.begin_event(message);
    batsched_status_t status = BATSCHED_OK;
    Trap trap(call_);
    const auto end =
        trap.run([&]() noexcept { status = vtable_.sched_on_event(instance_, &event); });
    simulator_.end_event(event);
    end_call(end, status, false);
}

void Worker::finalize(MessageReader& message) {
    const batsched_exit_t exit = simulator_.begin_finalize(message);
    Trap trap(call_);
    const auto end = trap.run([&]() noexcept { vtable_.sched_finalize(instance_, &exit); });
    simulator_.end_finalize();
    end_call(end, BATSCHED_OK, true);
    channel_.send(answer_.bytes());
    _exit(EXIT_SUCCESS);
}

// ---- Ends ----------------------------------------------------------------------------------------

void Worker::end_call(const std::optional<AbnormalEnd>& end, batsched_status_t status,
                      bool is_last) {
    // After a crash the locks of its streams may be held, but exit() has left them in order.
    const bool may_flush = !end || end->exit_status;
    const auto end_of_flush = may_flush ? flush(is_last || end) : std::nullopt;
    if (end) end_abnormally(end->text());
    if (end_of_flush) end_abnormally("while its output was written it " + end_of_flush->text());
    if (const std::string problem = simulator_.problem(); !problem.empty()) end_abnormally(problem);
    answer_.clear();
    answer_.plain(MessageKind::kReturned);
    answer_.plain(status);
}

void Worker::end_abnormally(const std::string& how) {
    answer_.clear();
    answer_.plain(MessageKind::kAbnormalEnd);
    answer_.text(how.c_str());
    channel_.send(answer_.bytes());
    _exit(EXIT_SUCCESS);
}

// Its streams call code of the plugin if it has changed them.
std::optional<AbnormalEnd> Worker::flush(bool everything) {
    Trap trap(call_);
    return trap.run([&]() noexcept {
        if (everything)
            library_.flush_everything();
        else
            library_.flush_output();
    });
}

// What `ps` and debuggers show: "batsim:easy".
void name_process(const std::string& path) {
    prctl(PR_SET_NAME, ("batsim:" + std::filesystem::path(path).stem().string()).c_str());
}

void prepare_process(const std::string& path, const Channel& channel, pid_t simulator) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != simulator) _exit(EXIT_FAILURE); // it has ended before
    name_process(path);
    channel.keep_from_further_processes(); // of the plugin
    leave_interruptions_to(simulator);
    install_crash_handlers();
    report_fatal_crashes_in(channel.memory().last_words, ChannelMemory::kLastWordsSize);
}

[[noreturn]] void say_that_it_is_not_loaded(const char* why, ChannelEnd& channel) {
    MessageWriter failure;
    failure.plain(MessageKind::kNotLoaded);
    failure.text(why);
    channel.send(failure.bytes());
    _exit(EXIT_FAILURE);
}

Library load(const std::string& path, ChannelEnd& channel) try {
    return load_plugin(path, Isolation::kProcess);
} catch (const LoadError& error) {
    say_that_it_is_not_loaded(error.what(), channel);
} catch (const std::exception& error) {
    say_that_it_is_not_loaded(("plugin '" + path + "': " + error.what()).c_str(), channel);
}

[[noreturn]] void end_with_last_words(const std::string& words, const Channel& channel) {
    char* const place = channel.memory().last_words;
    place[words.copy(place, ChannelMemory::kLastWordsSize - 1)] = '\0';
    _exit(EXIT_FAILURE);
}

} // namespace

void run_worker(const std::string& path, const Channel& channel, pid_t simulator) noexcept try {
    prepare_process(path, channel, simulator);
    const auto simulator_is_gone = [simulator] {
        if (getppid() != simulator) _exit(EXIT_FAILURE);
        return false;
    };
    ChannelEnd end(channel.memory(), Turn::kWorker, simulator_is_gone);
    // The simulator waits for the first message: it is the worker's turn.
    Worker(load(path, end), end).run();
} catch (const BrokenMessage&) {
    end_with_last_words("wrote into memory that is not its own", channel);
} catch (const std::bad_alloc&) {
    end_with_last_words("its worker process has not enough memory", channel);
} catch (const std::exception& error) {
    end_with_last_words(std::string("its worker process failed: ") + error.what(), channel);
}

} // namespace batsim
