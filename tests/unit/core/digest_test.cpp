// SPDX-License-Identifier: Apache-2.0
#include "core/digest.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

// The examples of FIPS 180-4 and NIST's long one.
TEST(Sha256, GivesTheStandardsExamples) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, IsTheSameInPieces) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>(i * 7);
  for (std::size_t piece = 1; piece < 150; ++piece) {
    Digest sum(Digest::Algorithm::sha256);
    for (std::size_t i = 0; i < text.size(); i += piece) sum.add(text.substr(i, piece));
    EXPECT_EQ(sum.finish(), sha256(text)) << piece;
  }
}

TEST(Sha1, GivesTheStandardsExample) {
  Digest sum(Digest::Algorithm::sha1);
  sum.add("abc");
  EXPECT_EQ(to_hex(sum.finish()), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

}  // namespace
}  // namespace emend
