// json_row.cpp - one line of JSON, member by member, in the order in which they are added.
#include "plugin/scheduler/json_row.hpp"

#include <cmath>

#include "base/json.hpp"
#include "base/text.hpp"
#include "platform/platform.hpp"

namespace batsim {

namespace {

std::string dump(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

void append_json(std::string& out, const char* text) {
    out += text == nullptr ? "null" : dump(text);
}

void JsonRow::begin(const char* key) {
    if (text_.size() > 1) text_ += ", ";
    text_ += '"';
    text_ += key;
    text_ += "\": ";
}

JsonRow& JsonRow::text(const char* key, const char* value) {
    begin(key);
    append_json(text_, value);
    return *this;
}

JsonRow& JsonRow::number(const char* key, double value) {
    begin(key);
    if (std::isfinite(value))
        append_number(text_, value);
    else
        text_ += "null";
    return *this;
}

JsonRow& JsonRow::flag(const char* key) {
    begin(key);
    text_ += "true";
    return *this;
}

JsonRow& JsonRow::count(const char* key, std::uint64_t value) {
    begin(key);
    append_number(text_, value);
    return *this;
}

JsonRow& JsonRow::integer(const char* key, std::int64_t value) {
    begin(key);
    append_number(text_, value);
    return *this;
}

JsonRow& JsonRow::hosts(const char* key, batsched_host_set_t value) {
    return text(key, HostSet(value).to_string());
}

JsonRow& JsonRow::json(const char* key, const char* value) {
    begin(key);
    const Json parsed =
        value == nullptr ? Json() : Json::parse(value, nullptr, /* allow_exceptions */ false);
    text_ += parsed.is_discarded() ? "null" : dump(parsed);
    return *this;
}

} // namespace batsim
