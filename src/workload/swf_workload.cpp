// swf_workload.cpp - reads logs in the Standard Workload Format as workloads.
#include "workload/swf_workload.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "workload/names.hpp"
#include "workload/swf_file.hpp"

namespace batsim {

namespace {

// Whether the job at this position (from 1, in order of submission) is wanted at all.
bool is_selected(std::uint64_t position, const SwfOptions& options) {
    return position >= options.first_job && position <= options.last_job;
}

std::optional<SwfRemark> reason_to_drop(const SwfRecord& record, const SwfOptions& options) {
    if (record.partial) return SwfRemark::kPartialExecution;
    return reason_to_drop(record.fields, options);
}

// What is worth knowing of all selected lines before the first job is given out.
class SwfSurvey {
  public:
    explicit SwfSurvey(const SwfOptions& options) : options_(options) {}

    void add(const SwfRecord& record) {
        if (!is_selected(++position_, options_)) return;
        if (const auto reason = reason_to_drop(record, options_)) {
            count(*reason);
            return;
        }
        if (is_overrun(record.fields, options_)) count(SwfRemark::kOverrun);
        if (has_large_id(record.fields)) count(SwfRemark::kLargeId);
        if (job_count_++ == 0) first_submit_ = record.fields[kSwfSubmit];
        largest_job_ = std::max(largest_job_, *swf_processors(record.fields, options_));
    }

    std::uint64_t job_count() const { return job_count_; }
    double first_submit() const { return first_submit_; }
    std::uint32_t largest_job() const { return static_cast<std::uint32_t>(largest_job_); }
    std::string remarks() const;

  private:
    std::string dropped() const;
    std::string changed() const;
    void count(SwfRemark remark) { ++counts_[static_cast<std::size_t>(remark)]; }
    std::uint64_t count_of(SwfRemark remark) const {
        return counts_[static_cast<std::size_t>(remark)];
    }

    SwfOptions options_;
    std::uint64_t position_ = 0;
    std::uint64_t job_count_ = 0;
    double first_submit_ = 0;
    double largest_job_ = 0;
    std::array<std::uint64_t, kSwfRemarkCount> counts_{};
};

std::string SwfSurvey::dropped() const {
    static constexpr std::array kDropped{
        std::pair{SwfRemark::kNegativeRunTime, "with negative or unknown run time"},
        std::pair{SwfRemark::kZeroRunTime, "with run time 0"},
        std::pair{SwfRemark::kNoProcessors, "without processors"},
        std::pair{SwfRemark::kNegativeSubmitTime, "with negative submit time"},
        std::pair{SwfRemark::kPartialExecution, "that are parts of another job"},
    };
    std::string dropped;
    for (const auto& [remark, text] : kDropped) {
        if (count_of(remark) == 0) continue;
        dropped +=
            (dropped.empty() ? "dropped " : ", ") + std::to_string(count_of(remark)) + " " + text;
    }
    return dropped;
}

std::string SwfSurvey::changed() const {
    std::string changed;
    if (const std::uint64_t overruns = count_of(SwfRemark::kOverrun); overruns > 0) {
        changed = std::to_string(overruns) + " ran longer than their walltime: ";
        changed += options_.overruns == SwfOptions::Overruns::kExtend
                       ? "walltime raised to the run time"
                       : "they will be killed";
    }
    if (const std::uint64_t large = count_of(SwfRemark::kLargeId); large > 0)
        changed += (changed.empty() ? "" : "; ") + std::to_string(large) +
                   " with a user, group, executable or queue above 2^31 - 1: taken as unknown";
    return changed;
}

std::string SwfSurvey::remarks() const {
    if (position_ == 0) return "no jobs";
    const std::string dropped = this->dropped();
    const std::string changed = this->changed();
    if (job_count_ == 0 && dropped.empty())
        return "no jobs at these positions: there are " + std::to_string(position_);
    if (dropped.empty() && changed.empty()) return "";
    return std::to_string(job_count_) + " jobs; " + dropped +
           (dropped.empty() || changed.empty() ? "" : "; ") + changed;
}

// The lines of a log in order of submission.
class SwfLines {
  public:
    virtual ~SwfLines() = default;
    virtual bool next(SwfRecord& record) = 0;
};

class StoredSwfLines : public SwfLines {
  public:
    explicit StoredSwfLines(std::vector<SwfRecord> records) : records_(std::move(records)) {}
    bool next(SwfRecord& record) override {
        if (position_ == records_.size()) return false;
        record = records_[position_++];
        return true;
    }

