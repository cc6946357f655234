// json_row.hpp - one line of JSON, member by member, in the order in which they are added.
#ifndef BATSIM_PLUGIN_JSON_ROW_HPP
#define BATSIM_PLUGIN_JSON_ROW_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "batsched.h"

namespace batsim {

// Numbers are written with the fewest digits that read back as the same double; what JSON has no
// number for is null. Texts that are not UTF-8 are repaired.
class JsonRow {
  public:
    // nullptr is null.
    JsonRow& text(const char* key, const char* value);
    JsonRow& text(const char* key, const std::string& value) { return text(key, value.c_str()); }
    JsonRow& number(const char* key, double value);
    JsonRow& count(const char* key, std::uint64_t value);
    JsonRow& integer(const char* key, std::int64_t value);
    // true
    JsonRow& flag(const char* key);
    // "0-3,7"
    JsonRow& hosts(const char* key, batsched_host_set_t value);
    // A JSON text as it is; null if it is none.
    JsonRow& json(const char* key, const char* value);
    // An array; append(row text, value) adds one value.
    template <class Value, class Append>
    JsonRow& array(const char* key, const Value* values, std::size_t count, Append&& append) {
        begin(key);
        text_ += '[';
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) text_ += ", ";
            append(text_, values[i]);
        }
        text_ += ']';
        return *this;
    }

    // The whole line with its newline.
    std::string line() const { return text_ + "}\n"; }

  private:
    void begin(const char* key);

    std::string text_ = "{";
};

// Appends a text in quotes; nullptr is null.
void append_json(std::string& out, const char* text);

} // namespace batsim

#endif
