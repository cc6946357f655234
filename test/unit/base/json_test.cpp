#include "base/json.hpp"

#include <gtest/gtest.h>

#include "../expect_error.hpp"

namespace batsim {
namespace {

class JsonObjectTest : public ::testing::Test {
  protected:
    std::string error(const std::function<void(const JsonObject&)>& read) const {
        return error_of<InputError>([&] { read(JsonObject(value_, "file 'f'", "/x")); });
    }
    Json value_ = Json::parse(R"({"n": -2.5, "i": 3, "s": "text", "a": [1, 2], "m": [1, "b"]})");
};

TEST_F(JsonObjectTest, GivesCheckedMembers) {
    const JsonObject object(value_, "file", "");
    EXPECT_EQ(object.number("n", -10, 10), -2.5);
    EXPECT_EQ(object.integer("i", 0, 10), 3);
    EXPECT_EQ(object.integer_or("none", 0, 10, 7), 7);
    EXPECT_EQ(object.string("s"), "text");
    EXPECT_EQ(object.numbers("a", 10), (std::vector<double>{1, 2}));
}

TEST_F(JsonObjectTest, NamesTheFileAndThePlaceOfWhatIsWrong) {
    EXPECT_EQ(error([](auto& o) { o.number("n", 0, 10); }),
              "file 'f': /x/n: must be >= 0, is -2.5");
    EXPECT_EQ(error([](auto& o) { o.integer("i", 0, 2); }), "file 'f': /x/i: must be <= 2, is 3");
    EXPECT_EQ(error([](auto& o) { o.number("s", 0, 2); }),
              "file 'f': /x/s: must be a number, is \"text\"");
    EXPECT_EQ(error([](auto& o) { o.string("none"); }), "file 'f': /x: has no 'none'");
    EXPECT_EQ(error([](auto& o) { o.numbers("m", 5); }),
              "file 'f': /x/m/1: must be a number, is \"b\"");
}

std::string syntax_error(const std::string& text) {
    try {
        [[maybe_unused]] const Json value = Json::parse(text);
    } catch (const Json::exception& error) {
        return json_error_text(error);
    }
    return "";
}

TEST(JsonErrorText, SaysWhereTheSyntaxIsWrong) {
    EXPECT_THAT(syntax_error("{\n  \"a\": }"), ::testing::StartsWith("line 2, column 8"));
}

TEST(JsonErrorText, QuotesOnlyTheBeginningOfALongToken) {
    EXPECT_THAT(syntax_error("[\"" + std::string(1'000, 'x')),
                ::testing::EndsWith("last read: '\"" + std::string(59, 'x') + "...'"));
}

TEST(PointerPart, EscapesSlashesAndTildes) { EXPECT_EQ(pointer_part("a/b~c"), "/a~1b~0c"); }

TEST(NestingDepth, CountsContainersOutsideOfStrings) {
    EXPECT_EQ(nesting_depth("1"), 0U);
    EXPECT_EQ(nesting_depth(R"({"a": [1, {"b": "[[[["}], "c\"[": []})"), 3U);
    EXPECT_EQ(nesting_depth("]]][["), 2U);
}

TEST(Excerpt, CutsLongValues) {
    EXPECT_EQ(excerpt(Json(std::string(100, 'x'))).size(), 63U);
    EXPECT_EQ(excerpt(Json(12)), "12");
}

} // namespace
} // namespace batsim
