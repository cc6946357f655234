// jobs_csv.cpp - the decisions that lead to the jobs.csv of a simulation.
#include "jobs_csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <queue>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "../common/json.hpp"
#include "../common/text.hpp"

namespace static_order {

namespace {

using nlohmann::json;

[[noreturn]] void fail(const std::string& place, const std::string& message) {
    throw std::invalid_argument("configuration: " + place + ": " + message);
}

// ---- Text to rows --------------------------------------------------------------------------------

// CSV, row by row. In quotes a cell may have commas, ends of lines, and doubled quotes.
class CsvText {
  public:
    explicit CsvText(std::string_view text) : text_(text) {}

    bool has_rows() const { return at_ < text_.size(); }
    std::string place() const { return "line " + std::to_string(line_); } // of the next row

    std::vector<std::string> take_row() {
        std::vector<std::string> cells;
        do cells.push_back(take('"') ? take_quoted() : take_plain());
        while (take(','));
        take('\r');
        if (has_rows() && !take('\n')) fail(place(), "there is text behind a quoted cell");
        ++line_;
        return cells;
    }

  private:
    bool take(char c) {
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    std::string take_plain() {
        const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
        const std::string_view cell = text_.substr(at_, end - at_);
        at_ = end;
        return std::string(cell);
    }
    // Behind the opening quote.
    std::string take_quoted() {
        const std::string begin = place();
        std::string cell;
        for (;; ++at_) {
            if (take('"') && (at_ == text_.size() || text_[at_] != '"')) return cell;
            if (at_ == text_.size()) fail(begin, "a quoted cell has no end");
            line_ += text_[at_] == '\n' ? 1 : 0;
            cell += text_[at_];
        }
    }

    std::string_view text_;
    std::size_t at_ = 0, line_ = 1;
};

enum Column : std::size_t {
    kJobId,
    kWorkload,
    kSubmission,
    kState,
    kStart,
    kFinish,
    kHosts,
    kMetadata,
    kScheduler, // only of simulations with several
    kColumnCount
};
constexpr std::array<const char*, kColumnCount> kColumnNames{
    "job_id",      "workload_name",       "submission_time", "final_state", "starting_time",
    "finish_time", "allocated_resources", "metadata",        "scheduler"};

// The cells that count, of one row after the other.
class JobRows {
  public:
    explicit JobRows(const std::string& text) : csv_(text), header_(csv_.take_row()) {
        for (std::size_t column = 0; column < kColumnCount; ++column) {
            const auto found = std::find(header_.begin(), header_.end(), kColumnNames[column]);
            positions_[column] = static_cast<std::size_t>(found - header_.begin());
            if (found == header_.end() && column != kScheduler)
                fail("line 1",
                     std::string("the table has no column '") + kColumnNames[column] + "'");
        }
    }

    // False at the end. Empty lines are passed over.
    bool next() {
        do {
            if (!csv_.has_rows()) return false;
            place_ = csv_.place();
            cells_ = csv_.take_row();
        } while (cells_.size() == 1 && cells_[0].empty());
        if (cells_.size() != header_.size())
            fail(place_, "there must be " + std::to_string(header_.size()) + " cells, there are " +
                             std::to_string(cells_.size()));
        return true;
    }
    const std::string& place() const { return place_; }

    const std::string& text(Column column) const { return cells_.at(positions_[column]); }
    double date(Column column) const {
        const std::string& cell = text(column);
        double date = 0;
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), date);
        if (error != std::errc() || end != cell.data() + cell.size() || !std::isfinite(date) ||
            date < 0)
            reject(column, "a number >= 0");
        return date;
    }
    batsched::HostSet hosts() const {
        const auto hosts = batsched::read_hosts(text(kHosts), ' ');
        if (!hosts || hosts->empty()) reject(kHosts, "a set of hosts such as 0-3 7");
        return *hosts;
    }
    json metadata() const {
        if (text(kMetadata).empty()) return json::object();
        json object = batsched::parse_json(text(kMetadata));
        if (!object.is_object()) reject(kMetadata, "a JSON object");
        return object;
    }
    bool is_of(const std::string& scheduler) const {
        return positions_[kScheduler] == header_.size() || text(kScheduler) == scheduler;
    }
    [[noreturn]] void reject(Column column, const std::string& expected) const {
        fail(place_, std::string("'") + kColumnNames[column] + "' must be " + expected + ", is '" +
                         batsched::shortened(text(column)) + "'");
    }

