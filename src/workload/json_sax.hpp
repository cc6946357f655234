// json_sax.hpp - takes a workload file apart while it is parsed, so that only one job or profile at
// a time exists as JSON.
#ifndef BATSIM_WORKLOAD_JSON_SAX_HPP
#define BATSIM_WORKLOAD_JSON_SAX_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace batsim {

// One JSON value in the making, fed with parser events.
class JsonBuilder {
  public:
    void value(Json value);
    // False if the innermost container, an object, has the key already.
    bool key(const std::string& key);
    void start(Json container);
    // Ends the innermost container.
    void end();

    std::size_t depth() const { return open_.size(); }
    bool complete() const { return started_ && open_.empty(); }
    // The finished value; the builder can be used again.
    Json take();

  private:
    Json* insert(Json value);

    Json root_;
    std::vector<Json*> open_;
    std::string key_;
    bool started_ = false;
};

// A JobObject is the members of one element of `jobs`; those that every job has are kept apart
// from the rest, which goes to the scheduler as it is.
struct JobObject {
    std::optional<Json> id, submit_time, requested_hosts, profile, walltime;
    Json extra; // an object, or null if there is nothing else

    // The place of a member that has a place of its own, or nullptr.
    std::optional<Json>* member(std::string_view key);
};

// What the parts of a workload file are given to, in the order of the file.
class WorkloadParts {
  public:
    virtual ~WorkloadParts() = default;
    virtual void on_host_count(const Json& value) = 0;
    virtual void on_job(std::size_t index, JobObject job) = 0;
    virtual void on_profile(const std::string& name, const Json& value) = 0;
    virtual void on_jobs_found() = 0;
    // The place (a JSON pointer) of what has the wrong form, or a syntax error at "".
    [[noreturn]] virtual void on_error(const std::string& place, const std::string& message) = 0;
};

// The parser's handler (nlohmann's SAX interface) for workload files.
class WorkloadSax {
  public:
    explicit WorkloadSax(WorkloadParts& parts) : parts_(parts) {}

    bool null() { return scalar(Json()); }
    bool boolean(bool value) { return scalar(Json(value)); }
    bool number_integer(Json::number_integer_t value) { return scalar(Json(value)); }
    bool number_unsigned(Json::number_unsigned_t value) { return scalar(Json(value)); }
    bool number_float(Json::number_float_t value, const std::string&) {
        return scalar(Json(value));
    }
    bool string(std::string& value) { return scalar(Json(std::move(value))); }
    bool binary(Json::binary_t&) { return true; } // does not occur in text
    bool start_object(std::size_t) { return start(Json::object()); }
    bool start_array(std::size_t) { return start(Json::array()); }
    bool key(std::string& key);
    bool end_object() { return end(); }
    bool end_array() { return end(); }
    bool parse_error(std::size_t, const std::string&, const Json::exception& error);

  private:
    // What the parser is inside of; values below that level go to the builder.
    enum class Level { kFile, kTop, kJobs, kJob, kProfiles };

    bool scalar(Json value);
    bool start(Json container);
    bool end();
    void deliver(Json value);
    void check_entry(const Json& value);
    void check_first(bool& seen);
    // The JSON pointer of the member that is being read.
    std::string place() const;

    WorkloadParts& parts_;
    Level level_ = Level::kFile;
    bool building_ = false; // a container below `level_` is open in the builder
    std::string key_;       // of the member of the top level, of the job, or of the profiles
    JsonBuilder builder_;
    JobObject job_;
    std::size_t job_count_ = 0;
    bool jobs_seen_ = false, profiles_seen_ = false;
};

} // namespace batsim

#endif
