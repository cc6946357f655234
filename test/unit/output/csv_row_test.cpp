#include "output/csv_row.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace batsim {
namespace {

TEST(CsvRow, QuotesOnlyWhatNeedsIt) {
    CsvRow row;
    row.text("plain").text("a\"b").text("x\ny").text("1,2").text("\r").quoted("").quoted("word");
    EXPECT_EQ(row.end(), "plain,\"a\"\"b\",\"x\ny\",\"1,2\",\"\r\",\"\",\"word\"\n");
}

TEST(CsvRow, SeparatesEmptyFieldsToo) {
    CsvRow row;
    EXPECT_EQ(row.text("").text("").number(std::nullopt).end(), ",,\n");
}

TEST(CsvRow, WritesNumbersAndHosts) {
    CsvRow row;
    row.number(0.1).number(-1).number(std::optional(1e300)).count(UINT64_MAX);
    row.hosts(HostSet::range(3, 5) | HostSet::range(7, 7)).hosts({});
    EXPECT_EQ(row.end(), "0.1,-1,1e+300,18446744073709551615,3-5 7,\n");
    EXPECT_EQ(row.number(-std::numeric_limits<double>::infinity()).end(), "-inf\n");
}

TEST(CsvRow, HasRoomForLongFieldsAndForTheNextRow) {
    CsvRow row;
    for (const std::size_t length : {100'000U, 3U, 1'000'000U}) {
        const std::string field(length, 'x');
        row.count(length).text(field).quoted(field).count(7);
        EXPECT_EQ(row.end(), std::to_string(length) + "," + field + ",\"" + field + "\",7\n");
    }
}

} // namespace
} // namespace batsim