  private:
    std::vector<SwfRecord> records_;
    std::size_t position_ = 0;
};

// The file is opened when its first line is wanted: processes that are forked off before must not
// share one position in it. By then a plugin may have changed the working directory.
class StreamedSwfLines : public SwfLines {
  public:
    explicit StreamedSwfLines(const std::string& path)
        : path_(std::filesystem::absolute(path)), shown_path_(path) {}
    bool next(SwfRecord& record) override {
        if (!file_) file_.emplace(path_, shown_path_);
        return file_->next(record);
    }

  private:
    std::string path_, shown_path_;
    std::optional<SwfFile> file_;
};

class SwfJobs : public JobStream {
  public:
    SwfJobs(std::unique_ptr<SwfLines> lines, const SwfOptions& options, std::uint32_t workload,
            double shift)
        : lines_(std::move(lines)),
          options_(options),
          workload_(workload),
          prefix_(workload_name(workload) + "!"),
          shift_(shift) {}

    std::optional<Job> next() override {
        SwfRecord record;
        while (lines_->next(record)) {
            if (!is_selected(++position_, options_) || reason_to_drop(record, options_)) continue;
            return make_swf_job(record.fields, options_, workload_, prefix_, shift_);
        }
        return std::nullopt;
    }

  private:
    std::unique_ptr<SwfLines> lines_;
    SwfOptions options_;
    std::uint32_t workload_;
    std::string prefix_;
    double shift_;
    std::uint64_t position_ = 0;
};

// One reading of a whole log, in the order of the file.
struct SwfReading {
    bool sorted = true;
    std::optional<std::vector<SwfRecord>> records{std::in_place}; // nothing: too many to keep
    std::uint32_t header_processors = 0;
    std::string header_remark;
};

// `survey` sees the lines as they come, so it is right only if they are sorted.
SwfReading read_lines(const std::string& path, SwfSurvey& survey, std::size_t most_kept) {
    SwfReading reading;
    SwfFile file(path);
    SwfRecord previous{};
    SwfRecord record{};
    std::size_t count = 0;
    while (file.next(record)) {
        if (count > 0 && swf_before(record, previous)) reading.sorted = false;
        if (count++ == most_kept) reading.records.reset();
        if (reading.records) reading.records->push_back(record);
        survey.add(record);
        previous = record;
    }
    reading.header_remark = file.header_remark();
    reading.header_processors =
        file.max_processors() > 0 ? file.max_processors() : file.max_nodes();
    return reading;
}

} // namespace

Workload read_swf_workload(const std::string& path, std::uint32_t index,
                           const SwfOptions& options) {
    const std::size_t most_kept = is_regular_file(path) ? kSwfKeptLines : SIZE_MAX;
    SwfSurvey survey(options);
    SwfReading reading = read_lines(path, survey, most_kept);
    if (!reading.sorted) {
        if (!reading.records) reading = read_lines(path, survey, SIZE_MAX);
        std::stable_sort(reading.records->begin(), reading.records->end(), swf_before);
        survey = SwfSurvey(options);
        for (const SwfRecord& record : *reading.records) survey.add(record);
    }

    Workload workload;
    workload.name = workload_name(index);
    workload.path = path;
    workload.is_log = true;
    workload.job_count = survey.job_count();
    workload.remarks = survey.remarks();
    if (!reading.header_remark.empty())
        workload.remarks += (workload.remarks.empty() ? "" : "; ") + reading.header_remark;
    workload.host_count =
        reading.header_processors > 0 ? reading.header_processors : survey.largest_job();
    std::unique_ptr<SwfLines> lines;
    if (reading.records)
        lines = std::make_unique<StoredSwfLines>(std::move(*reading.records));
    else
        lines = std::make_unique<StreamedSwfLines>(path);
    workload.jobs = std::make_unique<SwfJobs>(std::move(lines), options, index,
                                              options.shift ? survey.first_submit() : 0);
    return workload;
}

} // namespace batsim
