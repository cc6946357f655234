// swf_file.hpp - the job lines and the header of a log in the Standard Workload Format.
#ifndef BATSIM_WORKLOAD_SWF_FILE_HPP
#define BATSIM_WORKLOAD_SWF_FILE_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/input_file.hpp"
#include "workload/swf_line.hpp"

namespace batsim {

struct SwfRecord {
    SwfFields fields;
    bool partial; // a further line of a job, about one stretch of its execution
};

// Whether `a` comes before `b` in the order of submission: (submit time, job number).
bool swf_before(const SwfRecord& a, const SwfRecord& b);

// The job numbers seen so far; small where they are dense.
class NumberSet {
  public:
    bool insert(std::int64_t number); // false if it was there

  private:
    static constexpr std::int64_t kDense = 1 << 27;
    std::vector<bool> dense_;
    std::unordered_set<std::int64_t> sparse_; // never iterated
};

// Reads the job lines of a log from beginning to end and its header on the way.
class SwfFile {
  public:
    // Messages give the path as it is shown.
    SwfFile(const std::string& path, const std::string& shown_path);
    explicit SwfFile(const std::string& path) : SwfFile(path, path) {}

    // The next job line; false at the end. Throws InputError with the line number.
    bool next(SwfRecord& record);

    // From the header lines read so far; 0 if it does not say.
    std::uint32_t max_processors() const { return max_processors_; }
    std::uint32_t max_nodes() const { return max_nodes_; }
    // Header lines that could not be understood; "" if there are none.
    const std::string& header_remark() const { return header_remark_; }

  private:
    void read_header(std::string_view line);
    [[noreturn]] void fail(const std::string& message) const;

    InputFile file_;
    NumberSet numbers_;
    std::uint32_t max_processors_ = 0;
    std::uint32_t max_nodes_ = 0;
    std::string header_remark_;
};

} // namespace batsim

#endif
