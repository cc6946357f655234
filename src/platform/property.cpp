// property.cpp - one property of a host or a link in a platform file.
#include "platform/property.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace batsim {

namespace {

std::optional<double> parse_watts(std::string_view text) {
    const auto watts = parse_double(trimmed(text));
    return watts && *watts >= 0 ? watts : std::nullopt;
}

} // namespace

Property::Property(std::string file, std::string owner, const std::string& properties,
                   std::string key)
    : file_(std::move(file)), owner_(std::move(owner)), key_(std::move(key)) {
    const Json all = Json::parse(properties);
    const auto found = all.find(key_);
    if (found != all.end()) value_ = found->get<std::string>();
}

double Property::watts() const {
    const auto watts = parse_watts(*value_);
    if (!watts) fail("must be watts >= 0");
    return *watts;
}

std::vector<double> Property::list_of_watts(const std::string& part) const {
    std::vector<double> list;
    for (const std::string& text : split(part, ':')) {
        const auto watts = parse_watts(text);
        if (!watts) fail("must consist of watts >= 0");
        list.push_back(*watts);
    }
    return list;
}

void Property::fail(const std::string& expectation) const {
    throw InputError(file_, owner_,
                     "property " + key_ + " " + expectation + ", is '" + *value_ + "'");
}

void Property::refuse_old_name(const char* name) const {
    if (is_given())
        throw InputError(file_, owner_,
                         "property " + key_ + " is called " + name +
                             " since SimGrid 3.28; with the old name energy would be 0");
}

} // namespace batsim
