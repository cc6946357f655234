// json.hpp - what schedulers share to read JSON: configurations, and the extra data of jobs.
#ifndef BATSIM_PLUGINS_JSON_HPP
#define BATSIM_PLUGINS_JSON_HPP

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace batsched {

// Levels of arrays and objects; the simulator takes 200, a trace has more around it.
constexpr int kDeepestJson = 250;

// Parses JSON. The value is_discarded() if the text is not JSON, or is nested too deep for code that
// follows values by recursion, such as that which copies them and makes text of them.
inline nlohmann::json parse_json(const std::string& text) {
    bool too_deep = false;
    const auto watch = [&](int depth, nlohmann::json::parse_event_t, const nlohmann::json&) {
        too_deep = too_deep || depth > kDeepestJson;
        return !too_deep; // what is not kept costs little
    };
    nlohmann::json value = nlohmann::json::parse(text, watch, /* allow_exceptions */ false);
    return too_deep ? nlohmann::json(nlohmann::json::value_t::discarded) : std::move(value);
}

// The extra data of a job; an empty object if it has none of these members. Hardly any job has them, and to
// parse takes as long as all else about a job. (The simulator writes keys unescaped.)
inline nlohmann::json read_extra(std::string_view text,
                                 std::initializer_list<std::string_view> keys) {
    const bool may_have = std::any_of(keys.begin(), keys.end(), [&](std::string_view key) {
        return text.find(key) != std::string_view::npos;
    });
    nlohmann::json extra;
    if (may_have) extra = parse_json(std::string(text));
    if (!extra.is_object()) extra = nlohmann::json::object();
    return extra;
}

// The beginning of a long text for a message, without cutting a character of UTF-8 in two.
inline std::string shortened(const std::string& text) {
    std::size_t length = 60;
    if (text.size() <= length) return text;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0U) == 0x80) --length;
    return text.substr(0, length) + "...";
}

} // namespace batsched

#endif
