// input_file.hpp - reads text files, gzipped or not, from beginning to end.
#ifndef BATSIM_BASE_INPUT_FILE_HPP
#define BATSIM_BASE_INPUT_FILE_HPP

#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace batsim {

// An InputFile is a stream of bytes; a gzipped file appears as its content, and a byte order mark at the
// beginning is left out. Every failure is an
// InputError that begins with the given description, e.g. "workload 'w.swf'".
class InputFile {
  public:
    InputFile(const std::string& path, std::string description);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    const std::string& description() const { return description_; }

    // The next line without its end ("\n" or "\r\n"); valid until the next call. False at the end.
    bool next_line(std::string_view& line);
    // Number of the line that next_line gave last, from 1.
    std::size_t line_number() const { return line_number_; }

    // All that has not been read so far.
    std::string rest();

    // The next byte, which is not consumed; the file must not be at its end.
    char peek() const { return buffer_[position_]; }
    void skip() { ++position_; }
    bool at_end() { return position_ == end_ && !fill(); }

  private:
    struct Handle;

    // Reads the next chunk behind what is left in the buffer; false at the end of the file.
    bool fill();

    std::string description_;
    std::unique_ptr<Handle> handle_;
    std::size_t size_; // of the file, which may be packed
    std::vector<char> buffer_;
    std::size_t position_ = 0;
    std::size_t end_ = 0;
    std::size_t line_number_ = 0;
    bool begun_ = false;
};

// Lets algorithms that take a pair of input iterators read the bytes of an InputFile.
class InputFileIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    InputFileIterator() = default; // the end
    explicit InputFileIterator(InputFile& file) : file_(&file) {}

    char operator*() const { return file_->peek(); }
    InputFileIterator& operator++() {
        file_->skip();
        return *this;
    }
    // All iterators of one file stand at the same place: only the end is different.
    friend bool operator==(const InputFileIterator& a, const InputFileIterator& b) {
        return a.is_end() == b.is_end();
    }
    friend bool operator!=(const InputFileIterator& a, const InputFileIterator& b) {
        return !(a == b);
    }

  private:
    bool is_end() const { return file_ == nullptr || file_->at_end(); }

    InputFile* file_ = nullptr;
};

// Whether the path names a regular file, which can be read twice.
bool is_regular_file(const std::string& path);

// The whole content of a file, gzipped or not.
std::string read_file(const std::string& path, const std::string& description);

} // namespace batsim

#endif
