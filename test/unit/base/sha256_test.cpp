#include "base/sha256.hpp"

#include <gtest/gtest.h>

#include "../temporary_folder.hpp"

namespace batsim {
namespace {

// The examples of FIPS 180-4 and of the NIST's test vectors.
TEST(Sha256, GivesTheDigestsOfTheStandard) {
    EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sha256_of(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnHowTheBytesAreCut) {
    const std::string bytes(200, 'x');
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        Sha256 sha;
        sha.add(bytes.substr(0, cut));
        sha.add(bytes.substr(cut));
        EXPECT_EQ(sha.digest(), sha256_of(bytes)) << cut;
    }
}

TEST(DigestOfFile, IsThatOfItsBytesOrNothing) {
    const TemporaryFolder folder;
    const auto digest = digest_of_file(folder.write("f", "abc"));
    ASSERT_TRUE(digest);
    EXPECT_EQ(digest->size, 3U);
    EXPECT_EQ(digest->sha256, sha256_of("abc"));
    EXPECT_FALSE(digest_of_file(folder.path("none")));
    EXPECT_FALSE(digest_of_file("/dev/null"));
}

} // namespace
} // namespace batsim
