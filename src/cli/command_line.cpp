// command_line.cpp - command lines, parsed by docopt, with errors that tell what is wrong.
#include "cli/command_line.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace batsim {

namespace {

// An option as the usage text describes it.
struct Option {
    std::string short_name, long_name; // "-w", "--workload"; "" if there is none
    bool takes_value = false;
    bool repeats = false;
};

// "  -w --workload <file>   text" -> an option; nothing for other lines.
std::optional<Option> read_option(const std::string& line, const std::string& usage) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string::npos || line[begin] != '-') return std::nullopt;
    const std::string head = line.substr(begin, line.find("  ", begin) - begin);
    Option option;
    for (const std::string& word : split(head, ' ')) {
        if (word.compare(0, 2, "--") == 0)
            option.long_name = word;
        else if (word[0] == '-')
            option.short_name = word;
        else
            option.takes_value = true;
    }
    option.repeats = usage.find("[" + option.long_name + " <") != std::string::npos;
    return option;
}

std::vector<Option> read_options(const std::string& usage) {
    std::vector<Option> options;
    for (const std::string& line : split(usage, '\n'))
        if (auto option = read_option(line, usage)) options.push_back(std::move(*option));
    return options;
}

// Finds what docopt would only answer with its usage text.
class Diagnosis {
  public:
    Diagnosis(const char* usage, std::size_t operands)
        : options_(read_options(usage)), operands_(operands) {}

    void check(const std::vector<std::string>& arguments, std::size_t first) {
        for (std::size_t i = first; i < arguments.size(); ++i) {
            const std::string& argument = arguments[i];
            if (argument.size() < 2 || argument[0] != '-') {
                if (operands_ > 0) {
                    --operands_;
                    continue;
                }
                throw UsageError("unexpected argument '" + argument + "'" +
                                 (i == 0 ? suggestion(argument, {"compare", "list-plugins",
                                                                 "check-plugin", "new-scheduler"})
                                         : ""));
            }
            const bool has_value =
                argument[1] == '-' ? check_long(argument) : check_short(argument);
            if (has_value) continue;
            if (++i == arguments.size()) throw UsageError("option " + argument + " needs a value");
        }
    }

    const std::set<std::string>& given() const { return given_; }

  private:
    // Both return whether the value, if any, is in the argument itself.
    bool check_long(const std::string& argument) {
        const std::size_t equals = argument.find('=');
        const Option& option = find(argument.substr(0, equals));
        if (!option.takes_value && equals != std::string::npos)
            throw UsageError("option " + option.long_name + " takes no value");
        return !option.takes_value || equals != std::string::npos;
    }
    bool check_short(const std::string& argument) {
        for (std::size_t i = 1; i < argument.size(); ++i) {
            const Option& option = find(std::string("-") + argument[i]);
            if (option.takes_value) return i + 1 < argument.size();
        }
        return true;
    }

    const Option& find(const std::string& name) {
        for (const Option& option : options_) {
            if (option.long_name != name && option.short_name != name) continue;
            if (!given_.insert(option.long_name).second && !option.repeats)
                throw UsageError("option " + option.long_name + " is given twice");
            return option;
        }
        std::vector<std::string> names;
        for (const Option& option : options_) names.push_back(option.long_name);
        throw UsageError("unknown option '" + name + "'" + suggestion(name, names));
    }

    std::vector<Option> options_;
    std::size_t operands_; // that may still come
    std::set<std::string> given_;
};

// The usage text with nothing of what options do but their defaults. docopt searches the whole text with
// regular expressions, which takes more time than a short simulation.
std::string without_descriptions(const std::string& usage) {
    constexpr const char* kDefault = "[default: ";
    std::string brief;
    bool describes = false; // the lines since the last option
    for (const std::string& line : split(usage, '\n')) {
        const std::size_t begin = line.find_first_not_of(' ');
        const bool is_option = begin != std::string::npos && begin > 0 && line[begin] == '-';
        describes = is_option || (describes && begin != std::string::npos && begin > 2);
        const std::size_t value = line.find(kDefault);
        if (!describes)
            brief += '\n' + line;
        else if (is_option)
            brief += '\n' + line.substr(0, line.find("  ", begin));
        if (describes && value != std::string::npos)
            brief += "  " + line.substr(value, line.find(']', value) + 1 - value);
    }
    return brief;
}

// docopt does not accept empty values, so they travel as a text that nobody types.
constexpr const char* kEmptyValue = "\x01";

std::string decoded(const std::string& value) { return value == kEmptyValue ? "" : value; }

} // namespace

CommandLine::CommandLine(const char* usage, const std::vector<std::string>& arguments,
                         std::size_t words, std::size_t operands)
    : arguments_(arguments) {
    Diagnosis diagnosis(usage, operands);
    diagnosis.check(arguments, words);
    given_ = diagnosis.given();
    std::vector<std::string> encoded = arguments;
    std::replace(encoded.begin(), encoded.end(), std::string(), std::string(kEmptyValue));
    try {
        values_ = docopt::docopt_parse(without_descriptions(usage), encoded, /* help */ false,
                                       /* version */ false);
    } catch (const docopt::DocoptArgumentError&) {
        throw UsageError("these options do not go together");
    }
}

std::string CommandLine::values() const {
    Json all = Json::object();
    for (const auto& [name, value] : values_) {
        if (name.compare(0, 2, "--") != 0) continue; // a command
        if (value.isBool())
            all[name] = value.asBool();
        else if (value.isString())
            all[name] = *text(name);
        else if (value.isStringList())
            all[name] = list(name);
        else
            all[name] = nullptr;
    }
    return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool CommandLine::flag(const std::string& option) const { return values_.at(option).asBool(); }

std::optional<std::string> CommandLine::text(const std::string& option) const {
    const docopt::value& value = values_.at(option);
    if (!value) return std::nullopt;
    return decoded(value.asString());
}

std::vector<std::string> CommandLine::list(const std::string& option) const {
    std::vector<std::string> values = values_.at(option).asStringList();
    for (std::string& value : values) value = decoded(value);
    return values;
}

std::optional<std::int64_t> CommandLine::integer(const std::string& option, std::int64_t least,
                                                 std::int64_t most) const {
    const auto value = text(option);
    if (!value) return std::nullopt;
    const auto number = parse_integer(*value);
    if (!number || *number < least || *number > most)
        throw UsageError("option " + option + ": must be an integer from " + std::to_string(least) +
                         " to " + std::to_string(most) + ", is '" + *value + "'");
    return number;
}

std::optional<double> CommandLine::number(const std::string& option, double least,
                                          double most) const {
    const auto value = text(option);
    if (!value) return std::nullopt;
    const auto number = parse_double(*value);
    if (!number || !(*number >= least && *number <= most))
        throw UsageError("option " + option + ": must be a number from " + number_text(least) +
                         " to " + number_text(most) + ", is '" + *value + "'");
    return number;
}

std::string CommandLine::word(const std::string& option,
                              const std::vector<std::string>& words) const {
    std::string value = text(option).value_or("");
    if (std::find(words.begin(), words.end(), value) != words.end()) return value;
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
    throw UsageError("option " + option + ": must be one of " + list + ", is '" + value + "'" +
                     suggestion(value, words));
}

} // namespace batsim
