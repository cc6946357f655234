// command_line.hpp - command lines, parsed by docopt, with errors that tell what is wrong.
#ifndef BATSIM_CLI_COMMAND_LINE_HPP
#define BATSIM_CLI_COMMAND_LINE_HPP

#include <docopt/docopt.h>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace batsim {

// A CommandLine is the options of one (sub)command. docopt parses; what it could only answer with
// its usage text is diagnosed before. All functions throw UsageError.
class CommandLine {
  public:
    // `arguments` without the program's name; the first `words` of them are commands. Beside options
    // there may be so many operands, which text() knows by their names in the usage text.
    CommandLine(const char* usage, const std::vector<std::string>& arguments, std::size_t words = 0,
                std::size_t operands = 0);

    // Whether the user has given the option, so that a default was not used.
    bool is_given(const std::string& option) const { return given_.count(option) != 0; }
    bool flag(const std::string& option) const;
    std::optional<std::string> text(const std::string& option) const;
    std::vector<std::string> list(const std::string& option) const;
    // An integer from `least` to `most`.
    std::optional<std::int64_t> integer(const std::string& option, std::int64_t least,
                                        std::int64_t most) const;
    // A number from `least` to `most`.
    std::optional<double> number(const std::string& option, double least, double most) const;
    // The value, which must be one of `words`.
    std::string word(const std::string& option, const std::vector<std::string>& words) const;

    // The arguments as given, and the values of all options as the text of a JSON object, by long name.
    const std::vector<std::string>& arguments() const { return arguments_; }
    std::string values() const;

  private:
    std::vector<std::string> arguments_;
    std::map<std::string, docopt::value> values_;
    std::set<std::string> given_; // long names
};

} // namespace batsim

#endif
