// service_server.cpp - carries out what a plugin in a worker process asks the simulator for.
#include "plugin/process/service_server.hpp"

#include <array>
#include <type_traits>
#include <utility>

#include "plugin/abi/service_list.hpp"
#include "plugin/process/structs_in_messages.hpp"

namespace batsim {

namespace {

using Sim = const batsched_simulator_t*;

// ---- Arguments -----------------------------------------------------------------------------------

// An Argument<T> is read from the message of a call, is given to the function, and writes into the
// answer what the function has put there.

struct Input {
    static void answer(MessageWriter&) {}
};

template <class T>
struct Argument : Input {
    explicit Argument(MessageReader& call) : value(call.plain<T>()) {
        static_assert(std::is_arithmetic_v<T>);
    }
    T pass() const { return value; }
    T value;
};

template <>
struct Argument<const char*> : Input {
    explicit Argument(MessageReader& call) { call.text(value); }
    const char* pass() const { return value; }
    const char* value = nullptr;
};

template <>
struct Argument<batsched_host_set_t> : Input {
    explicit Argument(MessageReader& call) { read_hosts(call, value); }
    batsched_host_set_t pass() const { return value; }
    batsched_host_set_t value{};
};

template <>
struct Argument<JobList> : Input {
    explicit Argument(MessageReader& call) {
        call.plain(value);
        const std::size_t given = value.count;
        call.array(value.jobs, value.count);
        if (given > kMostJobs) value.count = given; // is refused without being looked at
    }
    JobList pass() const { return value; }
    JobList value{};
};

// A struct that the plugin has made.
template <class Struct>
struct Given : Input {
    explicit Given(MessageReader& call) { read_argument(call, value); }
    const Struct* pass() const { return value; }
    const Struct* value = nullptr;
};
template <>
struct Argument<const batsched_execution_t*> : Given<batsched_execution_t> {
    using Given::Given;
};
template <>
struct Argument<const batsched_new_job_t*> : Given<batsched_new_job_t> {
    using Given::Given;
};
template <>
struct Argument<const batsched_probe_t*> : Given<batsched_probe_t> {
    using Given::Given;
};

// Where the plugin wants something; it may have given NULL.
template <class T>
struct Argument<T*> {
    explicit Argument(MessageReader& call) : is_wanted(call.plain<std::uint64_t>() != 0) {}
    T* pass() { return is_wanted ? &value : nullptr; }
    void answer(MessageWriter& writer) const {
        if (is_wanted) write(writer, value);
    }

    static void write(MessageWriter& writer, double number) { writer.plain(number); }
    static void write(MessageWriter& writer, std::uint32_t index) { writer.plain(index); }
    static void write(MessageWriter& writer, std::uint64_t id) { writer.plain(id); }
    static void write(MessageWriter& writer, const char* text) { writer.text(text); }
    static void write(MessageWriter& writer, const batsched_job_t* job) { carry_job(writer, *job); }
    static void write(MessageWriter& writer, const batsched_profile_t* profile) {
        carry_profile(writer, *profile);
    }
    static void write(MessageWriter& writer, const batsched_host_t* host) {
        carry_host(writer, *host);
    }
    static void write(MessageWriter& writer, const batsched_peer_hosts_t& hosts) {
        carry_peer_hosts(writer, hosts);
    }
    static void write(MessageWriter& writer, const batsched_job_history_t& history) {
        writer.array(history.moves, history.count);
    }

    bool is_wanted;
    T value{};
};

// A struct of the plugin that the simulator fills as far as there is room.
template <class Struct>
struct Filled {
    explicit Filled(MessageReader& call) : is_wanted(call.plain<std::uint64_t>() != 0) {
        if (is_wanted) call.plain(value.struct_size);
    }
    Struct* pass() { return is_wanted ? &value : nullptr; }

    bool is_wanted;
    Struct value{};
};
template <>
struct Argument<batsched_host_status_t*> : Filled<batsched_host_status_t> {
    using Filled::Filled;
    void answer(MessageWriter& writer) const {
        if (is_wanted) writer.plain(value);
    }
};
template <>
struct Argument<batsched_peer_t*> : Filled<batsched_peer_t> {
    using Filled::Filled;
    void answer(MessageWriter& writer) const {
        if (is_wanted) carry_peer(writer, value);
    }
};

// ---- Calls ---------------------------------------------------------------------------------------

template <class Result, class... Args>
void call_with(Result (*function)(Sim, Args...), MessageReader& call, Sim simulator,
               MessageWriter& answer) {
    // In braces: read in this order.
    std::tuple<Argument<Args>...> arguments{Argument<Args>(call)...};
    std::apply(
        [&](auto&... argument) {
            batsched_status_t status = BATSCHED_OK;
            if constexpr (std::is_same_v<Result, batsched_status_t>)
                status = function(simulator, argument.pass()...);
            else
                function(simulator, argument.pass()...);
            answer.plain(status);
            if (status == BATSCHED_OK) (argument.answer(answer), ...);
        },
        arguments);
}

batsched_status_t kill_jobs(Sim simulator, JobList list) {
    return simulator->kill_jobs(simulator, list.jobs, list.count);
}

template <std::size_t Index>
void serve_one(MessageReader& call, Sim simulator, MessageWriter& answer) {
    constexpr auto kMember = std::get<Index>(kServices).member;
    using Table = typename std::tuple_element_t<Index, decltype(kServices)>::Table;
    using KillJobs = decltype(&batsched_simulator_t::kill_jobs);
    if constexpr (!std::is_same_v<Table, batsched_simulator_t>) {
        const void* table = simulator->get_extension(simulator, kExtensionName<Table>);
        call_with(static_cast<const Table*>(table)->*kMember, call, simulator, answer);
    } else if constexpr (std::is_same_v<decltype(kMember), const KillJobs>)
        call_with(kill_jobs, call, simulator, answer);
    else
        call_with(simulator->*kMember, call, simulator, answer);
}

using Serve = void (*)(MessageReader&, Sim, MessageWriter&);

template <std::size_t... Indices>
constexpr std::array<Serve, kServiceCount> serve_functions(std::index_sequence<Indices...>) {
    return {serve_one<Indices>...};
}

} // namespace

void serve(MessageReader& call, const batsched_simulator_t& simulator, MessageWriter& answer) {
    static constexpr auto kServe = serve_functions(std::make_index_sequence<kServiceCount>());
    const auto function = call.plain<std::uint64_t>();
    if (function >= kServiceCount) throw BrokenMessage();
    answer.plain(MessageKind::kAnswer);
    kServe[function](call, &simulator, answer);
}

} // namespace batsim
