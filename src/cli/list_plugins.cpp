// list_plugins.cpp - shows the schedulers that --sched-lib finds by name.
#include "cli/list_plugins.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include "base/text.hpp"
#include "plugin/loading/plugin_info.hpp"
#include "plugin/loading/search_path.hpp"

namespace batsim {

namespace {

// What --sched-lib takes: the name of the file. The plugin should say the same of itself.
std::string name_of(const PluginInfo& info) {
    const std::string name = std::filesystem::path(info.path).stem();
    return name == info.name ? name : name + " (calls itself " + info.name + ")";
}

using Row = std::array<std::string, 5>;

void print(const std::vector<Row>& rows) {
    std::array<std::size_t, 5> widths{};
    for (const Row& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += printable(row[i]);
            if (i + 1 < row.size()) line.append(widths[i] - row[i].size() + 2, ' ');
        }
        std::printf("%s\n", line.c_str());
    }
}

} // namespace

void list_plugins(const std::vector<std::string>& folders) {
    std::vector<Row> rows{{"NAME", "VERSION", "ABI", "DESCRIPTION", "PATH"}};
    for (const std::string& path : PluginSearchPath(folders).all()) {
        const PluginInfo info = read_plugin_info(path);
        if (info.problem.empty())
            rows.push_back({name_of(info), info.version, info.abi, info.description, info.path});
        else
            std::fprintf(stderr, "batsim: warning: %s\n", printable(info.problem).c_str());
    }
    print(rows);
}

} // namespace batsim
