// row_file.hpp - a text file of rows that is complete to the last row at any end of the program.
#ifndef BATSIM_OUTPUT_ROW_FILE_HPP
#define BATSIM_OUTPUT_ROW_FILE_HPP

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/last_words.hpp"

namespace batsim {

// A RowFile writes whole rows through a buffer that the handlers of fatal signals can write out.
// Throws OutputError if the file cannot be created or written; then it has the whole rows that found
// room, and further rows are dropped.
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
    std::size_t end_of_rows() const { return rows_.count == 0 ? 0 : ends_[rows_.count - 1]; }
    void flush();
    void write_out(const UnwrittenRows& rows);
    [[noreturn]] void fail(int error);

    std::string path_;
    std::unique_ptr<char[]> buffer_;
    std::unique_ptr<std::size_t[]> ends_; // of the rows in the buffer
    UnwrittenRows rows_;
};

// Writes a file that is ready. Throws OutputError.
void write_file(const std::string& path, std::string_view content);

} // namespace batsim

#endif
