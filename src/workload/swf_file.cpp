// swf_file.cpp - the job lines and the header of a log in the Standard Workload Format.
#include "workload/swf_file.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "workload/limits.hpp"

namespace batsim {

bool swf_before(const SwfRecord& a, const SwfRecord& b) {
    if (a.fields[kSwfSubmit] != b.fields[kSwfSubmit])
        return a.fields[kSwfSubmit] < b.fields[kSwfSubmit];
    return a.fields[kSwfNumber] < b.fields[kSwfNumber];
}

bool NumberSet::insert(std::int64_t number) {
    if (number < 0 || number >= kDense) return sparse_.insert(number).second;
    const auto index = static_cast<std::size_t>(number);
    if (index >= dense_.size()) dense_.resize(index + index / 2 + 64);
    if (dense_[index]) return false;
    dense_[index] = true;
    return true;
}

SwfFile::SwfFile(const std::string& path, const std::string& shown_path)
    : file_(path, "workload '" + shown_path + "'") {}

void SwfFile::fail(const std::string& message) const {
    throw InputError(file_.description(), "line " + std::to_string(file_.line_number()), message);
}

bool SwfFile::next(SwfRecord& record) {
    std::string_view line;
    while (file_.next_line(line)) {
        const std::string_view text = trimmed(line);
        if (text.empty()) continue;
        if (text.front() == ';') {
            read_header(text.substr(1));
            continue;
        }
        if (const auto error = parse_swf_line(text, record.fields)) fail(*error);
        record.partial = !numbers_.insert(static_cast<std::int64_t>(record.fields[kSwfNumber]));
        const double status = record.fields[kSwfStatus];
        if (record.partial && !(status >= 2 && status <= 4))
            fail("another job has the number " + number_text(record.fields[kSwfNumber]) + " too");
        return true;
    }
    return false;
}

// "MaxProcs: 100"; what is not a positive number is ignored, as in many logs it is -1.
void SwfFile::read_header(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = trimmed(line.substr(0, colon));
    if (key != "MaxProcs" && key != "MaxNodes") return;
    std::string_view value = trimmed(line.substr(colon + 1));
    value = value.substr(0, value.find_first_of(" \t"));
    const auto number = parse_integer(value);
    if (!number)
        header_remark_ = "line " + std::to_string(file_.line_number()) + ": " + std::string(key) +
                         " is not a number: ignored";
    if (!number || *number <= 0 || *number > kMaxHosts) return;
    (key == "MaxProcs" ? max_processors_ : max_nodes_) = static_cast<std::uint32_t>(*number);
}

} // namespace batsim
