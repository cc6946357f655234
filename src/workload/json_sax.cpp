// json_sax.cpp - takes a workload file apart while it is parsed.
#include "workload/json_sax.hpp"

#include <utility>

#include "base/text.hpp"

namespace batsim {

Json* JsonBuilder::insert(Json value) {
    if (open_.empty()) {
        root_ = std::move(value);
        started_ = true;
        return &root_;
    }
    Json& parent = *open_.back();
    if (parent.is_array()) {
        parent.push_back(std::move(value));
        return &parent.back();
    }
    return &(parent[key_] = std::move(value));
}

bool JsonBuilder::key(const std::string& key) {
    key_ = key;
    return !open_.back()->contains(key);
}

void JsonBuilder::value(Json value) { insert(std::move(value)); }
void JsonBuilder::start(Json container) { open_.push_back(insert(std::move(container))); }
void JsonBuilder::end() { open_.pop_back(); }

Json JsonBuilder::take() {
    started_ = false;
    return std::exchange(root_, Json());
}

std::optional<Json>* JobObject::member(std::string_view key) {
    if (key == "id") return &id;
    if (key == "subtime") return &submit_time;
    if (key == "res") return &requested_hosts;
    if (key == "profile") return &profile;
    if (key == "walltime") return &walltime;
    return nullptr;
}

bool WorkloadSax::key(std::string& key) {
    if (!building_)
        key_ = std::move(key);
    else if (!builder_.key(key) && level_ != Level::kTop) // other members of the file are ignored
        parts_.on_error(place(), "has '" + shortened(key) + "' twice");
    return true;
}

std::string WorkloadSax::place() const {
    std::string job = "/jobs/" + std::to_string(job_count_);
    switch (level_) {
        case Level::kFile: return "";
        case Level::kTop: return pointer_part(key_);
        case Level::kProfiles: return "/profiles" + pointer_part(key_);
        case Level::kJobs: return job;
        case Level::kJob: return job + pointer_part(key_);
    }
    return "";
}

void WorkloadSax::check_first(bool& seen) {
    if (std::exchange(seen, true)) parts_.on_error("", "has '" + key_ + "' twice");
}

bool WorkloadSax::scalar(Json value) {
    if (building_)
        builder_.value(std::move(value));
    else
        deliver(std::move(value));
    return true;
}

bool WorkloadSax::start(Json container) {
    if (building_) {
        if (builder_.depth() >= kDeepestJson)
            parts_.on_error("", "objects and arrays are nested more than " +
                                    std::to_string(kDeepestJson) + " deep");
        builder_.start(std::move(container));
    } else if (level_ == Level::kFile && container.is_object()) {
        level_ = Level::kTop;
    } else if (level_ == Level::kTop && key_ == "jobs" && container.is_array()) {
        check_first(jobs_seen_);
        level_ = Level::kJobs;
        parts_.on_jobs_found();
    } else if (level_ == Level::kTop && key_ == "profiles" && container.is_object()) {
        check_first(profiles_seen_);
        level_ = Level::kProfiles;
    } else if (level_ == Level::kJobs && container.is_object()) {
        level_ = Level::kJob;
        job_ = JobObject();
    } else {
        building_ = true;
        builder_.start(std::move(container));
    }
    return true;
}

bool WorkloadSax::end() {
    if (building_) {
        builder_.end();
        if (!builder_.complete()) return true;
        building_ = false;
        deliver(builder_.take());
        return true;
    }
    switch (level_) {
        case Level::kJob:
            parts_.on_job(job_count_++, std::move(job_));
            level_ = Level::kJobs;
            break;
        case Level::kJobs:
        case Level::kProfiles: level_ = Level::kTop; break;
        case Level::kTop:
        case Level::kFile: level_ = Level::kFile; break;
    }
    return true;
}

// A whole value has been read at the present level.
void WorkloadSax::deliver(Json value) {
    switch (level_) {
        case Level::kFile:
            parts_.on_error("", "must be a JSON object, is " + excerpt(value));
            break;
        case Level::kTop: check_entry(value); return;
        case Level::kJobs:
            parts_.on_error(place(), "must be an object, is " + excerpt(value));
            break;
        case Level::kProfiles: parts_.on_profile(key_, value); return;
        case Level::kJob: break;
    }
    auto* member = job_.member(key_);
    if (member == nullptr ? job_.extra.contains(key_) : member->has_value())
        parts_.on_error("/jobs/" + std::to_string(job_count_),
                        "has '" + shortened(key_) + "' twice");
    if (member == nullptr)
        job_.extra[key_] = std::move(value);
    else
        *member = std::move(value);
}

void WorkloadSax::check_entry(const Json& value) {
    if (key_ == "jobs") parts_.on_error("/jobs", "must be an array, is " + excerpt(value));
    if (key_ == "profiles") parts_.on_error("/profiles", "must be an object, is " + excerpt(value));
    if (key_ == "nb_res") parts_.on_host_count(value);
}

bool WorkloadSax::parse_error(std::size_t position, const std::string&,
                              const Json::exception& error) {
    // Syntax errors say themselves where they are, numbers that are too large do not.
    const bool has_place = dynamic_cast<const Json::parse_error*>(&error) != nullptr;
    parts_.on_error(
        "", "not valid JSON: " + (has_place ? "" : "byte " + std::to_string(position) + ": ") +
                json_error_text(error));
    return false; // not reached
}

} // namespace batsim
