// quick_json.cpp - parses JSON files fast, as long as there is nothing wrong with them.
#include "workload/quick_json.hpp"

#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif
#include <rapidjson/reader.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace batsim {

namespace {

// RapidJSON's handler, which translates its events. A function that returns false ends the parsing.
class Translator {
  public:
    using Ch = char;

    explicit Translator(WorkloadSax& sax) : sax_(sax) {}

    // NOLINTBEGIN(readability-identifier-naming): RapidJSON's names
    bool Null() { return sax_.null(); }
    bool Bool(bool value) { return sax_.boolean(value); }
    bool String(const Ch* text, rapidjson::SizeType length, bool) {
        text_.assign(text, length);
        return sax_.string(text_);
    }
    bool Key(const Ch* text, rapidjson::SizeType length, bool) {
        text_.assign(text, length);
        return sax_.key(text_);
    }
    bool StartObject() { return sax_.start_object(0); }
    bool EndObject(rapidjson::SizeType) { return sax_.end_object(); }
    bool StartArray() { return sax_.start_array(0); }
    bool EndArray(rapidjson::SizeType) { return sax_.end_array(); }

    // Integers that fit are integers, as with nlohmann; the standard library converts exactly.
    bool RawNumber(const Ch* text, rapidjson::SizeType length, bool) {
        const std::string_view number(text, length);
        if (number.find_first_of(".eE") == std::string_view::npos) {
            if (number[0] != '-') {
                if (const auto value = converted<std::uint64_t>(number))
                    return sax_.number_unsigned(*value);
            } else if (const auto value = converted<std::int64_t>(number)) {
                return sax_.number_integer(*value);
            }
        }
        const auto value = converted<double>(number);
        return value && sax_.number_float(*value, "");
    }
    // Never called, as all numbers come as texts.
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }
    // NOLINTEND(readability-identifier-naming)

  private:
    template <class Number>
    static std::optional<Number> converted(std::string_view text) {
        Number value{};
        const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
        if (result.ec != std::errc()) return std::nullopt;
        return value;
    }

    WorkloadSax& sax_;
    std::string text_;
};

constexpr unsigned kQuickFlags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag |
                                 rapidjson::kParseNumbersAsStringsFlag;

// Which bytes a text has.
struct Bytes {
    bool has_controls; // other than white space
    bool is_ascii;
};

// Without branches, so that the compiler can look at several at once.
Bytes bytes_of(const std::string& text) {
    unsigned controls = 0, all = 0;
    for (const char c : text) {
        const unsigned byte = static_cast<unsigned char>(c);
        controls |= static_cast<unsigned>(byte < 0x20) & static_cast<unsigned>(c != '\t') &
                    static_cast<unsigned>(c != '\n') & static_cast<unsigned>(c != '\r');
        all |= byte;
    }
    return {controls != 0, all < 0x80};
}

bool has_surrogates(const std::string& text) {
    return text.find("\\ud") != std::string::npos || text.find("\\uD") != std::string::npos;
}

template <unsigned kFlags>
bool parse(std::string& text, WorkloadSax& sax) {
    rapidjson::InsituStringStream stream(text.data());
    Translator translator(sax);
    rapidjson::Reader reader;
    const bool is_sound = !reader.Parse<kFlags>(stream, translator).IsError();
    return is_sound;
}

} // namespace

bool parse_quickly(std::string& text, WorkloadSax& sax) {
    const Bytes bytes = bytes_of(text);
    // RapidJSON does not always notice control characters within strings, and takes a surrogate without
    // the one that should come before.
    if (bytes.has_controls || has_surrogates(text)) return false;
    text.append(16, '\0'); // RapidJSON reads 16 bytes at a time; it ends at the first of these
    return bytes.is_ascii ? parse<kQuickFlags>(text, sax)
                          : parse<kQuickFlags | rapidjson::kParseValidateEncodingFlag>(text, sax);
}

} // namespace batsim
