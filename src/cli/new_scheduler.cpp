// new_scheduler.cpp - the subcommand new-scheduler: a folder to begin a scheduler with.
#include "cli/new_scheduler.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/installation.hpp"
#include "output/row_file.hpp"

namespace batsim {

namespace {

namespace fs = std::filesystem;

constexpr Language kLanguages[] = {Language::kC, Language::kCpp, Language::kRust,
                                   Language::kPython};

Language read_language(const CommandLine& line) {
    if (!line.is_given("--language"))
        throw UsageError("option --language is missing: c, cpp, rust or python");
    std::vector<std::string> names;
    for (const Language language : kLanguages) names.emplace_back(name_of(language));
    const std::string name = line.word("--language", names);
    return *std::find_if(std::begin(kLanguages), std::end(kLanguages),
                         [&](Language language) { return name == name_of(language); });
}

// Whether the path can stand in the quotes of CMake, sh and TOML as it is.
bool is_plain(const std::string& path) {
    return is_utf8(path) && path.find_first_of("\"'\\$`;{}\n") == std::string::npos;
}

std::string find_prefix(const Log& log) {
    std::string prefix = installation_prefix();
    if (!fs::exists(prefix + "/include/batsched.h")) {
        log.warning("there are no headers in '" + prefix +
                    "/include', beside batsim: write where they are "
                    "instead of /path/to/batsim");
        return "";
    }
    if (is_plain(prefix)) return prefix;
    log.warning("the name of '" + prefix +
                "', the folder of batsim, has unusual characters: write it "
                "instead of /path/to/batsim, with quotes as each file needs them");
    return "";
}

void make_executable(const std::string& path) {
    std::error_code ignored; // "sh test.sh" does it, too
    const auto all = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
    fs::permissions(path, all, fs::perm_options::add, ignored);
}

void write_files(const std::string& folder, const std::vector<ProjectFile>& files) {
    for (const ProjectFile& file : files) {
        const std::string path = folder + "/" + file.path;
        fs::create_directories(fs::path(path).parent_path());
        write_file(path, file.content);
        if (fs::path(path).extension() == ".sh") make_executable(path);
    }
}

void make_project_folder(const std::string& folder) {
    const fs::path path = fs::path(folder).lexically_normal();
    if (fs::symlink_status(path).type() != fs::file_type::not_found)
        throw OutputError(folder, "exists already; new-scheduler writes into a new folder only");
    fs::create_directories(path);
}

// A folder is written as a whole or not at all.
void write_folder(const std::string& folder, const std::vector<ProjectFile>& files) {
    try {
        make_project_folder(folder);
    } catch (const fs::filesystem_error& error) {
        throw OutputError(folder, error.code().message());
    }
    std::error_code ignored;
    try {
        write_files(folder, files);
    } catch (const Error&) {
        fs::remove_all(folder, ignored);
        throw;
    } catch (const fs::filesystem_error& error) {
        fs::remove_all(folder, ignored);
        throw OutputError(folder, error.code().message());
    }
}

// What to type next.
std::vector<std::string> next_commands(Language language) {
    switch (language) {
        case Language::kC:
        case Language::kCpp:
            return {"cmake -B build && cmake --build build",
                    "ctest --test-dir build --output-on-failure"};
        case Language::kRust:
        case Language::kPython: return {"./test.sh"};
    }
    return {};
}

// For a shell.
std::string quoted(const std::string& text) {
    std::string result;
    for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    const bool is_word = text.find_first_not_of(
                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789_-./") == std::string::npos;
    return is_word ? text : "'" + result + "'";
}

// As cd needs it, for which `-x` is an option and `-` the folder before.
std::string folder_for_cd(const std::string& folder) {
    return quoted(folder[0] == '-' ? "./" + folder : folder);
}

} // namespace

NewScheduler read_new_scheduler(const CommandLine& line) {
    const auto name = line.text("<name>");
    if (!name) throw UsageError("no name: give one, as batsim new-scheduler mine --language cpp");
    const Language language = read_language(line);
    const std::string problem = problem_of_name(*name, language);
    if (!problem.empty()) throw UsageError("the name '" + *name + "' " + problem);
    const std::string folder = line.text("--folder").value_or(*name);
    if (folder.empty()) throw UsageError("option --folder: must not be empty");
    return {*name, language, folder};
}

void write_new_scheduler(const NewScheduler& scheduler, const Log& log) {
    TemplateWords words = words_of(scheduler.name);
    words.prefix = find_prefix(log);
    const std::vector<ProjectFile> files = files_of_new_scheduler(scheduler.language, words);
    write_folder(scheduler.folder, files);
    std::printf("%s:", printable(scheduler.folder).c_str());
    for (const ProjectFile& file : files) std::printf(" %s", file.path.c_str());
    std::printf("\nnext:\n  cd %s\n", printable(folder_for_cd(scheduler.folder)).c_str());
    for (const std::string& command : next_commands(scheduler.language))
        std::printf("  %s\n", command.c_str());
}

} // namespace batsim
