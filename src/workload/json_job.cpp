// json_job.cpp - one job of a workload file in Batsim's JSON format.
#include "workload/json_job.hpp"

#include <cmath>

#include "base/error.hpp"
#include "base/text.hpp"
#include "workload/limits.hpp"
#include "workload/names.hpp"

namespace batsim {

RankMapping read_rank_mapping(const Json& extra, std::uint32_t hosts, const std::string& file,
                              const std::string& pointer) {
    constexpr const char* kKey = "smpi_ranks_to_hosts_mapping";
    if (!extra.is_object() || !extra.contains(kKey)) return nullptr;
    const JsonObject object(extra, file, pointer);
    std::vector<std::uint32_t> mapping;
    for (const double host : object.numbers(kKey, hosts - 1)) {
        if (host != std::floor(host))
            object.fail(kKey, "must have integers, has " + number_text(host));
        mapping.push_back(static_cast<std::uint32_t>(host));
    }
    if (mapping.empty()) object.fail(kKey, "must have the index of a host for each rank, is []");
    return std::make_unique<const std::vector<std::uint32_t>>(std::move(mapping));
}

void JobReader::fail(const Place& place, const std::string& message) const {
    throw InputError(file_, place.text(), message);
}

const Json& JobReader::required(const std::optional<Json>& member, const Place& place) const {
    if (!member)
        throw InputError(file_, "/jobs/" + std::to_string(place.job),
                         std::string("has no '") + place.key + "'");
    return *member;
}

double JobReader::read_number(const Json& value, const Place& place, double least,
                              double most) const {
    if (!value.is_number()) fail(place, "must be a number, is " + excerpt(value));
    const auto number = value.get<double>();
    if (const auto error = range_error(number, least, most)) fail(place, *error);
    return number + 0.0; // -0 becomes 0
}

std::string JobReader::read_id(const Json& value, const Place& place) const {
    if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    if (!value.is_string()) fail(place, "must be a string or an integer, is " + excerpt(value));
    std::string id = without_prefix(value.get_ref<const std::string&>(), name_);
    if (!is_name(id)) fail(place, std::string(kNameRule) + ", is " + excerpt(value));
    return id;
}

std::uint32_t JobReader::read_hosts(const Json& value, const Place& place) const {
    const double hosts = read_number(value, place, 1, static_cast<double>(kMaxHosts));
    if (hosts != std::floor(hosts)) fail(place, "must be an integer, is " + number_text(hosts));
    return static_cast<std::uint32_t>(hosts);
}

double JobReader::read_walltime(const Json& value, const Place& place) const {
    if (!value.is_number()) fail(place, "must be a number, is " + excerpt(value));
    const auto walltime = value.get<double>();
    if (walltime == -1) return kNoWalltime;
    if (!(walltime > 0)) fail(place, "must be > 0 (or -1 for none), is " + number_text(walltime));
    return read_number(value, place, 0, kMaxSeconds);
}

std::string JobReader::read_profile(const Json& value, const Place& place) const {
    if (!value.is_string()) fail(place, "must be a string, is " + excerpt(value));
    return without_prefix(value.get_ref<const std::string&>(), name_);
}

JsonJob JobReader::read(std::size_t number, JobObject object) const {
    const auto place = [number](const char* key) { return Place{number, key}; };
    JsonJob result;
    Job& job = result.job;
    job.workload = index_;
    job.full_name = name_;
    job.full_name += '!';
    job.full_name += read_id(required(object.id, place("id")), place("id"));
    job.submit_time = read_number(required(object.submit_time, place("subtime")), place("subtime"),
                                  0, kMaxSeconds);
    job.requested_hosts = read_hosts(required(object.requested_hosts, place("res")), place("res"));
    job.min_hosts = job.max_hosts = job.requested_hosts;
    if (object.walltime) job.walltime = read_walltime(*object.walltime, place("walltime"));
    if (!object.extra.is_null()) {
        job.rank_mapping = read_rank_mapping(object.extra, job.requested_hosts, file_,
                                             "/jobs/" + std::to_string(number));
        job.extra = object.extra.dump();
    }
    result.profile = read_profile(required(object.profile, place("profile")), place("profile"));
    return result;
}

} // namespace batsim
