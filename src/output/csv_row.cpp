// csv_row.cpp - one row of a CSV file.
#include "output/csv_row.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/number_room.hpp"

namespace batsim {

namespace {

bool needs_quotes(std::string_view field) {
    return std::any_of(field.begin(), field.end(),
                       [](char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; });
}

} // namespace

CsvRow& CsvRow::text(std::string_view field) {
    if (needs_quotes(field)) return quoted(field);
    begin_field();
    append(field);
    return *this;
}

CsvRow& CsvRow::quoted(std::string_view field) {
    begin_field();
    append('"');
    for (const char c : field) {
        if (c == '"') append('"');
        append(c);
    }
    append('"');
    return *this;
}

CsvRow& CsvRow::number(const std::optional<double>& value) {
    return value ? number(*value) : text("");
}

CsvRow& CsvRow::number(double value) {
    begin_field();
    append_number(value);
    return *this;
}

CsvRow& CsvRow::count(std::uint64_t value) {
    begin_field();
    append_number(value);
    return *this;
}

CsvRow& CsvRow::hosts(const HostSet& hosts) {
    begin_field();
    bool first = true;
    for (const HostSet::Interval& interval : hosts.intervals()) {
        if (!std::exchange(first, false)) append(' ');
        append_number(std::uint64_t{interval.first});
        if (interval.last == interval.first) continue;
        append('-');
        append_number(std::uint64_t{interval.last});
    }
    return *this;
}

std::string_view CsvRow::end() {
    append('\n');
    has_fields_ = false;
    return {buffer_.data(), std::exchange(size_, 0)};
}

void CsvRow::begin_field() {
    if (std::exchange(has_fields_, true)) append(',');
}

void CsvRow::append(char character) {
    *room_for(1) = character;
    ++size_;
}

void CsvRow::append(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(room_for(text.size()), text.data(), text.size());
    size_ += text.size();
}

template <class Number>
void CsvRow::append_number(Number value) {
    size_ += write_number(room_for(kNumberRoom), value);
}

// At the end of the row.
char* CsvRow::room_for(std::size_t count) {
    if (count > buffer_.size() - size_) buffer_.resize(2 * (size_ + count));
    return buffer_.data() + size_;
}

} // namespace batsim
