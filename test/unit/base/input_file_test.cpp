#include "base/input_file.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "../expect_error.hpp"
#include "../temporary_folder.hpp"

namespace batsim {
namespace {

using ::testing::HasSubstr;

std::vector<std::string> lines_of(const std::string& path) {
    InputFile file(path, "file");
    std::vector<std::string> lines;
    std::string_view line;
    while (file.next_line(line)) lines.emplace_back(line);
    EXPECT_EQ(file.line_number(), lines.size());
    return lines;
}

void write_gzip(const std::string& path, const std::string& content) {
    gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
    gzclose(file);
}

TEST(InputFile, GivesLinesWithoutTheirEnds) {
    const TemporaryFolder folder;
    EXPECT_EQ(lines_of(folder.write("a", "one\ntwo\r\n\nlast")),
              (std::vector<std::string>{"one", "two", "", "last"}));
    EXPECT_TRUE(lines_of(folder.write("b", "")).empty());
}

TEST(InputFile, LeavesOutAByteOrderMark) {
    const TemporaryFolder folder;
    EXPECT_EQ(lines_of(folder.write("a", "\xef\xbb\xbfone\ntwo\n")),
              (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(read_file(folder.write("b", "\xef\xbb\xbf{}"), "file"), "{}");
    EXPECT_TRUE(lines_of(folder.write("c", "\xef\xbb\xbf")).empty());
    EXPECT_EQ(lines_of(folder.write("d", "\xef\xbb")), (std::vector<std::string>{"\xef\xbb"}));
}

TEST(InputFile, GivesLinesThatAreLongerThanItsBuffer) {
    const TemporaryFolder folder;
    const std::string line(3'000'000, 'x');
    EXPECT_EQ(lines_of(folder.write("a", line + "\n" + line)),
              (std::vector<std::string>{line, line}));
}

TEST(InputFile, ReadsGzippedFilesAsTheirContent) {
    const TemporaryFolder folder;
    std::string content;
    for (int i = 0; i < 100'000; ++i) content += std::to_string(i) + "\n";
    write_gzip(folder.path("a.gz"), content);
    EXPECT_EQ(read_file(folder.path("a.gz"), "file"), content);
    EXPECT_EQ(lines_of(folder.path("a.gz")).size(), 100'000U);
}

TEST(InputFile, SaysWhatCannotBeRead) {
    const TemporaryFolder folder;
    const auto error = [](const std::string& path) {
        return error_of<InputError>([&] { read_file(path, "workload 'w'"); });
    };
    EXPECT_EQ(error(folder.path("none")), "workload 'w': No such file or directory");
    EXPECT_EQ(error(folder.path("")), "workload 'w': is a directory, not a file");
    write_gzip(folder.path("a.gz"), std::string(100'000, 'x') + "y");
    const std::string whole = folder.read("a.gz");
    folder.write("cut.gz", whole.substr(0, whole.size() / 2));
    EXPECT_THAT(error(folder.path("cut.gz")), HasSubstr("damaged or truncated gzip data"));
}

} // namespace
} // namespace batsim
