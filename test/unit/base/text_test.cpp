#include "base/text.hpp"

#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <random>

namespace batsim {
namespace {

TEST(NumberText, OfOrdinaryNumbersHasNoExponent) {
    EXPECT_EQ(number_text(100000), "100000");
    EXPECT_EQ(number_text(0.1), "0.1");
    EXPECT_EQ(number_text(-2.5), "-2.5");
    EXPECT_EQ(number_text(0), "0");
    EXPECT_EQ(number_text(-0.0), "-0");
    EXPECT_EQ(number_text(-12), "-12");
    EXPECT_EQ(number_text(1.25e15), "1250000000000000");
    EXPECT_EQ(number_text(1e-5), "0.00001");
}

TEST(NumberText, OfExtremeNumbersHasAnExponent) {
    EXPECT_EQ(number_text(1e100), "1e+100");
    EXPECT_EQ(number_text(1e-7), "1e-07");
}

TEST(NumberText, ReadsBackAsTheSameDouble) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 10000; ++i) {
        const double value =
            std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 150);
        EXPECT_EQ(std::strtod(number_text(value).c_str(), nullptr), value);
    }
}

TEST(NumberText, OfThousandthsIsTheShortestOne) {
    std::mt19937_64 random(2);
    const auto shortest = [](double value) {
        std::array<char, 64> room;
        const auto end =
            std::to_chars(room.data(), room.data() + room.size(), value, std::chars_format::fixed);
        return std::string(room.data(), end.ptr);
    };
    for (int i = 0; i < 100000; ++i) {
        const auto exact = static_cast<double>(random() % 2'000'000'000'000) / 1000 - 1e9;
        const double nearly = exact + static_cast<double>(random() % 3) * 1e-10;
        const double small = exact / 1e9;
        for (const double value : {exact, std::nextafter(exact, 0), nearly, small})
            ASSERT_EQ(number_text(value), shortest(value));
    }
}

TEST(ParseDouble, TakesTheWholeTextOrNothing) {
    EXPECT_EQ(parse_double("1.5"), 1.5);
    EXPECT_EQ(parse_double("+2"), 2);
    for (const char* text : {"", "1.5x", " 1", "nan", "inf", "1e999", "0x10"})
        EXPECT_FALSE(parse_double(text)) << text;
}

TEST(ParseInteger, RefusesFractionsAndOverflow) {
    EXPECT_EQ(parse_integer("-12"), -12);
    for (const char* text : {"", "1.5", "99999999999999999999", "x"})
        EXPECT_FALSE(parse_integer(text)) << text;
}

TEST(Nearest, FindsAMisspeltWord) {
    EXPECT_EQ(nearest("--hostss", {"--hosts", "--seed"}), "--hosts");
    EXPECT_EQ(nearest("--work", {"--workload", "--seed"}), "--workload");
    EXPECT_FALSE(nearest("--zebra", {"--hosts", "--seed"}));
}

TEST(IsUtf8, KnowsWellFormedText) {
    for (const char* text : {"", "plain", "caf\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"})
        EXPECT_TRUE(is_utf8(text)) << text;
    for (const char* text :
         {"caf\xe9", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"})
        EXPECT_FALSE(is_utf8(text)) << text;
}

TEST(Printable, HasNothingThatATerminalWouldObey) {
    EXPECT_EQ(printable("caf\xc3\xa9\tau lait"), "caf\xc3\xa9\tau lait");
    EXPECT_EQ(printable("a\x1b[31mb\nc\x7f"), "a\\x1b[31mb\\x0ac\\x7f");
    EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
    EXPECT_EQ(printable("caf\xe9"), "caf\\xe9");
}

TEST(Shortened, CutsNoCharacterInTwo) {
    EXPECT_EQ(shortened("short"), "short");
    EXPECT_EQ(shortened(std::string(100, 'x')), std::string(60, 'x') + "...");
    EXPECT_EQ(shortened(std::string(59, 'x') + "\xc3\xa9\xc3\xa9"), std::string(59, 'x') + "...");
    EXPECT_EQ(shortened(std::string(100, '\x80')).size(), 60U); // not UTF-8 at all
}

TEST(Split, KeepsEmptyParts) {
    EXPECT_EQ(split("a::b", ':'), (std::vector<std::string>{"a", "", "b"}));
    EXPECT_EQ(split("", ':'), (std::vector<std::string>{""}));
}

} // namespace
} // namespace batsim
