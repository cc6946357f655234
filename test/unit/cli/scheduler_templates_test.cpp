// Names of new schedulers, and what is written with them.
#include "cli/scheduler_templates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace batsim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr Language kAll[] = {Language::kC, Language::kCpp, Language::kRust, Language::kPython};

TEST(NameOfANewScheduler, HasLowerCaseLettersDigitsAndSeparators) {
    for (const Language language : kAll) {
        for (const char* name : {"a", "easy", "my-easy_2", "x--y", "z9-"})
            EXPECT_EQ(problem_of_name(name, language), "") << name;
        for (const char* name :
             {"", "Easy", "2easy", "-easy", "_easy", "my easy", "a/b", "..", "e\xc3\xa9"})
            EXPECT_THAT(problem_of_name(name, language), HasSubstr("begin with a letter")) << name;
    }
}

TEST(NameOfANewScheduler, IsShort) {
    EXPECT_EQ(problem_of_name(std::string(60, 'a'), Language::kC), "");
    EXPECT_THAT(problem_of_name(std::string(61, 'a'), Language::kC), HasSubstr("60 characters"));
}

TEST(NameOfANewScheduler, IsFreeInItsLanguage) {
    EXPECT_THAT(problem_of_name("test", Language::kCpp), HasSubstr("of language cpp"));
    EXPECT_THAT(problem_of_name("package_source", Language::kC), HasSubstr("another meaning"));
    EXPECT_EQ(problem_of_name("test", Language::kPython), "");
    EXPECT_THAT(problem_of_name("while", Language::kRust), HasSubstr("of language rust"));
    EXPECT_THAT(problem_of_name("proc-macro", Language::kRust), HasSubstr("another meaning"));
    EXPECT_THAT(problem_of_name("host-set", Language::kRust), HasSubstr("another meaning"));
    EXPECT_EQ(problem_of_name("while", Language::kCpp), ""); // neither a target nor a type
    EXPECT_THAT(problem_of_name("none", Language::kPython), HasSubstr("another meaning"));
    EXPECT_EQ(problem_of_name("none", Language::kRust), "");
}

TEST(WordsOfANewScheduler, FollowFromItsName) {
    const TemplateWords words = words_of("fair-share_2-x");
    EXPECT_EQ(words.name, "fair-share_2-x");
    EXPECT_EQ(words.stem, "fair_share_2_x");
    EXPECT_EQ(words.type_name, "FairShare2X");
}

std::vector<std::string> paths_of(Language language) {
    std::vector<std::string> paths;
    for (const ProjectFile& file : files_of_new_scheduler(language, words_of("fair-share")))
        paths.push_back(file.path);
    return paths;
}

TEST(FilesOfANewScheduler, AreNamedLikeIt) {
    EXPECT_THAT(paths_of(Language::kC), ElementsAre(".gitignore", "CMakeLists.txt", "README.md",
                                                    "fair_share.c", "workload.json"));
    EXPECT_THAT(paths_of(Language::kCpp), ElementsAre(".gitignore", "CMakeLists.txt", "README.md",
                                                      "fair_share.cpp", "workload.json"));
    EXPECT_THAT(paths_of(Language::kRust), ElementsAre(".gitignore", "Cargo.toml", "README.md",
                                                       "src/lib.rs", "test.sh", "workload.json"));
    EXPECT_THAT(paths_of(Language::kPython), ElementsAre(".gitignore", "README.md", "fair_share.py",
                                                         "test.sh", "workload.json"));
}

TEST(FilesOfANewScheduler, SayWhereBatsimIs) {
    TemplateWords words = words_of("fair-share");
    words.prefix = "/opt/my-scheduler"; // what is not a word of the template there
    for (const Language language : kAll) {
        std::string all;
        for (const ProjectFile& file : files_of_new_scheduler(language, words)) all += file.content;
        EXPECT_THAT(all, HasSubstr("/opt/my-scheduler"));
        EXPECT_THAT(all, HasSubstr("fair-share"));
        EXPECT_THAT(all, Not(HasSubstr("/path/to")));
        EXPECT_THAT(all, Not(HasSubstr("MyScheduler")));
    }
}

TEST(FilesOfANewScheduler, LeaveTheFolderOfBatsimToTheUserIfItIsUnknown) {
    const auto files = files_of_new_scheduler(Language::kCpp, words_of("fair-share"));
    EXPECT_THAT(files[1].content, HasSubstr("HINTS \"/path/to/batsim\""));
}

} // namespace
} // namespace batsim
