// trace_reader.cpp - what the ranks of a program did, from the files of trace profiles.
#include "workload/trace_reader.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "base/input_file.hpp"
#include "base/text.hpp"
#include "workload/limits.hpp"

namespace batsim {

namespace {

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    for (std::size_t end = 0, begin = 0;
         (begin = line.find_first_not_of(" \t", end)) < line.size();) {
        end = std::min(line.find_first_of(" \t", begin), line.size());
        words.emplace_back(line.substr(begin, end - begin));
    }
    return words;
}

// Calls handle(words, file) for each line that is neither empty nor a comment.
template <class Handle>
void for_each_line(const std::string& path, const char* what, Handle&& handle) {
    InputFile file(path, std::string(what) + " '" + path + "'");
    for (std::string_view line; file.next_line(line);) {
        const std::vector<std::string> words = words_of(line);
        if (!words.empty() && words.front().front() != '#') handle(words, file);
    }
}

[[noreturn]] void fail(const InputFile& file, const std::string& message) {
    throw InputError(file.description(), "line " + std::to_string(file.line_number()), message);
}

std::vector<std::string> read_list(const std::string& list) {
    std::vector<std::string> paths;
    const std::filesystem::path folder = std::filesystem::path(list).parent_path();
    for_each_line(list, "list of traces", [&](const auto& words, const InputFile& file) {
        if (words.size() != 1) fail(file, "must be the path of the trace of one rank");
        paths.push_back((folder / words.front()).string());
    });
    if (paths.empty())
        throw InputError("list of traces '" + list + "'", "", "names no trace, needs one a rank");
    return paths;
}

double read_number(const std::string& word, const char* what, double most, const InputFile& file) {
    const auto number = parse_double(word);
    if (!number || !(*number >= 0 && *number <= most))
        fail(file, std::string(what) + " must be a number from 0 to " + number_text(most) +
                       ", is '" + shortened(word) + "'");
    return *number;
}

void check_rank(const std::string& word, std::size_t rank, const InputFile& file) {
    if (word != std::to_string(rank))
        fail(file, "must begin with " + std::to_string(rank) +
                       ", the rank whose trace it is, begins with '" + shortened(word) + "'");
}

// ---- MPI -----------------------------------------------------------------------------------------

// An action with the numbers that must follow it, at least.
struct Action {
    std::string_view name;
    std::size_t numbers;
    bool one_for_each_rank = false; // beside those
};

constexpr std::array kActions{
    Action{"init", 0},
    Action{"finalize", 0},
    Action{"comm_size", 1},
    Action{"comm_split", 0},
    Action{"comm_dup", 0},
    Action{"compute", 1},
    Action{"sleep", 1},
    Action{"location", 0},
    Action{"send", 3},
    Action{"isend", 3},
    Action{"recv", 3},
    Action{"irecv", 3},
    Action{"test", 3},
    Action{"wait", 3},
    Action{"waitall", 0},
    Action{"barrier", 0},
    Action{"bcast", 1},
    Action{"reduce", 2},
    Action{"allreduce", 2},
    Action{"alltoall", 2},
    Action{"alltoallv", 2, true},
    Action{"gather", 2},
    Action{"scatter", 2},
    Action{"gatherv", 1, true},
    Action{"scatterv", 1, true},
    Action{"allgather", 2},
    Action{"allgatherv", 1, true},
    Action{"reducescatter", 1, true},
    Action{"scan", 2},
    Action{"exscan", 2},
};

// SMPI ends the program on these.
void check_meaning(const std::vector<std::string>& words, std::size_t ranks,
                   const InputFile& file) {
    const std::string& action = words[1];
    if (action == "compute" || action == "sleep")
        read_number(words[2], "its amount", kMaxAmount, file);
    if (action == "send" || action == "isend")
        read_number(words[2], "the rank that it sends to", static_cast<double>(ranks - 1), file);
}

void check_action(const std::vector<std::string>& words, std::size_t ranks, const InputFile& file) {
    if (words.size() < 2) fail(file, "must be '<rank> <action> ...'");
    const auto known = std::find_if(kActions.begin(), kActions.end(),
                                    [&](const Action& action) { return action.name == words[1]; });
    if (known == kActions.end()) fail(file, "has the unknown action '" + shortened(words[1]) + "'");
    const std::size_t needed = known->numbers + (known->one_for_each_rank ? ranks : 0);
    if (words.size() < 2 + needed)
        fail(file, "action '" + words[1] + "' needs " + std::to_string(needed) + " numbers, has " +
                       std::to_string(words.size() - 2));
    for (std::size_t i = 2; i < words.size(); ++i)
        if (i < 2 + needed || known->numbers > 0)
            if (const auto number = parse_double(words[i]); !number || *number > kMaxAmount)
                fail(file, "has '" + shortened(words[i]) + "' where a number is needed");
    check_meaning(words, ranks, file);
}

void check_mpi_trace(const std::string& path, std::size_t rank, std::size_t ranks) {
    for_each_line(path, "MPI trace", [&](const auto& words, const InputFile& file) {
        check_rank(words.front(), rank, file);
        check_action(words, ranks, file);
    });
}

// ---- Usage ---------------------------------------------------------------------------------------

std::vector<UsagePhase> read_usage_trace(const std::string& path, std::size_t rank) {
    std::vector<UsagePhase> phases;
    for_each_line(path, "usage trace", [&](const auto& words, const InputFile& file) {
        if (words.size() != 4 || words[1] != "m_usage")
            fail(file, "must be '<rank> m_usage <usage> <flops>'");
        check_rank(words.front(), rank, file);
        phases.push_back({read_number(words[2], "the usage", 1, file),
                          read_number(words[3], "the flops", kMaxAmount, file)});
    });
    return phases;
}

} // namespace

MpiTraceProfile read_mpi_traces(const std::string& list) {
    MpiTraceProfile profile{read_list(list)};
    for (std::size_t rank = 0; rank < profile.traces.size(); ++rank)
        check_mpi_trace(profile.traces[rank], rank, profile.traces.size());
    return profile;
}

UsageTraceProfile read_usage_traces(const std::string& list) {
    UsageTraceProfile profile;
    for (const std::string& path : read_list(list))
        profile.ranks.push_back(read_usage_trace(path, profile.ranks.size()));
    return profile;
}

} // namespace batsim
