// What is said of files that cannot be loaded as plugins.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "../expect_error.hpp"
#include "../temporary_folder.hpp"
#include "plugin/loading/library.hpp"
#include "plugin/loading/plugin_info.hpp"
#include "plugin/loading/search_path.hpp"

namespace batsim {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

const std::string kPlugins = TEST_PLUGIN_FOLDER;

std::string error(const std::string& path) {
    return error_of<LoadError>([&] { load_plugin(path, Isolation::kNamespace); });
}

TEST(LoadPlugin, SaysWhatIsWrongWithAFile) {
    const TemporaryFolder folder;
    EXPECT_THAT(error(folder.path("none.so")), EndsWith("none.so': No such file or directory"));
    EXPECT_THAT(error(folder.path("")), HasSubstr("is a directory, not a shared library"));
    EXPECT_THAT(error(folder.write("empty.so", "")), HasSubstr("is an empty file"));
    EXPECT_THAT(error(folder.write("text.so", "hello, world")), HasSubstr("no ELF header"));
    EXPECT_THAT(error(folder.write("head.so",
                                   "\x7f"
                                   "ELF")),
                HasSubstr("is cut off within its ELF header"));
    EXPECT_THAT(error("/proc/self/exe"), HasSubstr("is an executable, not a shared library"));
}

TEST(LoadPlugin, WantsAVtableOfItsVersion) {
    EXPECT_THAT(error(kPlugins + "/no-vtable.so"), HasSubstr("does not export 'batsched_vtable'"));
    EXPECT_THAT(
        error(kPlugins + "/wrong-abi.so"),
        HasSubstr("built for version 99.3 of batsched.h, this program has 0.2; rebuild it"));
    EXPECT_THAT(error(kPlugins + "/short-vtable.so"),
                HasSubstr("its vtable is too small (16 bytes)"));
}

TEST(LoadPlugin, WantsACompleteVtable) {
    EXPECT_THAT(error(kPlugins + "/null-name.so"), HasSubstr("'name' in its vtable is NULL"));
}

TEST(LoadPlugin, DoesNotWaitForAPipe) {
    const TemporaryFolder folder;
    ASSERT_EQ(mkfifo(folder.path("pipe.so").c_str(), 0600), 0);
    EXPECT_THAT(error(folder.path("pipe.so")), HasSubstr("is not a regular file"));
}

TEST(LoadPlugin, NamesWhatIsMissing) {
    EXPECT_THAT(error(kPlugins + "/needs-ghost.so"),
                HasSubstr("needs-ghost.so': needs the library libghost.so, which is not found"));
    EXPECT_THAT(error(kPlugins + "/needs-symbol.so"),
                HasSubstr("needs-symbol.so': uses a symbol that none of its libraries has: ghost"));
}

// The dynamic linker would end the process with SIGBUS for most of these.
TEST(LoadPlugin, RefusesTruncatedFilesWithoutASignal) {
    const TemporaryFolder folder;
    const std::string whole = [] {
        std::ifstream file(kPlugins + "/misbehaving.so", std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    for (int i = 0; i < 100; ++i) {
        const std::size_t size = whole.size() * static_cast<std::size_t>(i) / 100;
        const PluginInfo info =
            read_plugin_info(folder.write(std::to_string(i) + ".so", whole.substr(0, size)));
        EXPECT_THAT(info.problem, ::testing::Not(HasSubstr("ended the process")));
        EXPECT_EQ(info.problem.empty(), info.name == "misbehaving");
    }
}

TEST(LoadPlugin, SurvivesConstructorsThatDoNot) {
    EXPECT_THAT(
        read_plugin_info(kPlugins + "/crashing-constructor.so").problem,
        HasSubstr("while it was loaded it crashed with SIGSEGV at crashing-constructor.so+0x"));
    EXPECT_THAT(read_plugin_info(kPlugins + "/exiting-constructor.so").problem,
                HasSubstr("exiting-constructor.so': while it was loaded it called exit(5)"));
    EXPECT_THAT(read_plugin_info(kPlugins + "/throwing-constructor.so").problem,
                HasSubstr("throwing-constructor.so': while it was loaded it crashed with SIGABRT"));
}

TEST(LoadPlugin, DoesNotWaitForAConstructorOnTrial) {
    const LoadTrial trial{Isolation::kNamespace, 0.5};
    EXPECT_THAT(read_plugin_info(kPlugins + "/looping-constructor.so", trial).problem,
                HasSubstr("a process that loaded it on trial was still running after 0.5 s"));
}

TEST(ReadPluginInfo, GivesWhatTheVtableSays) {
    const PluginInfo info = read_plugin_info(kPlugins + "/misbehaving.so");
    EXPECT_EQ(info.name, "misbehaving");
    EXPECT_EQ(info.version, "0.0.1");
    EXPECT_EQ(info.abi, "0.2");
    EXPECT_EQ(info.description, "Does one bad thing");
    EXPECT_EQ(info.problem, "");
}

TEST(ReadPluginInfo, KeepsControlCharactersInTheirField) {
    const PluginInfo info = read_plugin_info(kPlugins + "/odd-name.so");
    EXPECT_EQ(info.name, "with a\x1fseparator");
    EXPECT_EQ(info.version, "1.0.0");
    EXPECT_EQ(info.problem, "");
}

TEST(PluginSearchPath, FindsNamesInFoldersAndPathsAnywhere) {
    const TemporaryFolder first, second;
    first.write("a.so", "");
    second.write("a.so", "");
    second.write("b.so", "");
    second.write("c.txt", "");
    const PluginSearchPath path({first.path("."), "/nonexistent", second.path(".")});
    EXPECT_EQ(path.find("a"), std::filesystem::canonical(first.path("a.so")));
    EXPECT_EQ(path.find("b"), std::filesystem::canonical(second.path("b.so")));
    EXPECT_EQ(path.find(second.path("a.so")), std::filesystem::canonical(second.path("a.so")));
    EXPECT_EQ(path.all().size(), 2U);
}

TEST(PluginSearchPath, NamesTheNearestPlugin) {
    const TemporaryFolder folder;
    folder.write("easy.so", "");
    const PluginSearchPath path({folder.path(".")});
    const auto error = [&](const std::string& argument) {
        return error_of<LoadError>([&] { path.find(argument); });
    };
    EXPECT_THAT(error("esay"), HasSubstr("; did you mean 'easy'?"));
    EXPECT_THAT(error("esay.so"), EndsWith("'esay.so': No such file or directory"));
    EXPECT_THAT(error(""), HasSubstr("the path is empty"));
}

} // namespace
} // namespace batsim
