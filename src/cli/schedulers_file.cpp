// schedulers_file.cpp - the file of --schedulers: the schedulers of a simulation and what each owns.
#include "cli/schedulers_file.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <numeric>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/input_file.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "platform/text.hpp"
#include "plugin/loading/search_path.hpp"
#include "workload/names.hpp"

namespace batsim {

namespace {

const std::vector<std::string> kKeys{"name",      "library", "config", "config_file",
                                     "workloads", "hosts",   "seed",   "takes_from"};

// Names become the beginnings of names of jobs, and go to tables and messages as they are.
bool is_scheduler_name(const std::string& name) {
    constexpr std::size_t kLongestName = 100;
    return !name.empty() && name.size() <= kLongestName &&
           std::all_of(name.begin(), name.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
           });
}

// "/2/workloads/0" without the pointer of the object itself, as fail() takes it.
std::string element(const char* key, std::size_t index) {
    return std::string(key) + "/" + std::to_string(index);
}

class SchedulersFile {
  public:
    SchedulersFile(const std::string& path, std::size_t workload_count, std::uint64_t seed)
        : file_(schedulers_file_text(path)),
          folder_(std::filesystem::path(path).parent_path()),
          seed_(seed),
          owners_(workload_count) {
        for (std::size_t i = 0; i < workload_count; ++i)
            workloads_.push_back(workload_name(static_cast<std::uint32_t>(i)));
    }

    std::vector<SchedulerOptions> read(const std::string& text) {
        if (nesting_depth(text) > kDeepestJson) throw InputError(file_, "", "is nested too deep");
        const Json array = parse_json(text, file_);
        if (!array.is_array() || array.empty())
            throw InputError(
                file_, "",
                std::string("must be an array of schedulers such as ") + kSchedulersFileFormat);
        count_ = array.size();
        for (std::size_t i = 0; i < count_; ++i)
            read_scheduler(JsonObject(array[i], file_, "/" + std::to_string(i)), array[i]);
        for (std::size_t i = 0; i < count_; ++i)
            check_takes_from(JsonObject(array[i], file_, "/" + std::to_string(i)), schedulers_[i]);
        check_owners();
        return std::move(schedulers_);
    }

  private:
    void read_scheduler(const JsonObject& object, const Json& value) {
        for (const auto& [key, ignored] : value.items())
            if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end())
                object.fail(nullptr, "has an unknown '" + key + "'" + suggestion(key, kKeys));
        SchedulerOptions scheduler;
        scheduler.name = name_of(object);
        scheduler.library = library_of(object);
        read_config(object, scheduler);
        scheduler.workloads = workloads_of(object);
        scheduler.hosts = hosts_of(object);
        scheduler.seed = seed_of(object);
        if (object.has("takes_from")) scheduler.takes_from = object.strings("takes_from");
        schedulers_.push_back(std::move(scheduler));
    }

    std::string name_of(const JsonObject& object) const {
        std::string name =
            object.has("name") ? object.string("name") : "s" + std::to_string(schedulers_.size());
        if (!is_scheduler_name(name))
            object.fail("name", "must be of letters, digits, '_', '-' and '.', is '" +
                                    shortened(name) + "'");
        if (find(name) != nullptr) object.fail("name", "there are two schedulers '" + name + "'");
        if (std::find(workloads_.begin(), workloads_.end(), name) != workloads_.end())
            object.fail("name", "'" + name +
                                    "' is the name of a workload file; jobs that a scheduler "
                                    "registers belong to a workload that is named like it");
        return name;
    }

    std::string library_of(const JsonObject& object) const {
        std::string library = object.string("library");
        if (library.empty()) object.fail("library", "must be a path or the name of a plugin");
        if (!is_plugin_path(library)) return library;
        const std::string path = in_folder(library);
        return path.find('/') == std::string::npos ? "./" + path : path;
    }

    // Absolute paths stay as they are.
    std::string in_folder(const std::string& path) const { return folder_ / path; }

    void read_config(const JsonObject& object, SchedulerOptions& scheduler) const {
        if (object.has("config")) {
            if (object.has("config_file"))
                object.fail("config_file", "a scheduler has a config or a config_file, not both");
            const Json& config = object.required("config");
            scheduler.config = config.is_string() ? config.get<std::string>() : config.dump();
        } else if (object.has("config_file")) {
            scheduler.config_file = in_folder(object.string("config_file"));
            scheduler.config = read_file(scheduler.config_file,
                                         "scheduler configuration '" + scheduler.config_file + "'");
        }
    }

