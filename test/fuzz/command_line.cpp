// command_line.cpp - the bytes are the arguments of the command line, one a line.
#include "cli/command_line.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/compare_options.hpp"
#include "cli/options.hpp"
#include "cli/usage.hpp"
#include "fuzzed_file.hpp"

namespace batsim {
namespace {

// Files of --sched-cfg are read; endless ones are none of its business.
bool names_a_device(const std::string& argument) {
    return argument.find("/dev") != std::string::npos ||
           argument.find("/proc") != std::string::npos;
}

void check(const Options& options) {
    must_hold(!options.workloads.empty() && !options.schedulers.empty());
    must_hold(options.host_speed > 0);
    must_hold(!options.hosts || *options.hosts > 0);
}

void check_comparison(const std::vector<std::string>& arguments) {
    const std::string usage = compare_usage();
    const CompareOptions options = read_compare_options(CommandLine(usage.c_str(), arguments, 1));
    must_hold(!options.common.workloads.empty() && !options.schedulers.empty());
    must_hold(options.names.size() == options.schedulers.size());
    must_hold(!options.seeds.empty() && options.process_count > 0);
}

} // namespace
} // namespace batsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace batsim;
    const std::string text(bytes, bytes + size);
    // The operating system ends arguments with a NUL.
    if (text.find('\0') != std::string::npos) return 0;
    const std::vector<std::string> arguments = split(text, '\n');
    for (const std::string& argument : arguments)
        if (names_a_device(argument)) return 0;
    try {
        if (arguments[0] == "compare")
            check_comparison(arguments);
        else
            check(read_options(CommandLine(kUsage, arguments)));
    } catch (const UsageError&) {
        return 0;
    } catch (const InputError&) {
        return 0;
    }
    return 0;
}
