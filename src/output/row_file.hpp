// row_file.hpp - a text file of rows that is complete to the last row at any end of the program.
#ifndef BATSIM_OUTPUT_ROW_FILE_HPP
#define BATSIM_OUTPUT_ROW_FILE_HPP

#include <memory>
#include <string>
#include <string_view>

#include "base/last_words.hpp"

namespace batsim {

// A RowFile writes whole rows through a buffer that the handlers of fatal signals can write out.
// Throws OutputError if the file cannot be created or written.
class RowFile {
  public:
    explicit RowFile(std::string path);
    ~RowFile(); // writes what is left; an error then is not reported: call close() to know
    RowFile(const RowFile&) = delete;
    RowFile& operator=(const RowFile&) = delete;

    // `row` includes its newline.
    void write(std::string_view row);
    void close();

  private:
    void flush();
    void write_out(const char* data, std::size_t size);
    [[noreturn]] void fail() const;

    std::string path_;
    std::unique_ptr<char[]> buffer_;
    UnwrittenRows rows_;
};

// Appends a field of a CSV row, quoted where needed.
void append_csv(std::string& row, std::string_view field);

} // namespace batsim

#endif
