// property.hpp - one property of a host or a link in a platform file.
#ifndef BATSIM_PLATFORM_PROPERTY_HPP
#define BATSIM_PLATFORM_PROPERTY_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batsim {

// A Property is what the file says under a key, if anything, and the InputErrors about it.
class Property {
  public:
    // `owner` is "host 'mars'"; `properties` a JSON object of texts.
    Property(std::string file, std::string owner, const std::string& properties, std::string key);

    bool is_given() const { return value_.has_value(); }
    const std::string& value() const { return *value_; }
    // The value, which must be one number of watts.
    double watts() const;
    // A part of the value, which must be numbers of watts with colons between them.
    std::vector<double> list_of_watts(const std::string& part) const;

    // "<owner>: property <key> <expectation>, is '<value>'"
    [[noreturn]] void fail(const std::string& expectation) const;
    // Throws if the property is given: SimGrid calls it `name` since its version 3.28 and does not know
    // the old name, which would silently mean 0 W.
    void refuse_old_name(const char* name) const;

  private:
    std::string file_, owner_, key_;
    std::optional<std::string> value_;
};

} // namespace batsim

#endif
