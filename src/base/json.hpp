// json.hpp - values read from JSON files, checked, with messages that name file and place.
#ifndef BATSIM_BASE_JSON_HPP
#define BATSIM_BASE_JSON_HPP

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batsim {

using Json = nlohmann::json;

// What nlohmann says of a syntax error, without its internal numbering.
std::string json_error_text(const nlohmann::json::exception& error);

// "/name" as a part of a JSON pointer (RFC 6901).
std::string pointer_part(std::string_view name);

// Parses `text`; a syntax error is an InputError of `file`.
Json parse_json(std::string_view text, const std::string& file);

// A JsonObject reads the members of one JSON object. Each failure is an InputError that gives the
// file and the JSON pointer of the member: "workload 'w.json': /profiles/p/delay: must be >= 0".
class JsonObject {
  public:
    // The value must be an object; file and pointer are for messages.
    JsonObject(const Json& value, std::string file, std::string pointer);

    const std::string& pointer() const { return pointer_; }

    std::string text() const { return value_.dump(); } // of the object
    bool has(const char* key) const { return value_.contains(key); }
    const Json& required(const char* key) const;
    std::string string(const char* key) const;
    // A number from `least` to `most`.
    double number(const char* key, double least, double most) const;
    std::int64_t integer(const char* key, std::int64_t least, std::int64_t most) const;
    std::int64_t integer_or(const char* key, std::int64_t least, std::int64_t most,
                            std::int64_t otherwise) const;
    // An array of numbers from 0 to `most`.
    std::vector<double> numbers(const char* key, double most) const;
    std::vector<std::string> strings(const char* key) const;

    // Throws the InputError of the member `key` (of the object itself if it is nullptr).
    [[noreturn]] void fail(const char* key, const std::string& message) const;

  private:
    const Json& value_;
    std::string file_;
    std::string pointer_;
};

// "must be from 0 to 10, is 11": why a number is out of its range, or nothing if it is not.
std::optional<std::string> range_error(double value, double least, double most);

// How deep objects and arrays are nested in a JSON text. What is nested deeper than kDeepestJson is
// refused: other code would follow it by recursion.
std::size_t nesting_depth(std::string_view text);
inline constexpr std::size_t kDeepestJson = 200;

// A short text of a JSON value for messages: long ones are cut.
std::string excerpt(const Json& value);

} // namespace batsim

#endif
