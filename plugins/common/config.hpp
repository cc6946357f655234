// config.hpp - the configuration of a scheduler as a JSON object, with errors that name the key.
#ifndef BATSIM_PLUGINS_CONFIG_HPP
#define BATSIM_PLUGINS_CONFIG_HPP

#include <algorithm>
#include <batsched/allocation.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "json.hpp"

namespace batsched {

// A Config reads the members of the configuration text, or of an object in it; "" is an empty object.
// Call check_unused after the last member was read, so that a misspelt key is an error.
class Config {
  public:
    explicit Config(const std::string& text) {
        if (text.find_first_not_of(" \t\r\n") == std::string::npos) return;
        json_ = parse_json(text);
        if (json_.is_discarded() && nlohmann::json::accept(text))
            fail("is nested deeper than " + std::to_string(kDeepestJson) + " levels");
        const bool may_be_file = text.find('{') == std::string::npos;
        if (!json_.is_object())
            fail("must be a JSON object, is '" + shortened(text) + "'" +
                 (may_be_file ? "; for a file write @" + shortened(text) : ""));
    }

    bool has(const std::string& key) const { return json_.contains(key); }

    // From `least` to `most`; `otherwise` if the key is not there.
    double number(const std::string& key, double least, double most, double otherwise) {
        if (!take(key)) return otherwise;
        const auto& value = json_[key];
        if (!value.is_number() || !(value.get<double>() >= least && value.get<double>() <= most))
            fail("'" + key + "' must be a number from " + text_of(least) + " to " + text_of(most) +
                 ", is " + text_of(value));
        return value.get<double>();
    }
    std::uint64_t integer(const std::string& key, std::uint64_t least, std::uint64_t most,
                          std::uint64_t otherwise) {
        if (!take(key)) return otherwise;
        const auto& value = json_[key];
        if (value.is_number_unsigned() && value.get<std::uint64_t>() >= least &&
            value.get<std::uint64_t>() <= most)
            return value.get<std::uint64_t>();
        const std::string range = most == UINT64_MAX ? "a whole number >= " + std::to_string(least)
                                                     : "an integer from " + std::to_string(least) +
                                                           " to " + std::to_string(most);
        fail("'" + key + "' must be " + range + ", is " + text_of(value));
    }
    std::string text(const std::string& key, const std::string& otherwise,
                     const std::string& what = "a text") {
        if (!take(key)) return otherwise;
        if (!json_[key].is_string())
            fail("'" + key + "' must be " + what + ", is " + text_of(json_[key]));
        return json_[key];
    }
    // An array of texts without repetition; empty if the key is not there.
    std::vector<std::string> texts(const std::string& key) {
        std::vector<std::string> texts;
        if (!take(key)) return texts;
        const auto& array = json_[key];
        if (!array.is_array()) fail("'" + key + "' must be an array of texts");
        for (const auto& value : array) {
            if (!value.is_string()) fail("'" + key + "' must be an array of texts");
            texts.push_back(value);
            if (std::count(texts.begin(), texts.end(), texts.back()) > 1)
                fail("'" + key + "' has '" + shortened(texts.back()) + "' twice");
        }
        return texts;
    }
    // An array of so many numbers from `least` to `most`.
    std::vector<double> numbers(const std::string& key, std::size_t count, double least,
                                double most) {
        const bool is_there = take(key);
        const auto is_sound = [&](const nlohmann::json& value) {
            return value.is_number() && value.get<double>() >= least && value.get<double>() <= most;
        };
        const auto& array = json_[key];
        if (!is_there || !array.is_array() || array.size() != count ||
            !std::all_of(array.begin(), array.end(), is_sound))
            fail("'" + key + "' must be an array of " + std::to_string(count) + " numbers from " +
                 text_of(least) + " to " + text_of(most));
        return array.get<std::vector<double>>();
    }
    // An object of numbers from `least` to `most`, whatever their keys; empty if the key is not there.
    std::map<std::string, double> numbers_by_name(const std::string& key, double least,
                                                  double most) {
        std::map<std::string, double> numbers;
        if (!take(key)) return numbers;
        if (!json_[key].is_object()) fail("'" + key + "' must be an object of numbers");
        Config members(json_[key], place_ + key + ": ");
        for (const auto& [name, value] : json_[key].items())
            numbers[name] = members.number(name, least, most, 0);
        return numbers;
    }
    // The object under this key.
    Config object(const std::string& key) {
        take(key);
        return Config(json_[key], place_ + key + ": ");
    }
    // The objects in the array under this key, of which there must be so many at least; `what` is said
    // to be expected.
    std::vector<Config> objects(const std::string& key, std::size_t least = 1,
                                const std::string& what = "an array of objects") {
        if (!take(key) && least == 0) return {};
        if (!json_[key].is_array())
            fail("'" + key + "' must be " + what + ", is " + text_of(json_[key]));
        if (json_[key].size() < least) fail("'" + key + "' must not be empty");
        std::vector<Config> all;
        for (const auto& value : json_[key])
            all.push_back(Config(value, place_ + key + " " + std::to_string(all.size()) + ": "));
        return all;
    }
    // Whether the member is a number, not an object.
    bool is_number(const std::string& key) const {
        return json_.contains(key) && json_[key].is_number();
    }

    [[noreturn]] void fail(const std::string& message) const {
        throw std::invalid_argument("configuration: " + place_ + message);
    }

    // One of `words`; the first one if the key is not there.
    std::string word(const std::string& key, const std::vector<std::string>& words) {
        if (!take(key)) return words.front();
        const auto& value = json_[key];
        for (const std::string& word : words)
            if (value == word) return word;
        std::string list;
        for (const std::string& word : words) list += (list.empty() ? "\"" : ", \"") + word + "\"";
        fail("'" + key + "' must be one of " + list + ", is " + text_of(value));
    }

    bool flag(const std::string& key, bool otherwise) {
        if (!take(key)) return otherwise;
        if (!json_[key].is_boolean())
            fail("'" + key + "' must be true or false, is " + text_of(json_[key]));
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
    Config(nlohmann::json json, std::string place)
        : json_(std::move(json)), place_(std::move(place)) {
        if (!json_.is_object()) fail("must be a JSON object, is " + text_of(json_));
    }
    static std::string text_of(const nlohmann::json& value) {
        return value.is_structured() ? value.type_name() : shortened(value.dump());
    }
    bool take(const std::string& key) {
        known_.insert(key);
        return json_.contains(key);
    }

    nlohmann::json json_ = nlohmann::json::object();
    std::string place_; // of the object in the configuration
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
