#include "workload/swf_line.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace batsim {
namespace {

// Eighteen fields, all "1" but one.
std::string line_with(const std::string& text, std::size_t field, const std::string& separator) {
    std::string line;
    for (std::size_t i = 0; i < SwfFields().size(); ++i) {
        if (i > 0) line += separator;
        line += i == field ? text : "1";
    }
    return line;
}

TEST(SwfLine, ReadsNumbersOfAnyLengthInTheFirstTheLastAndOtherFields) {
    for (const std::string text : {"0",
                                   "7",
                                   "42",
                                   "999",
                                   "1000",
                                   "65535",
                                   "123456",
                                   "9999999",
                                   "12345678",
                                   "99999999",
                                   "123456789",
                                   "123456789012345",
                                   "1234567890123456",
                                   "0000000",
                                   "00000012",
                                   "-1",
                                   "-1234567",
                                   "-12345678",
                                   "+5",
                                   "1.5",
                                   "-0.25",
                                   "1234567.5",
                                   "12345678.5",
                                   "1e3",
                                   "-1.25e-3"})
        for (const std::size_t field : {kSwfWait, kSwfAverageCpu, kSwfThinkTime})
            for (const std::string separator : {" ", "   ", "\t"}) {
                SwfFields fields{};
                EXPECT_EQ(parse_swf_line(line_with(text, field, separator), fields), std::nullopt);
                for (std::size_t i = 0; i < fields.size(); ++i)
                    EXPECT_EQ(fields[i], i == field ? std::strtod(text.c_str(), nullptr) : 1)
                        << text;
            }
}

TEST(SwfLine, RefusesWhatIsNotANumber) {
    for (const std::string text : {"x", "-", "--1", "1-", "1x", "1:", "1/", "123456x", "1234567x",
                                   "12345678x", "1,5", "\x80", "1\xff", "0x10", "inf"})
        for (const std::size_t field : {kSwfNumber, kSwfAverageCpu, kSwfThinkTime}) {
            SwfFields fields{};
            const auto error = parse_swf_line(line_with(text, field, " "), fields);
            ASSERT_TRUE(error) << text;
            EXPECT_EQ(error->substr(0, 7),
                      ("field " + std::to_string(field + 1) + " ").substr(0, 7));
        }
}

} // namespace
} // namespace batsim
