// scheduler_templates.cpp - what new-scheduler writes: the files of templates/, which are part of the program.
#include "cli/scheduler_templates.hpp"

#include <algorithm>
#include <string_view>

#include "base/text.hpp"

namespace batsim {

namespace {

struct TemplateFile {
    const char *folder, *path, *content;
};

constexpr TemplateFile kTemplates[] = {
#include "scheduler_templates.inc" // written by templates/embed.sh
};

constexpr std::size_t kLongestProjectName = 60;

// ---- Names ---------------------------------------------------------------------------------------

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_separator(char c) { return c == '-' || c == '_'; }

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Targets that CMake makes itself.
bool is_cmake_target(std::string_view name) {
    return contains({"all", "clean", "depend", "edit_cache", "help", "install", "package",
                     "package_source", "preinstall", "rebuild_cache", "test"},
                    name);
}

// Crates cannot be named like keywords, nor like those that are there already.
bool is_rust_word(std::string_view stem) {
    return contains(
        {"abstract", "alloc",    "as",       "async",      "await", "batsched", "become", "box",
         "break",    "const",    "continue", "core",       "crate", "do",       "dyn",    "else",
         "enum",     "extern",   "false",    "final",      "fn",    "for",      "gen",    "if",
         "impl",     "in",       "let",      "loop",       "macro", "match",    "mod",    "move",
         "mut",      "override", "priv",     "proc_macro", "pub",   "ref",      "return", "self",
         "static",   "std",      "struct",   "super",      "test",  "trait",    "true",   "try",
         "type",     "typeof",   "unsafe",   "unsized",    "use",   "virtual",  "where",  "while",
         "yield"},
        stem);
}

// Modules that schedulers in Python and those modules import: ours, and the standard library of Python 3.10
// to 3.14. They would get a script of that name instead, which is in a folder that comes before theirs.
constexpr std::string_view kPythonModules =
    " abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit "
    "audioop base64 batsched bdb binascii binhex bisect builtins bz2 calendar cgi cgitb chunk "
    "cmath cmd code codecs codeop collections colorsys compileall compression concurrent "
    "configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses "
    "datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno "
    "faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath "
    "getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib "
    "imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 "
    "linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder "
    "msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode "
    "operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform "
    "plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc "
    "pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy "
    "sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr "
    "socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics "
    "string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile "
    "telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize "
    "tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata "
    "unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref "
    "xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo ";

bool is_python_module(const std::string& stem) {
    return kPythonModules.find(" " + stem + " ") != std::string_view::npos;
}

// What the type would hide from its own file.
bool is_used_type(std::string_view type, Language language) {
    switch (language) {
        case Language::kC:
        case Language::kCpp: return false;
        case Language::kRust:
            return contains({"BTreeMap", "Context", "Event", "HostSet", "HostState", "JobId", "Ok",
                             "Result", "Scheduler", "Self", "Simulator", "Some"},
                            type);
        case Language::kPython:
            return contains({"False", "HostSet", "HostState", "Job", "None", "True", "ValueError"},
                            type);
    }
    return false;
}

bool is_taken(const TemplateWords& words, Language language) {
    const bool is_cmake = language == Language::kC || language == Language::kCpp;
    return (is_cmake && is_cmake_target(words.name)) ||
           (language == Language::kRust && is_rust_word(words.stem)) ||
           (language == Language::kPython && is_python_module(words.stem)) ||
           is_used_type(words.type_name, language);
}

// ---- Files ---------------------------------------------------------------------------------------

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::string filled(std::string text, const TemplateWords& words) {
    // First what is not the user's: nothing is replaced in it.
    if (!words.prefix.empty()) replace_all(text, "/path/to/batsim", "\x01");
    replace_all(text, "my-scheduler", words.name);
    replace_all(text, "my_scheduler", words.stem);
    replace_all(text, "MyScheduler", words.type_name);
    replace_all(text, "\x01", words.prefix);
    return text;
}

} // namespace

const char* name_of(Language language) {
    switch (language) {
        case Language::kC: return "c";
        case Language::kCpp: return "cpp";
        case Language::kRust: return "rust";
        case Language::kPython: return "python";
    }
    return "";
}

TemplateWords words_of(const std::string& name) {
    TemplateWords words{name, name, "", ""};
    std::replace(words.stem.begin(), words.stem.end(), '-', '_');
    bool begins_word = true;
    for (const char c : name) {
        const bool is_upper = begins_word && is_lower(c);
        if (!is_separator(c)) words.type_name += is_upper ? static_cast<char>(c - 'a' + 'A') : c;
        begins_word = is_separator(c);
    }
    return words;
}

std::string problem_of_name(const std::string& name, Language language) {
    const auto is_allowed = [](char c) { return is_lower(c) || is_digit(c) || is_separator(c); };
    if (name.empty() || !is_lower(name[0]) || !std::all_of(name.begin(), name.end(), is_allowed))
        return "must consist of lower-case letters, digits, '-' and '_', and begin with a letter";
    if (name.size() > kLongestProjectName)
        return "must not be longer than " + std::to_string(kLongestProjectName) + " characters";
    if (is_taken(words_of(name), language))
        return std::string("has another meaning already in projects of language ") +
               name_of(language);
    return "";
}

std::vector<ProjectFile> files_of_new_scheduler(Language language, const TemplateWords& words) {
    std::vector<ProjectFile> files;
    for (const TemplateFile& file : kTemplates)
        if (std::string_view(file.folder) == name_of(language) ||
            std::string_view(file.folder) == "common")
            files.push_back({filled(file.path, words), filled(file.content, words)});
    std::sort(files.begin(), files.end(),
              [](const ProjectFile& a, const ProjectFile& b) { return a.path < b.path; });
    return files;
}

} // namespace batsim
