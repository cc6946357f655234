// json_job.hpp - one job of a workload file in Batsim's JSON format.
#ifndef BATSIM_WORKLOAD_JSON_JOB_HPP
#define BATSIM_WORKLOAD_JSON_JOB_HPP

#include <cstdint>
#include <string>

#include "base/json.hpp"
#include "workload/job.hpp"
#include "workload/json_sax.hpp"

namespace batsim {

// A job as the file says it: its profile is only a name, because profiles often come later.
struct JsonJob {
    Job job;             // without profile
    std::string profile; // its name
};

// On which of the job's hosts each rank runs, if the job's extra data say so. Errors are InputErrors
// of `file`; `pointer` is the place of the job in it.
RankMapping read_rank_mapping(const Json& extra, std::uint32_t hosts, const std::string& file,
                              const std::string& pointer);

// A JobReader checks the members of jobs. Errors are InputErrors with the JSON pointer of the
// member.
class JobReader {
  public:
    // `file` begins error messages; `name` and `index` are those of the workload.
    JobReader(std::string file, std::string name, std::uint32_t index)
        : file_(std::move(file)), name_(std::move(name)), index_(index) {}

    // `number` is the position of the job in the array, from 0.
    JsonJob read(std::size_t number, JobObject object) const;

  private:
    // Where a value is; the text is made for errors only.
    struct Place {
        std::size_t job;
        const char* key;
        std::string text() const { return "/jobs/" + std::to_string(job) + "/" + key; }
    };
    [[noreturn]] void fail(const Place& place, const std::string& message) const;
    const Json& required(const std::optional<Json>& member, const Place& place) const;
    std::string read_id(const Json& value, const Place& place) const;
    double read_number(const Json& value, const Place& place, double least, double most) const;
    std::uint32_t read_hosts(const Json& value, const Place& place) const;
    double read_walltime(const Json& value, const Place& place) const;
    std::string read_profile(const Json& value, const Place& place) const;

    std::string file_;
    std::string name_;
    std::uint32_t index_;
};

} // namespace batsim

#endif
