// scheduler_templates.hpp - what new-scheduler writes: the files of templates/, which are part of the program.
#ifndef BATSIM_CLI_SCHEDULER_TEMPLATES_HPP
#define BATSIM_CLI_SCHEDULER_TEMPLATES_HPP

#include <string>
#include <vector>

namespace batsim {

enum class Language { kC, kCpp, kRust, kPython };

// As users write it: "c", "cpp", "rust", "python".
const char* name_of(Language language);

// What stands in the files instead of the words of the templates.
struct TemplateWords {
    std::string name;      // "my-scheduler"
    std::string stem;      // "my_scheduler", for names of files and crates
    std::string type_name; // "MyScheduler"
    std::string prefix;    // where batsim is installed; "" if it is for the user to say
};

// The words for a name that is fit for the language.
TemplateWords words_of(const std::string& name);

// Why the name is not fit; "" if it is.
std::string problem_of_name(const std::string& name, Language language);

struct ProjectFile {
    std::string path; // in the folder
    std::string content;
};

// In the order of their paths.
std::vector<ProjectFile> files_of_new_scheduler(Language language, const TemplateWords& words);

} // namespace batsim

#endif
