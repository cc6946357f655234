#include "output/row_file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "../expect_error.hpp"
#include "../temporary_folder.hpp"

namespace batsim {
namespace {

// While it lives, files cannot grow beyond `bytes`, as if the disk were full.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
    void (*handler_)(int) = SIG_DFL;
};

TEST(RowFile, WritesMoreThanItsBuffer) {
    const TemporaryFolder folder;
    std::string expected;
    {
        RowFile file(folder.path("f"));
        for (int i = 0; i < 20'000; ++i) {
            const std::string row = std::to_string(i) + "\n";
            file.write(row);
            expected += row;
        }
        const std::string huge(1 << 20, 'x');
        file.write(huge);
        expected += huge;
    }
    EXPECT_EQ(folder.read("f"), expected);
}

TEST(RowFile, SaysWhyItCannotWrite) {
    EXPECT_EQ(error_of<OutputError>([] { RowFile file("/nonexistent/f"); }),
              "output '/nonexistent/f': No such file or directory");
    EXPECT_EQ(error_of<OutputError>([] {
                  RowFile file("/dev/full");
                  file.write("x\n");
                  file.close();
              }),
              "output '/dev/full': No space left on device");
}

TEST(RowFile, IsCompleteToTheLastRowWhenTheProgramDies) {
    const TemporaryFolder folder;
    const pid_t child = fork();
    if (child == 0) {
        RowFile file(folder.path("f"));
        for (int i = 0; i < 30'000; ++i) file.write("row " + std::to_string(i) + "\n");
        last_words({});
        _exit(0);
    }
    waitpid(child, nullptr, 0);
    const std::string content = folder.read("f");
    EXPECT_NE(content.find("row 29999\n"), std::string::npos);
    EXPECT_EQ(std::count(content.begin(), content.end(), '\n'), 30'000);
}

TEST(RowFile, HasTheWholeRowsThatFoundRoomOnAFullDisk) {
    const TemporaryFolder folder;
    RowFile file(folder.path("rows"));
    for (const char* row : {"one\n", "two, of\ntwo lines\n", "three\n"}) file.write(row);
    const FileSizeLimit limit(15);
    EXPECT_EQ(error_of<OutputError>([&] { file.close(); }),
              "output '" + folder.path("rows") + "': File too large");
    EXPECT_EQ(folder.read("rows"), "one\n");
}

TEST(RowFile, WritesNothingMoreAfterAnError) {
    const TemporaryFolder folder;
    RowFile file(folder.path("rows"));
    file.write("one\n");
    {
        const FileSizeLimit limit(2);
        EXPECT_THROW(file.close(), OutputError);
    }
    file.write("two\n");
    file.close();
    EXPECT_EQ(folder.read("rows"), "");
}

TEST(RowFile, KeepsTheRowsBeforeOneThatIsLargerThanTheBuffer) {
    const TemporaryFolder folder;
    RowFile file(folder.path("rows"));
    file.write("one\n");
    const FileSizeLimit limit(50'000);
    EXPECT_THROW(file.write(std::string(100'000, 'x') + "\n"), OutputError);
    EXPECT_EQ(folder.read("rows"), "one\n");
}

TEST(RowFile, IsCutToWholeRowsIfTheProgramDiesOnAFullDisk) {
    const TemporaryFolder folder;
    const FileSizeLimit limit(6);
    EXPECT_EXIT(
        {
            RowFile file(folder.path("rows"));
            file.write("one\n");
            file.write("two\n");
            last_words({});
            _exit(0);
        },
        testing::ExitedWithCode(0), "");
    EXPECT_EQ(folder.read("rows"), "one\n");
}

} // namespace
} // namespace batsim
