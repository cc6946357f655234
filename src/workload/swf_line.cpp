// swf_line.cpp - one line of a log in the Standard Workload Format, and what the options make of it.
#include "workload/swf_line.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/text.hpp"
#include "workload/limits.hpp"

namespace batsim {

namespace {

constexpr double kMaxJobNumber = 1e15; // doubles beyond 9e15 are not all integers

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The number that up to seven digits at `p` make, and where they end; nothing if there are none, or more.
// Eight characters are read at once, each in a byte of one number, so that nothing depends on how many of
// them are digits: a loop over them would be guessed wrong at the end of nearly each field.
const char* parse_few_digits(const char* p, std::uint64_t& number) {
    constexpr std::uint64_t kEach = 0x0101010101010101;
    std::uint64_t digits = 0;
    std::memcpy(&digits, p, sizeof digits);
    digits ^= kEach * '0'; // 0 to 9 where there are digits
    // A byte of 10 or more has its highest bit set; what is carried goes to later characters.
    const std::uint64_t others = ((digits + kEach * (0x80 - 10)) | digits) & kEach * 0x80;
    if (others == 0) return nullptr;
    const auto length = static_cast<unsigned>(__builtin_ctzll(others)) / 8;
    if (length == 0) return nullptr;
    digits <<= 64 - 8 * length; // zeros come first
    // In each pair of neighbours ten times the first and the second; then in pairs of these, and of those.
    digits = digits * 10 + (digits >> 8);
    digits = (digits & 0x00ff00ff00ff00ff) * 100 + (digits >> 16 & 0x00ff00ff00ff00ff);
    digits = (digits & 0x0000ffff0000ffff) * 10000 + (digits >> 32 & 0x0000ffff);
    number = digits & 0xffffffff;
    return p + length;
}

const char* parse_digits(const char* p, const char* end, std::uint64_t& number) {
    constexpr bool kLowestFirst = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    if (kLowestFirst && end - p >= 8)
        if (const char* rest = parse_few_digits(p, number)) return rest;
    number = 0;
    const char* digit = p;
    while (digit != end && *digit >= '0' && *digit <= '9' && digit - p < 15)
        number = number * 10 + static_cast<std::uint64_t>(*digit++ - '0');
    return digit == p ? nullptr : digit;
}

// Most fields are small integers: much faster than from_chars for double.
const char* parse_small_integer(const char* p, const char* end, double& value) {
    const bool negative = p != end && *p == '-';
    std::uint64_t number = 0;
    const char* const rest = parse_digits(negative ? p + 1 : p, end, number);
    if (rest == nullptr || (rest != end && !is_blank(*rest))) return nullptr;
    value = static_cast<double>(negative ? -static_cast<std::int64_t>(number)
                                         : static_cast<std::int64_t>(number));
    return rest;
}

const char* parse_field(const char* p, const char* end, double& value) {
    if (const char* rest = parse_small_integer(p, end, value)) return rest;
    if (*p == '+') ++p;
    const auto result = std::from_chars(p, end, value);
    const bool whole = result.ptr == end || is_blank(*result.ptr);
    return result.ec == std::errc() && whole && std::isfinite(value) ? result.ptr : nullptr;
}

std::string field_error(std::size_t field, const char* p, const char* end) {
    const char* stop = std::find_if(p, end, is_blank);
    const std::string hint = field == 0 ? " (this is read as an SWF log)" : "";
    return "field " + std::to_string(field + 1) + hint + " must be a number, is '" +
           shortened(std::string_view(p, static_cast<std::size_t>(stop - p))) + "'";
}

std::optional<std::string> check_limits(const SwfFields& fields) {
    for (const std::size_t field : {kSwfSubmit, kSwfRunTime, kSwfRequestedTime})
        if (fields[field] > kMaxSeconds)
            return "field " + std::to_string(field + 1) +
                   " must be <= " + number_text(kMaxSeconds) + ", is " + number_text(fields[field]);
    for (const std::size_t field : {kSwfAllocated, kSwfRequested})
        if (fields[field] > static_cast<double>(kMaxHosts) ||
            fields[field] != std::floor(fields[field]))
            return "field " + std::to_string(field + 1) + " must be a number of processors up to " +
                   std::to_string(kMaxHosts) + ", is " + number_text(fields[field]);
    if (fields[kSwfNumber] != std::floor(fields[kSwfNumber]) ||
        std::abs(fields[kSwfNumber]) > kMaxJobNumber)
        return "field 1 must be a job number, is " + number_text(fields[kSwfNumber]);
    return std::nullopt;
}

std::int64_t id(double value) {
    return value >= 0 && value <= kMaxJobNumber ? static_cast<std::int64_t>(value) : -1;
}

// Of users and so on: schedulers get them in 32 bits.
std::int32_t small_id(double value) {
    return value <= INT32_MAX ? static_cast<std::int32_t>(id(value)) : -1;
}

std::unique_ptr<SwfExtra> make_extra(const SwfFields& fields) {
    auto extra = std::make_unique<SwfExtra>();
    extra->wait_time = fields[kSwfWait];
    extra->allocated_processors = fields[kSwfAllocated];
    extra->requested_processors = fields[kSwfRequested];
    extra->average_cpu_time = fields[kSwfAverageCpu];
    extra->used_memory = fields[kSwfUsedMemory];
    extra->requested_memory = fields[kSwfRequestedMemory];
    extra->requested_time = fields[kSwfRequestedTime];
    extra->status = id(fields[kSwfStatus]);
    extra->partition = id(fields[kSwfPartition]);
    extra->preceding_job = id(fields[kSwfPreceding]);
    extra->think_time = fields[kSwfThinkTime];
    return extra;
}

} // namespace

std::optional<std::string> parse_swf_line(std::string_view line, SwfFields& fields) {
    const char* p = line.data();
    const char* const end = p + line.size();
    for (std::size_t field = 0; field < fields.size(); ++field) {
        while (p != end && is_blank(*p)) ++p;
        if (p == end) return "expected 18 fields, found " + std::to_string(field);
        const char* rest = parse_field(p, end, fields[field]);
        if (rest == nullptr) return field_error(field, p, end);
        p = rest;
    }
    return check_limits(fields);
}

std::optional<double> swf_processors(const SwfFields& fields, const SwfOptions& options) {
    const bool requested_first = options.processors == SwfOptions::Processors::kRequested;
    const double first = fields[requested_first ? kSwfRequested : kSwfAllocated];
    const double second = fields[requested_first ? kSwfAllocated : kSwfRequested];
    if (first > 0) return first;
    if (second > 0) return second;
    return std::nullopt;
}

double swf_walltime(const SwfFields& fields, const SwfOptions& options) {
    switch (options.walltime) {
        case SwfOptions::Walltime::kRequested:
            return fields[kSwfRequestedTime] > 0 ? fields[kSwfRequestedTime] : kNoWalltime;
        case SwfOptions::Walltime::kRunTime:
        case SwfOptions::Walltime::kFactor: {
            const bool factor = options.walltime == SwfOptions::Walltime::kFactor;
            const double walltime = fields[kSwfRunTime] * (factor ? options.walltime_factor : 1);
            return walltime > 0 ? walltime : kNoWalltime; // a job of run time 0 has no limit
        }
        case SwfOptions::Walltime::kNone: return kNoWalltime;
    }
    return kNoWalltime;
}

bool is_overrun(const SwfFields& fields, const SwfOptions& options) {
    return fields[kSwfRunTime] > swf_walltime(fields, options);
}

bool has_large_id(const SwfFields& fields) {
    const auto large = [](double value) { return value > INT32_MAX; };
    return large(fields[kSwfUser]) || large(fields[kSwfGroup]) || large(fields[kSwfExecutable]) ||
           large(fields[kSwfQueue]);
}

std::optional<SwfRemark> reason_to_drop(const SwfFields& fields, const SwfOptions& options) {
    if (fields[kSwfSubmit] < 0) return SwfRemark::kNegativeSubmitTime;
    if (fields[kSwfRunTime] < 0) return SwfRemark::kNegativeRunTime;
    if (!swf_processors(fields, options)) return SwfRemark::kNoProcessors;
    if (fields[kSwfRunTime] == 0 && options.zero_run_time == SwfOptions::ZeroRunTime::kDrop)
        return SwfRemark::kZeroRunTime;
    return std::nullopt;
}

ProfilePtr make_swf_profile(double seconds, const std::string& prefix) {
    auto profile = std::make_shared<Profile>();
    profile->full_name = prefix;
    append_number(profile->full_name, seconds);
    profile->type = "delay";
    profile->body = DelayProfile{seconds};
    return profile;
}

Job make_swf_job(const SwfFields& fields, const SwfOptions& options, std::uint32_t workload,
                 const std::string& prefix, double shift) {
    Job job;
    job.full_name = prefix;
    append_number(job.full_name, static_cast<std::int64_t>(fields[kSwfNumber]));
    job.workload = workload;
    job.requested_hosts = static_cast<std::uint32_t>(swf_processors(fields, options).value_or(1));
    job.min_hosts = job.max_hosts = job.requested_hosts;
    job.user_id = small_id(fields[kSwfUser]);
    job.group_id = small_id(fields[kSwfGroup]);
    job.executable_id = small_id(fields[kSwfExecutable]);
    job.queue_id = small_id(fields[kSwfQueue]);
    job.submit_time = fields[kSwfSubmit] - shift;
    job.walltime = swf_walltime(fields, options);
    if (is_overrun(fields, options) && options.overruns == SwfOptions::Overruns::kExtend)
        job.walltime = fields[kSwfRunTime];
    job.profile = make_swf_profile(fields[kSwfRunTime], prefix);
    job.extra = make_extra(fields);
    return job;
}

} // namespace batsim