    // The only scheduler need not say what it owns: it owns everything.
    void need(const JsonObject& object, const char* key, const char* none) const {
        if (count_ > 1 && !object.has(key))
            object.fail(nullptr, std::string("has no '") + key +
                                     "'; of several schedulers each says what it owns, with " +
                                     none + " nothing");
    }

    std::vector<std::uint32_t> workloads_of(const JsonObject& object) {
        need(object, "workloads", "[]");
        std::vector<std::uint32_t> owned;
        if (!object.has("workloads")) {
            owned.resize(workloads_.size());
            std::iota(owned.begin(), owned.end(), 0U);
            std::fill(owners_.begin(), owners_.end(), schedulers_.size());
            return owned;
        }
        const std::vector<std::string> names = object.strings("workloads");
        for (std::size_t i = 0; i < names.size(); ++i)
            owned.push_back(claim(object, element("workloads", i), names[i]));
        std::sort(owned.begin(), owned.end());
        return owned;
    }

    std::uint32_t claim(const JsonObject& object, const std::string& place,
                        const std::string& name) {
        const auto found = std::find(workloads_.begin(), workloads_.end(), name);
        if (found == workloads_.end())
            object.fail(place.c_str(), "there is no workload '" + name + "', only " +
                                           (workloads_.size() == 1
                                                ? workloads_[0]
                                                : workloads_.front() + " to " + workloads_.back()));
        const auto index = static_cast<std::uint32_t>(found - workloads_.begin());
        std::optional<std::size_t>& owner = owners_[index];
        if (owner == schedulers_.size())
            object.fail(place.c_str(), "'" + name + "' is there twice");
        if (owner)
            object.fail(place.c_str(), "workload '" + name + "' belongs to scheduler '" +
                                           schedulers_[*owner].name + "' already");
        owner = schedulers_.size();
        return index;
    }

    std::optional<HostSet> hosts_of(const JsonObject& object) const {
        need(object, "hosts", "\"\"");
        if (!object.has("hosts")) return std::nullopt;
        const std::string text = object.string("hosts");
        auto hosts = parse_host_set(text);
        if (!hosts)
            object.fail("hosts", "must be a set of hosts such as 0-63,70, is '" + text + "'");
        return hosts;
    }

    // As exact as it is written: a double would round large ones.
    std::uint64_t seed_of(const JsonObject& object) const {
        if (!object.has("seed")) return seed_;
        const Json& seed = object.required("seed");
        if (!seed.is_number_unsigned() || seed.get<std::uint64_t>() > INT64_MAX)
            object.fail("seed", "must be an integer from 0 to " + std::to_string(INT64_MAX) +
                                    ", is " + excerpt(seed));
        return seed.get<std::uint64_t>();
    }

    void check_takes_from(const JsonObject& object, const SchedulerOptions& scheduler) const {
        for (std::size_t i = 0; i < scheduler.takes_from.size(); ++i) {
            const std::string& name = scheduler.takes_from[i];
            const std::string place = element("takes_from", i);
            if (name == scheduler.name)
                object.fail(place.c_str(), "a scheduler cannot take hosts from itself");
            if (find(name) == nullptr)
                object.fail(place.c_str(),
                            "there is no scheduler '" + name + "'" + suggestion(name, names()));
        }
    }

    void check_owners() const {
        for (std::size_t i = 0; i < owners_.size(); ++i)
            if (!owners_[i])
                throw InputError(file_, "", "no scheduler owns workload '" + workloads_[i] + "'");
    }

    const SchedulerOptions* find(const std::string& name) const {
        const auto found = std::find_if(schedulers_.begin(), schedulers_.end(),
                                        [&](const auto& s) { return s.name == name; });
        return found == schedulers_.end() ? nullptr : &*found;
    }
    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const SchedulerOptions& scheduler : schedulers_) all.push_back(scheduler.name);
        return all;
    }

    std::string file_; // for messages
    std::filesystem::path folder_;
    std::uint64_t seed_;
    std::vector<std::string> workloads_;             // names
    std::vector<std::optional<std::size_t>> owners_; // of the workloads
    std::size_t count_ = 0;                          // of schedulers
    std::vector<SchedulerOptions> schedulers_;       // that have been read
};

} // namespace

std::string schedulers_file_text(const std::string& path) { return "schedulers '" + path + "'"; }

std::vector<SchedulerOptions> read_schedulers_file(const std::string& path,
                                                   std::size_t workload_count, std::uint64_t seed) {
    return SchedulersFile(path, workload_count, seed)
        .read(read_file(path, schedulers_file_text(path)));
}

} // namespace batsim
