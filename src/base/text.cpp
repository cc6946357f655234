// text.cpp - numbers to text and back, exactly; and what is near a misspelt word.
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/number_room.hpp"

namespace batsim {

namespace {

template <class Number, class... Format>
std::size_t write_shortest(char* room, Number value, Format... format) {
    const auto result = std::to_chars(room, room + kNumberRoom, value, format...);
    return static_cast<std::size_t>(result.ptr - room);
}

// A number of whole thousandths, or nothing. These are far apart compared to what a double can tell
// apart, so that no other text of three decimals or fewer means the same double: it is the shortest.
std::size_t write_thousandths(char* room, double value) {
    constexpr double kGreatest = 1e9;
    const double magnitude = std::abs(value);
    if (!(magnitude < kGreatest)) return 0;
    const auto thousandths = static_cast<std::uint64_t>(std::llround(magnitude * 1000));
    if (thousandths == 0 || static_cast<double>(thousandths) / 1000 != magnitude) return 0;
    char* end = room;
    if (value < 0) *end++ = '-';
    end = std::to_chars(end, room + kNumberRoom, thousandths / 1000).ptr;
    *end++ = '.';
    auto rest = static_cast<unsigned>(thousandths % 1000);
    for (unsigned unit = 100; rest > 0; unit /= 10) {
        *end++ = static_cast<char>('0' + rest / unit);
        rest %= unit;
    }
    return static_cast<std::size_t>(end - room);
}

template <class Number>
void append_shortest(std::string& out, Number value) {
    NumberRoom room;
    out.append(room.data(), write_shortest(room.data(), value));
}

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
    Number value{};
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

// Number of single-letter insertions, deletions and replacements that turn one into the other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replace});
        }
    }
    return row.back();
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

} // namespace

// Ordinary magnitudes are written without exponent although 1e+05 is shorter than 100000: tools like
// sort -n and cut do not understand exponents.
std::size_t write_number(char* room, double value) {
    const double magnitude = std::abs(value);
    if (magnitude < 1e15 && value == std::trunc(value) && (value != 0 || !std::signbit(value)))
        return write_shortest(room, static_cast<std::int64_t>(value)); // faster, the same text
    if (const std::size_t length = write_thousandths(room, value)) return length; // likewise
    if (value == 0 || (magnitude >= 1e-5 && magnitude < 1e16))
        return write_shortest(room, value, std::chars_format::fixed);
    return write_shortest(room, value);
}

std::size_t write_number(char* room, std::uint64_t value) { return write_shortest(room, value); }

void append_number(std::string& out, double value) {
    NumberRoom room;
    out.append(room.data(), write_number(room.data(), value));
}
void append_number(std::string& out, std::uint64_t value) { append_shortest(out, value); }
void append_number(std::string& out, std::int64_t value) { append_shortest(out, value); }

std::string number_text(double value) {
    std::string text;
    append_number(text, value);
    return text;
}

std::optional<double> parse_double(std::string_view text) {
    const auto value = parse_whole<double>(text);
    if (!value || !std::isfinite(*value)) return std::nullopt;
    return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    return parse_whole<std::int64_t>(text);
}

std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates) {
    constexpr std::size_t kLongest = 200; // nobody has misspelt that
    if (word.size() > kLongest) return std::nullopt;
    const std::string* best = nullptr;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        const bool extends = word.size() >= 4 && candidate.compare(0, word.size(), word) == 0;
        const std::size_t distance =
            extends ? 1 : edit_distance(lower_case(word), lower_case(candidate));
        if (distance < best_distance && distance < candidate.size()) {
            best = &candidate;
            best_distance = distance;
        }
    }
    if (best == nullptr) return std::nullopt;
    return *best;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
    const auto near = nearest(word, candidates);
    return near ? "; did you mean '" + *near + "'?" : "";
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) -> unsigned {
            return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
        };
        const std::size_t length = byte(0) < 0x80   ? 1
                                   : byte(0) < 0xc2 ? 0
                                   : byte(0) < 0xe0 ? 2
                                   : byte(0) < 0xf0 ? 3
                                   : byte(0) < 0xf5 ? 4
                                                    : 0;
        if (length == 0) return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((byte(k) & 0xc0U) != 0x80) return false;
        const bool overlong =
            (byte(0) == 0xe0 && byte(1) < 0xa0) || (byte(0) == 0xf0 && byte(1) < 0x90);
        const bool outside =
            (byte(0) == 0xed && byte(1) > 0x9f) || (byte(0) == 0xf4 && byte(1) > 0x8f);
        if (overlong || outside) return false;
        i += length;
    }
    return true;
}

std::string printable(std::string_view text) {
    constexpr const char* kDigits = "0123456789abcdef";
    const bool ascii_only = !is_utf8(text);
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte < 0x80 ? byte >= 0x20 && byte != 0x7f : !ascii_only;
        if (plain || c == '\t') {
            result += c;
            continue;
        }
        result += "\\x";
        result += kDigits[byte / 16];
        result += kDigits[byte % 16];
    }
    return result;
}

std::string shortened(std::string_view text) {
    std::size_t length = 60;
    if (text.size() <= length) return std::string(text);
    const auto continues = [&] {
        return (static_cast<unsigned char>(text[length]) & 0xc0U) == 0x80;
    };
    for (int i = 0; i < 3 && continues(); ++i) --length;
    return std::string(text.substr(0, length)) + "...";
}

std::string_view trimmed(std::string_view text) {
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

} // namespace batsim
