// Checksums of files.
#include "base/checksum.hpp"

#include <gtest/gtest.h>

#include "../temporary_folder.hpp"

namespace batsim {
namespace {

TEST(Checksum, IsTheCrcOfTheBytes) {
    const TemporaryFolder folder;
    const auto checksum = checksum_of_file(folder.write("file", "123456789"));
    ASSERT_TRUE(checksum);
    EXPECT_EQ(checksum->size, 9U);
    EXPECT_EQ(checksum->crc32, "cbf43926"); // the check value of CRC-32
}

TEST(Checksum, OfAnEmptyFileIsZero) {
    const TemporaryFolder folder;
    EXPECT_EQ(checksum_of_file(folder.write("file", ""))->crc32, "00000000");
}

TEST(Checksum, OfWhatCannotBeReadIsNone) {
    EXPECT_FALSE(checksum_of_file("/dev/null"));
    EXPECT_FALSE(checksum_of_file("/no/such/file"));
}

} // namespace
} // namespace batsim
