// json_workload.cpp - reads workload files in Batsim's JSON format.
#include "workload/json_workload.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <filesystem>
#include <numeric>
#include <unordered_map>

#include "base/error.hpp"
#include "base/input_file.hpp"
#include "base/text.hpp"
#include "workload/json_job.hpp"
#include "workload/json_sax.hpp"
#include "workload/limits.hpp"
#include "workload/names.hpp"
#include "workload/profile_reader.hpp"
#include "workload/quick_json.hpp"

namespace batsim {

namespace {

std::string job_place(std::size_t number) { return "/jobs/" + std::to_string(number); }

// Collects the parts of one file; finish() puts them together.
class JsonWorkloadReader : public WorkloadParts {
  public:
    JsonWorkloadReader(const std::string& path, std::uint32_t index);

    Workload finish();

    void on_host_count(const Json& value) override;
    void on_jobs_found() override { has_jobs_ = true; }
    void on_job(std::size_t number, JobObject object) override;
    void on_profile(const std::string& name, const Json& value) override {
        profile_reader_.add(name, value);
    }
    [[noreturn]] void on_error(const std::string& place, const std::string& message) override {
        throw InputError(file_, place, message);
    }

  private:
    // A profile as jobs name it.
    struct UsedProfile {
        std::string name;
        std::size_t first_job;
        ProfilePtr profile;
    };

    void resolve_profiles();
    void check_ranks(std::size_t job, std::size_t ranks, const UsedProfile& used);
    void attach_profiles();
    bool ids_ascend() const;
    void check_unique_ids() const;
    std::deque<Job> sorted_jobs();

    std::string file_;
    Workload workload_;
    JobReader job_reader_;
    ProfileReader profile_reader_;
    bool has_jobs_ = false;
    std::deque<Job> jobs_;
    std::vector<std::uint32_t> profile_of_job_; // index of used_profiles_
    std::vector<UsedProfile> used_profiles_;
    std::unordered_map<std::string, std::uint32_t> profile_numbers_; // never iterated
};

JsonWorkloadReader::JsonWorkloadReader(const std::string& path, std::uint32_t index)
    : file_("workload '" + path + "'"),
      job_reader_(file_, workload_name(index), index),
      profile_reader_(file_, workload_name(index),
                      std::filesystem::path(path).parent_path().string()) {
    workload_.name = workload_name(index);
    workload_.path = path;
}

void JsonWorkloadReader::on_host_count(const Json& value) {
    const double count = value.is_number() ? value.get<double>() : -1;
    if (!(count >= 0 && count <= static_cast<double>(kMaxHosts)) || count != std::floor(count))
        on_error("/nb_res", "must be an integer from 0 to " + std::to_string(kMaxHosts) + ", is " +
                                excerpt(value));
    workload_.host_count = static_cast<std::uint32_t>(count);
}

void JsonWorkloadReader::on_job(std::size_t number, JobObject object) {
    JsonJob read = job_reader_.read(number, std::move(object));
    const auto next = static_cast<std::uint32_t>(used_profiles_.size());
    const auto [entry, is_new] = profile_numbers_.try_emplace(read.profile, next);
    if (is_new) used_profiles_.push_back({std::move(read.profile), number, nullptr});
    profile_of_job_.push_back(entry->second);
    jobs_.push_back(std::move(read.job));
}

void JsonWorkloadReader::resolve_profiles() {
    workload_.profiles = profile_reader_.resolve();
    for (UsedProfile& used : used_profiles_) {
        const std::string place = job_place(used.first_job) + "/profile";
        const auto found = workload_.profiles.find(workload_.name + "!" + used.name);
        if (found == workload_.profiles.end()) {
            std::vector<std::string> names;
            for (const auto& entry : workload_.profiles) names.emplace_back(entry.second->name());
            on_error(place,
                     "no profile '" + shortened(used.name) + "'" + suggestion(used.name, names));
        }
        used.profile = found->second;
        const std::string& unknown = used.profile->traits.unknown_type;
        if (!unknown.empty())
            on_error(place, "profile '" + shortened(used.name) + "' has the unknown type '" +
                                shortened(unknown) +
                                "'; see docs/workload.md for those that can be simulated");
    }
}

void JsonWorkloadReader::check_ranks(std::size_t job, std::size_t ranks, const UsedProfile& used) {
    const bool is_mapped = jobs_[job].rank_mapping != nullptr;
    const auto needed = needed_instead_of(ranks, is_mapped, used.profile->traits);
    if (!needed) return;
    const std::string noun = std::string(is_mapped ? " rank" : " host") + (*needed == 1 ? "" : "s");
    on_error(job_place(job) + (is_mapped ? "/smpi_ranks_to_hosts_mapping" : "/res"),
             "is " + std::string(is_mapped ? "of length " : "") + std::to_string(ranks) +
                 ", but profile '" + used.name + "' is for " + std::to_string(*needed) + noun);
}

void JsonWorkloadReader::attach_profiles() {
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        const UsedProfile& used = used_profiles_[profile_of_job_[i]];
        Job& job = jobs_[i];
        const ProfileTraits& traits = used.profile->traits;
        const std::size_t ranks = job.rank_mapping ? job.rank_mapping->size() : job.requested_hosts;
        check_ranks(i, ranks, used);
        const bool sends = traits.uses_storage || (traits.communicates && ranks > 1);
        if (sends && workload_.communicating_job.empty()) workload_.communicating_job = job.name();
        workload_.needs_sharing =
            workload_.needs_sharing || traits.is_program || traits.shares_itself;
        workload_.has_programs = workload_.has_programs || traits.is_program;
        job.profile = used.profile;
    }
}

// Whether identifiers ascend: longer ones after shorter ones, as numbers do.
bool JsonWorkloadReader::ids_ascend() const {
    const auto not_before = [](const Job& a, const Job& b) {
        const std::string &first = a.full_name, &second = b.full_name;
        return first.size() != second.size() ? first.size() > second.size() : first >= second;
    };
    return std::adjacent_find(jobs_.begin(), jobs_.end(), not_before) == jobs_.end();
}

// The numbers of jobs in a hash table with as many free places, so that a search ends soon.
void JsonWorkloadReader::check_unique_ids() const {
    if (ids_ascend()) return;
    constexpr std::uint32_t kFree = UINT32_MAX;
    std::size_t places = 2;
    while (places < 2 * jobs_.size()) places *= 2;
    std::vector<std::uint32_t> table(places, kFree);
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        std::size_t at = std::hash<std::string>()(jobs_[i].full_name);
        while (table[at %= places] != kFree) {
            if (jobs_[table[at]].full_name == jobs_[i].full_name)
                throw InputError(file_, job_place(i) + "/id",
                                 "another job has the id '" + shortened(jobs_[i].name()) + "' too");
            ++at;
        }
        table[at] = static_cast<std::uint32_t>(i);
    }
}

