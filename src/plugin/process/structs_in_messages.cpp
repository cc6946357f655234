// structs_in_messages.cpp - the structs of batsched.h in messages between processes.
#include "plugin/process/structs_in_messages.hpp"

#include <algorithm>
#include <cstdint>

#include "plugin/abi/growing_struct.hpp"

namespace batsim {

namespace {

// A platform has no more hosts than numbers for them.
constexpr std::size_t kMostIntervals = UINT32_MAX;

// Gives whether the members of the struct may be looked at.
template <class Struct>
bool write_bytes(MessageWriter& writer, const Struct* given) {
    writer.plain(std::uint64_t{given != nullptr});
    if (given == nullptr) return false;
    const std::size_t size = given->struct_size;
    const bool is_sound = size >= kSizeInFirstVersion<Struct> && size <= kLargestStruct;
    const std::size_t known = is_sound ? size : sizeof given->struct_size;
    const std::size_t room = std::max(known, sizeof(Struct));
    writer.plain(std::uint64_t{room});
    writer.bytes(given, known, room);
    writer.plain(std::uint64_t{is_sound});
    return is_sound;
}

// Gives the struct if its members may be looked at.
template <class Struct>
Struct* read_bytes(MessageReader& reader, const Struct*& given) {
    given = nullptr;
    if (reader.plain<std::uint64_t>() == 0) return nullptr;
    const auto room = reader.plain<std::uint64_t>();
    if (room < sizeof(Struct) || room > kLargestStruct) throw BrokenMessage();
    auto* read = reinterpret_cast<Struct*>(reader.bytes(room));
    given = read;
    return reader.plain<std::uint64_t>() != 0 ? read : nullptr;
}

} // namespace

void carry_members(MessageWriter& writer, const batsched_event_t& event) {
    writer.plain(std::uint64_t{event.struct_size});
    writer.bytes(&event, event.struct_size, event.struct_size);
}

void carry_members(MessageReader& reader, batsched_event_t& event) {
    const auto size = reader.plain<std::uint64_t>();
    if (size > sizeof event) throw BrokenMessage();
    event = {};
    std::memcpy(&event, reader.bytes(size), size);
}

void write_hosts(MessageWriter& writer, batsched_host_set_t set) {
    writer.plain(set);
    const bool is_looked_at = set.intervals != nullptr && set.count <= kMostIntervals;
    std::size_t count = is_looked_at ? std::min<std::size_t>(set.count, 1) : 0;
    const auto is_sorted = [&set](std::size_t i) {
        return set.intervals[i].first <= set.intervals[i].last &&
               (i == 0 || set.intervals[i].first > set.intervals[i - 1].last);
    };
    while (count > 0 && count < set.count && is_sorted(count - 1)) ++count;
    writer.array(set.intervals, count);
}

void read_hosts(MessageReader& reader, batsched_host_set_t& set) {
    reader.plain(set);
    const std::size_t given = set.count;
    reader.array(set.intervals, set.count);
    if (given > kMostIntervals) set.count = given; // is refused without being looked at
}

// ---- execute_job ---------------------------------------------------------------------------------

void write_argument(MessageWriter& writer, const batsched_execution_t* given) {
    if (!write_bytes(writer, given)) return;
    writer.array(given->rank_hosts, given->rank_count);
    writer.text(given->storage_mapping);
}

void read_argument(MessageReader& reader, const batsched_execution_t*& given) {
    batsched_execution_t* execution = read_bytes(reader, given);
    if (execution == nullptr) return;
    reader.array(execution->rank_hosts, execution->rank_count);
    reader.text(execution->storage_mapping);
}

// ---- register_job --------------------------------------------------------------------------------

void write_argument(MessageWriter& writer, const batsched_new_job_t* given) {
    if (!write_bytes(writer, given)) return;
    writer.text(given->workload);
    writer.text(given->name);
    writer.text(given->profile);
    writer.text(given->extra_data);
}

void read_argument(MessageReader& reader, const batsched_new_job_t*& given) {
    batsched_new_job_t* job = read_bytes(reader, given);
    if (job == nullptr) return;
    reader.text(job->workload);
    reader.text(job->name);
    reader.text(job->profile);
    reader.text(job->extra_data);
}

// ---- create_probe --------------------------------------------------------------------------------

// Only what belongs to the target of the probe; pointers to the rest are only known to be there.

void write_argument(MessageWriter& writer, const batsched_probe_t* given) {
    if (!write_bytes(writer, given)) return;
    const bool has_hosts = given->target == BATSCHED_PROBE_HOSTS;
    const bool has_links = given->target == BATSCHED_PROBE_LINKS;
    write_hosts(writer, has_hosts ? given->hosts : batsched_host_set_t{});
    writer.texts(has_links ? given->links : nullptr, given->link_count);
}

void read_argument(MessageReader& reader, const batsched_probe_t*& given) {
    batsched_probe_t* probe = read_bytes(reader, given);
    if (probe == nullptr) return;
    read_hosts(reader, probe->hosts);
    const bool had_links = probe->links != nullptr;
    reader.texts(probe->links, probe->link_count);
    if (probe->links != nullptr || !had_links) return;
    static const char* const none = nullptr;
    probe->links = &none;
    probe->link_count = 0;
}

} // namespace batsim
