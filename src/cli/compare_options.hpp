// compare_options.hpp - what a comparison of schedulers was asked to do.
#ifndef BATSIM_CLI_COMPARE_OPTIONS_HPP
#define BATSIM_CLI_COMPARE_OPTIONS_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/options.hpp"

namespace batsim {

enum class TableFormat { kText, kCsv, kJson, kMarkdown };

struct CompareOptions {
    Options common; // of all simulations; without schedulers
    std::vector<SchedulerOptions> schedulers;
    std::vector<std::string> names; // of the schedulers: unique, and fit for folders
    std::vector<std::uint64_t> seeds;
    std::size_t process_count = 1; // at a time
    double shake = 0;              // s
    TableFormat format = TableFormat::kText;
};

// Throws UsageError, or InputError for a configuration file that cannot be read.
CompareOptions read_compare_options(const CommandLine& line);

} // namespace batsim

#endif