// In order of (submit time, id). Most files are in order already.
std::deque<Job> JsonWorkloadReader::sorted_jobs() {
    const auto before = [](const Job& a, const Job& b) {
        return a.submit_time != b.submit_time ? a.submit_time < b.submit_time
                                              : a.full_name < b.full_name;
    };
    if (std::is_sorted(jobs_.begin(), jobs_.end(), before)) return std::move(jobs_);
    std::vector<std::size_t> order(jobs_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return before(jobs_[a], jobs_[b]); });
    std::deque<Job> sorted;
    for (const std::size_t i : order) sorted.push_back(std::move(jobs_[i]));
    return sorted;
}

Workload JsonWorkloadReader::finish() {
    if (!has_jobs_) on_error("", "has no 'jobs'");
    check_unique_ids();
    resolve_profiles();
    attach_profiles();
    if (workload_.host_count == 0)
        for (const Job& job : jobs_)
            workload_.host_count = std::max(workload_.host_count, job.requested_hosts);
    workload_.job_count = jobs_.size();
    workload_.jobs = std::make_unique<StoredJobs>(sorted_jobs());
    return std::move(workload_);
}

} // namespace

Workload read_json_workload(const std::string& path, std::uint32_t index) {
    const std::string description = "workload '" + path + "'";
    if (is_regular_file(path)) { // others cannot be read twice
        JsonWorkloadReader reader(path, index);
        WorkloadSax sax(reader);
        std::string text = read_file(path, description);
        const bool is_sound = parse_quickly(text, sax);
        text = std::string(); // before more memory is needed
        if (is_sound) return reader.finish();
    }
    JsonWorkloadReader reader(path, index);
    WorkloadSax sax(reader);
    InputFile file(path, description);
    Json::sax_parse(InputFileIterator(file), InputFileIterator(), &sax);
    if (!file.at_end()) // the parser takes a NUL for the end
        throw InputError(description, "", "not valid JSON: a NUL byte, and text behind it");
    return reader.finish();
}

} // namespace batsim