  private:
    CsvText csv_;
    std::vector<std::string> header_;
    std::array<std::size_t, kColumnCount> positions_{}; // header_.size(): not there
    std::string place_;
    std::vector<std::string> cells_;
};

// ---- Rows to decisions ---------------------------------------------------------------------------

// What a job used, and when.
struct Use {
    double start, finish;
    batsched::HostSet hosts;
};

// Whether two jobs were on a host at once. `uses` in order of their ends. With sets of intervals: the hosts may be
// any numbers, until somebody compares them with the partition.
bool share_hosts(std::vector<Use> uses) {
    std::stable_sort(uses.begin(), uses.end(),
                     [](const Use& a, const Use& b) { return a.start < b.start; });
    batsched::HostSet busy;
    std::priority_queue<std::pair<double, std::size_t>, std::vector<std::pair<double, std::size_t>>,
                        std::greater<>>
        ends;
    for (std::size_t i = 0; i < uses.size(); ++i) {
        for (; !ends.empty() && ends.top().first <= uses[i].start; ends.pop())
            busy -= uses[ends.top().second].hosts;
        if (busy.intersects(uses[i].hosts)) return true;
        busy |= uses[i].hosts;
        ends.emplace(uses[i].finish, i);
    }
    return false;
}

// The decisions in the order in which they can be made at one date: kills make room for jobs that start. The
// latter are in order of their rows, hence of their ends: one that ends at once makes room for the next.
class Decisions {
  public:
    explicit Decisions(std::string scheduler) : scheduler_(std::move(scheduler)) {}

    void add(const JobRows& row) {
        const std::string& state = row.text(kState);
        if (state == "REJECTED")
            add_rejection(row);
        else if (state.compare(0, 10, "COMPLETED_") == 0)
            add_execution(row, state == "COMPLETED_KILLED");
        else
            row.reject(kState, "REJECTED or COMPLETED_...");
    }

    DecisionList take() {
        DecisionList list;
        for (auto* part : {&kills_, &rejections_, &starts_})
            std::move(part->begin(), part->end(), std::back_inserter(list.decisions));
        list.shared_hosts = share_hosts(std::move(uses_));
        return list;
    }

  private:
    static std::string name_of(const JobRows& row) {
        return row.text(kWorkload) + "!" + row.text(kJobId);
    }
    static void annotate(const JobRows& row, double date, const json& metadata,
                         std::vector<Decision>& decisions) {
        if (!metadata.empty())
            decisions.push_back({date, row.place(), Annotate{name_of(row), metadata.dump()}});
    }

    // The table has no date of it, but rows are in the order in which things happened.
    void add_rejection(const JobRows& row) {
        const double date = std::max(row.date(kSubmission), last_finish_);
        if (!row.is_of(scheduler_)) return;
        json metadata = row.metadata();
        const json reason = metadata.value("reject_reason", json(""));
        metadata.erase("reject_reason");
        annotate(row, date, metadata, rejections_);
        rejections_.push_back(
            {date, row.place(),
             Reject{name_of(row), reason.is_string() ? reason.get<std::string>() : ""}});
    }

    void add_execution(const JobRows& row, bool was_killed) {
        const Use use{row.date(kStart), row.date(kFinish), row.hosts()};
        last_finish_ = std::max(last_finish_, use.finish);
        if (!row.is_of(scheduler_)) return;
        const std::string job = name_of(row);
        starts_.push_back({use.start, row.place(), Execute{job, use.hosts, {}, "", 0}});
        annotate(row, use.start, row.metadata(), starts_);
        // What is killed at the date of its start must have started, and may make room for the next.
        if (was_killed)
            (use.start < use.finish ? kills_ : starts_)
                .push_back({use.finish, row.place(), Kill{{job}}});
        uses_.push_back(use);
    }

    std::string scheduler_;
    double last_finish_ = 0;
    std::vector<Decision> kills_, rejections_, starts_;
    std::vector<Use> uses_;
};

} // namespace

bool is_jobs_csv(const std::string& text) {
    const std::string_view head = std::string_view(text).substr(0, text.find('\n'));
    return head.find("job_id") != std::string_view::npos &&
           head.find('{') == std::string_view::npos;
}

DecisionList read_jobs_csv(const std::string& text, const std::string& scheduler) {
    JobRows rows(text);
    Decisions decisions(scheduler);
    while (rows.next()) decisions.add(rows);
    return decisions.take();
}

} // namespace static_order
