// Names of places in code.
#include "plugin/trap/code_location.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <cstdlib>

namespace batsim {
namespace {

using ::testing::ContainsRegex;
using ::testing::EndsWith;

[[gnu::noinline]] int not_exported(int value) { return value + 1; }

TEST(CodeLocation, NamesExportedFunctions) {
    EXPECT_THAT(location(reinterpret_cast<const void*>(&mallinfo2)),
                ContainsRegex("^libc.so.6.0x[0-9a-f]+ \\(mallinfo2.0x0\\)$"));
}

TEST(CodeLocation, NamesOtherFunctionsIfTheFileHasThem) {
    EXPECT_THAT(location(reinterpret_cast<const void*>(&not_exported)),
                EndsWith("(batsim::(anonymous namespace)::not_exported(int)+0x0)"));
}

TEST(CodeLocation, IsEmptyOutsideOfLibraries) {
    const int on_stack = 0;
    LocationRoom room;
    EXPECT_EQ(location(&on_stack), "");
    EXPECT_EQ(location(nullptr), "");
    EXPECT_STREQ(location(nullptr, room), "");
}

TEST(CodeLocation, TellsOurOwnCodeFromThatOfPlugins) {
    prepare_code_locations();
    EXPECT_FALSE(is_foreign_code(reinterpret_cast<const void*>(&not_exported), "/x/easy.so"));
    EXPECT_FALSE(is_foreign_code(reinterpret_cast<const void*>(&std::malloc), "/x/easy.so"));
    const int on_stack = 0; // as code that a plugin has made at run time
    EXPECT_TRUE(is_foreign_code(&on_stack, "/x/easy.so"));
}

} // namespace
} // namespace batsim
