// input_file.cpp - reads text files, gzipped or not, from beginning to end.
#include "base/input_file.hpp"

#include <sys/stat.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.hpp"

namespace batsim {

namespace {

constexpr std::size_t kChunk = 1 << 18;
constexpr std::size_t kLongestLine = 1 << 24;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// The size in bytes. zlib opens a directory without complaint and reads nothing, so look first.
std::size_t check_readable(const std::string& path, const std::string& description) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) throw InputError(description, "", std::strerror(errno));
    if (S_ISDIR(status.st_mode)) throw InputError(description, "", "is a directory, not a file");
    return static_cast<std::size_t>(status.st_size);
}

} // namespace

struct InputFile::Handle {
    explicit Handle(const std::string& path) : file(gzopen(path.c_str(), "rb")) {}
    ~Handle() {
        if (file != nullptr) gzclose(file);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    gzFile file;
};

InputFile::InputFile(const std::string& path, std::string description)
    : description_(std::move(description)), size_(check_readable(path, description_)) {
    handle_ = std::make_unique<Handle>(path);
    if (handle_->file == nullptr) throw InputError(description_, "", std::strerror(errno));
    gzbuffer(handle_->file, kChunk);
    buffer_.resize(kChunk);
}

InputFile::~InputFile() = default;

bool InputFile::fill() {
    if (position_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + position_, end_ - position_);
        end_ -= position_;
        position_ = 0;
    }
    if (end_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
    const int count =
        gzread(handle_->file, buffer_.data() + end_, static_cast<unsigned>(buffer_.size() - end_));
    int error = Z_OK;
    const char* text = gzerror(handle_->file, &error);
    if (count < 0 || (error != Z_OK && error != Z_STREAM_END)) {
        const bool system = error == Z_ERRNO;
        throw InputError(description_, "",
                         system ? std::strerror(errno)
                                : "damaged or truncated gzip data (" + std::string(text) + ")");
    }
    end_ += static_cast<std::size_t>(count);
    if (!std::exchange(begun_, true) &&
        std::string_view(buffer_.data(), end_).substr(0, kByteOrderMark.size()) == kByteOrderMark) {
        position_ = kByteOrderMark.size();
        return position_ < end_ || fill();
    }
    return count > 0;
}

bool InputFile::next_line(std::string_view& line) {
    std::size_t searched = position_;
    const void* newline = nullptr;
    while (true) {
        newline = std::memchr(buffer_.data() + searched, '\n', end_ - searched);
        if (newline != nullptr) break;
        const std::size_t length = end_ - position_;
        if (length > kLongestLine)
            throw InputError(description_, "line " + std::to_string(line_number_ + 1),
                             "longer than 16 MiB: not a text file?");
        if (!fill()) break;
        searched = position_ + length;
    }
    if (newline == nullptr && position_ == end_) return false;
    const std::size_t stop =
        newline == nullptr
            ? end_
            : static_cast<std::size_t>(static_cast<const char*>(newline) - buffer_.data());
    line = std::string_view(buffer_.data() + position_, stop - position_);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    position_ = newline == nullptr ? stop : stop + 1;
    ++line_number_;
    return true;
}

bool is_regular_file(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string InputFile::rest() {
    std::string rest;
    rest.reserve(size_ + 64); // callers may add something
    while (!at_end()) {
        rest.append(buffer_.data() + position_, end_ - position_);
        position_ = end_;
    }
    return rest;
}

std::string read_file(const std::string& path, const std::string& description) {
    return InputFile(path, description).rest();
}

} // namespace batsim
