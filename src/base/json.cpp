// json.cpp - values read from JSON files, checked, with messages that name file and place.
#include "base/json.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/text.hpp"

namespace batsim {

namespace {

// nlohmann quotes all of the token in which the error is, which may be the rest of the file.
void shorten_last_read(std::string& text) {
    const std::string_view begin = "last read: '";
    const std::size_t found = text.find(begin);
    if (found == std::string::npos) return;
    const std::size_t token = found + begin.size();
    const std::size_t end = text.rfind('\'');
    if (end == std::string::npos || end < token) return;
    text.replace(token, end - token, shortened(std::string_view(text).substr(token, end - token)));
}

} // namespace

std::string json_error_text(const nlohmann::json::exception& error) {
    std::string text = error.what();
    const std::size_t bracket = text.find("] ");
    if (text.compare(0, 6, "[json.") == 0 && bracket != std::string::npos)
        text.erase(0, bracket + 2);
    if (text.compare(0, 15, "parse error at ") == 0) text.erase(0, 15);
    shorten_last_read(text);
    return text;
}

std::string pointer_part(std::string_view name) {
    std::string part = "/";
    for (const char c : name) {
        if (c == '~')
            part += "~0";
        else if (c == '/')
            part += "~1";
        else
            part += c;
    }
    return part;
}

Json parse_json(std::string_view text, const std::string& file) {
    try {
        return Json::parse(text);
    } catch (const Json::exception& error) {
        throw InputError(file, "", "not valid JSON: " + json_error_text(error));
    }
}

std::size_t nesting_depth(std::string_view text) {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string && c == '\\') ++i;
        if (c == '"') in_string = !in_string;
        if (in_string) continue;
        if (c == '{' || c == '[') deepest = std::max(deepest, ++depth);
        if ((c == '}' || c == ']') && depth > 0) --depth;
    }
    return deepest;
}

std::string excerpt(const Json& value) {
    return shortened(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::optional<std::string> range_error(double value, double least, double most) {
    if (value >= least && value <= most) return std::nullopt;
    std::string wanted = std::isinf(most) || value < least ? "must be >= " + number_text(least)
                                                           : "must be <= " + number_text(most);
    return wanted + ", is " + number_text(value);
}

JsonObject::JsonObject(const Json& value, std::string file, std::string pointer)
    : value_(value), file_(std::move(file)), pointer_(std::move(pointer)) {
    if (!value_.is_object()) fail(nullptr, "must be an object, is " + excerpt(value_));
}

void JsonObject::fail(const char* key, const std::string& message) const {
    std::string place = pointer_;
    if (key != nullptr) place.append("/").append(key);
    throw InputError(file_, place, message);
}

const Json& JsonObject::required(const char* key) const {
    const auto found = value_.find(key);
    if (found == value_.end()) fail(nullptr, std::string("has no '") + key + "'");
    return *found;
}

std::string JsonObject::string(const char* key) const {
    const Json& value = required(key);
    if (!value.is_string()) fail(key, "must be a string, is " + excerpt(value));
    return value.get<std::string>();
}

double JsonObject::number(const char* key, double least, double most) const {
    const Json& value = required(key);
    if (!value.is_number()) fail(key, "must be a number, is " + excerpt(value));
    const double number = value.get<double>();
    if (const auto error = range_error(number, least, most)) fail(key, *error);
    return number;
}

std::int64_t JsonObject::integer(const char* key, std::int64_t least, std::int64_t most) const {
    const double value = number(key, static_cast<double>(least), static_cast<double>(most));
    if (value != std::floor(value)) fail(key, "must be an integer, is " + number_text(value));
    return static_cast<std::int64_t>(value);
}

std::int64_t JsonObject::integer_or(const char* key, std::int64_t least, std::int64_t most,
                                    std::int64_t otherwise) const {
    return has(key) ? integer(key, least, most) : otherwise;
}

std::vector<double> JsonObject::numbers(const char* key, double most) const {
    const Json& array = required(key);
    if (!array.is_array()) fail(key, "must be an array of numbers, is " + excerpt(array));
    std::vector<double> values;
    values.reserve(array.size());
    for (std::size_t i = 0; i < array.size(); ++i) {
        const std::string place = std::string(key) + "/" + std::to_string(i);
        if (!array[i].is_number()) fail(place.c_str(), "must be a number, is " + excerpt(array[i]));
        values.push_back(array[i].get<double>());
        if (const auto error = range_error(values.back(), 0, most)) fail(place.c_str(), *error);
    }
    return values;
}

std::vector<std::string> JsonObject::strings(const char* key) const {
    const Json& array = required(key);
    if (!array.is_array()) fail(key, "must be an array of strings, is " + excerpt(array));
    std::vector<std::string> values;
    values.reserve(array.size());
    for (std::size_t i = 0; i < array.size(); ++i) {
        const std::string place = std::string(key) + "/" + std::to_string(i);
        if (!array[i].is_string()) fail(place.c_str(), "must be a string, is " + excerpt(array[i]));
        values.push_back(array[i].get<std::string>());
    }
    return values;
}

} // namespace batsim
