// config.hpp - the configuration of a scheduler as a JSON object, with errors that name the key.
#ifndef BATSIM_PLUGINS_CONFIG_HPP
#define BATSIM_PLUGINS_CONFIG_HPP

#include <batsched/allocation.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "json.hpp"

namespace batsched {

// A Config reads the members of the configuration text; "" is an empty object. Call check_unused
// after the last member was read, so that a misspelt key is an error.
class Config {
  public:
    explicit Config(const std::string& text) {
        if (text.find_first_not_of(" \t\r\n") == std::string::npos) return;
        json_ = nlohmann::json::parse(text, nullptr, /* allow_exceptions */ false);
        const bool may_be_file = text.find('{') == std::string::npos;
        if (!json_.is_object())
            fail("must be a JSON object, is '" + shortened(text) + "'" +
                 (may_be_file ? "; for a file write @" + shortened(text) : ""));
    }

    // One of `words`; the first one if the key is not there.
    std::string word(const std::string& key, const std::vector<std::string>& words) {
        if (!take(key)) return words.front();
        const auto& value = json_[key];
        for (const std::string& word : words)
            if (value == word) return word;
        std::string list;
        for (const std::string& word : words) list += (list.empty() ? "\"" : ", \"") + word + "\"";
        fail_at(key, "one of " + list);
    }

    // A whole number of at least `least`; `otherwise` if the key is not there.
    std::uint64_t number(const std::string& key, std::uint64_t least, std::uint64_t otherwise) {
        if (!take(key)) return otherwise;
        const auto& value = json_[key];
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() < least)
            fail_at(key, "a whole number >= " + std::to_string(least));
        return value.get<std::uint64_t>();
    }

    bool flag(const std::string& key, bool otherwise) {
        if (!take(key)) return otherwise;
        if (!json_[key].is_boolean()) fail_at(key, "true or false");
        return json_[key].get<bool>();
    }

    void check_unused() const {
        std::string list;
        for (const std::string& key : known_) list += (list.empty() ? "'" : ", '") + key + "'";
        for (const auto& [key, value] : json_.items())
            if (known_.count(key) == 0)
                fail("unknown key '" + shortened(key) + "'; " +
                     (list.empty() ? "there are none" : "known are " + list));
    }

  private:
    bool take(const std::string& key) {
        known_.insert(key);
        return json_.contains(key);
    }
    [[noreturn]] void fail_at(const std::string& key, const std::string& expected) const {
        const auto& value = json_.at(key);
        fail("'" + key + "' must be " + expected + ", is " +
             (value.is_structured() ? value.type_name() : shortened(value.dump())));
    }
    [[noreturn]] static void fail(const std::string& message) {
        throw std::invalid_argument("configuration: " + message);
    }

    nlohmann::json json_ = nlohmann::json::object();
    std::set<std::string> known_;
};

// How hosts are chosen for jobs, which all policies that choose them take.
inline Allocation read_allocation(Config& config) {
    std::vector<std::string> names;
    names.reserve(kAllocationNames.size());
    for (const auto& [allocation, name] : kAllocationNames) names.emplace_back(name);
    return *allocation_of(config.word("allocation", names));
}

} // namespace batsched

#endif
