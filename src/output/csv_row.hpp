// csv_row.hpp - one row of a CSV file.
#ifndef BATSIM_OUTPUT_CSV_ROW_HPP
#define BATSIM_OUTPUT_CSV_ROW_HPP

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "platform/platform.hpp"

namespace batsim {

// A CsvRow is a row of a CSV file (RFC 4180, with \n) that grows field by field. Its memory is used again
// for the next row.
class CsvRow {
  public:
    // Quoted if it must be.
    CsvRow& text(std::string_view field);
    CsvRow& quoted(std::string_view field);
    // Nothing is an empty field.
    CsvRow& number(const std::optional<double>& value);
    CsvRow& number(double value);
    CsvRow& count(std::uint64_t value);
    // "0-3 7"
    CsvRow& hosts(const HostSet& hosts);

    // The row with its newline, valid until a field of the next one is added.
    std::string_view end();

  private:
    void begin_field();
    void append(char character);
    void append(std::string_view text);
    template <class Number>
    void append_number(Number value);
    char* room_for(std::size_t count);

    std::vector<char> buffer_;
    std::size_t size_ = 0; // of the row
    bool has_fields_ = false;
};

} // namespace batsim

#endif
