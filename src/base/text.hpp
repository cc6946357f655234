// text.hpp - numbers to text and back, exactly; and small things that are done to text.
#ifndef BATSIM_BASE_TEXT_HPP
#define BATSIM_BASE_TEXT_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batsim {

// The fewest digits that read back as the same double: 0.1, 100000, 1e+100, inf, nan.
std::string number_text(double value);
void append_number(std::string& out, double value);
void append_number(std::string& out, std::uint64_t value);
void append_number(std::string& out, std::int64_t value);

// The whole of `text` as a number, or nothing. Decimal only; infinities and NaN are not numbers.
std::optional<double> parse_double(std::string_view text);
std::optional<std::int64_t> parse_integer(std::string_view text);

// The candidate that was probably meant by `word`, or nothing if none is near.
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

// "; did you mean 'x'?" for the nearest candidate, else "".
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

// Whether the bytes are UTF-8 (RFC 3629).
bool is_utf8(std::string_view text);

// The text for a terminal: control characters but tabs, and all but ASCII if it is not UTF-8, become "\x1b".
std::string printable(std::string_view text);

// The beginning of a long text, then "...", for messages. Characters of UTF-8 stay whole.
std::string shortened(std::string_view text);

// Without the white space of ASCII at both ends.
std::string_view trimmed(std::string_view text);

std::vector<std::string> split(std::string_view text, char separator);

} // namespace batsim

#endif
