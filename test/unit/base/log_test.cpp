#include "base/log.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace batsim {
namespace {

std::string logged(LogLevel least, void (*write)(const Log&)) {
    char* text = nullptr;
    std::size_t size = 0;
    std::FILE* stream = open_memstream(&text, &size);
    write(Log(stream, least));
    std::fclose(stream);
    const std::string result(text, size);
    std::free(text);
    return result;
}

TEST(Log, WritesOneLineAMessageWithItsOrigin) {
    EXPECT_EQ(logged(LogLevel::kInfo,
                     [](const Log& log) {
                         log.info("hello");
                         log.write(LogLevel::kWarning, "scheduler 's0'", "careful");
                     }),
              "batsim: hello\nbatsim: scheduler 's0': warning: careful\n");
}

TEST(Log, MarksFurtherLinesAndEscapesControlCharacters) {
    EXPECT_EQ(logged(LogLevel::kInfo, [](const Log& log) { log.info("one\ntwo \x1b[1m"); }),
              "batsim: one\nbatsim:   two \\x1b[1m\n");
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
    EXPECT_EQ(logged(LogLevel::kWarning,
                     [](const Log& log) {
                         log.debug("no");
                         log.info("no");
                         log.error("yes");
                     }),
              "batsim: error: yes\n");
}

} // namespace
} // namespace batsim
