// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "emend/evaluate.h"

namespace emend {
namespace {

class Pairs : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& text) {
    const auto path = std::filesystem::path(testing::TempDir()) / "emend_pairs_test.jsonl";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
};

TEST_F(Pairs, AreRead) {
  const auto pairs = read_pairs(
      write("{\"id\": \"a\", \"lang\": \"de\", \"ocr\": \"x\", \"gt\": \"y\", \"cer\": 1}\n"
            "\n{\"raw\": \"r\", \"output\": \"o\", \"truth\": \"t\"}\r\n"));
  ASSERT_TRUE(pairs) << pairs.error().message;
  ASSERT_EQ(pairs->size(), 2U);
  EXPECT_EQ(pairs->at(0).id, "a");
  EXPECT_EQ(pairs->at(0).language, "deu");
  EXPECT_FALSE(pairs->at(0).output);
  EXPECT_EQ(pairs->at(1).id, "3");
  EXPECT_EQ(pairs->at(1).ocr, "r");
  EXPECT_EQ(pairs->at(1).output, "o");
}

TEST_F(Pairs, ABadLineIsNamed) {
  for (const char* bad : {"{\"ocr\": \"x\"}", "{\"gt\": \"x\"}", "not json", "[1]",
                          "{\"ocr\": 1, \"gt\": \"x\"}", "{\"ocr\": \"\xFF\", \"gt\": \"x\"}"}) {
    const auto pairs =
        read_pairs(write("{\"ocr\": \"x\", \"gt\": \"y\"}\n" + std::string(bad) + "\n"));
    ASSERT_FALSE(pairs) << bad;
    EXPECT_EQ(pairs.error().code, ErrorCode::unreadable_input);
    EXPECT_NE(pairs.error().message.find("line 2"), std::string::npos) << pairs.error().message;
    EXPECT_FALSE(pairs.error().hint.empty());
  }
}

TEST_F(Pairs, AFileThatIsNotThere) {
  EXPECT_EQ(read_pairs("/nowhere/pairs.jsonl").error().code, ErrorCode::not_found);
  EXPECT_EQ(read_pairs(testing::TempDir()).error().code, ErrorCode::unreadable_input);
}

TEST_F(Pairs, SavedTextsAreReadAgain) {
  const auto texts = read_texts(write(saved({"a.png", "truth", "before", "line\nafter"})));
  ASSERT_TRUE(texts) << texts.error().message;
  EXPECT_EQ(texts->at("a.png"), "line\nafter");
}

TEST_F(Pairs, TwoTextsOfOneDocumentAreRefused) {
  const auto texts =
      read_texts(write("{\"id\": 1, \"text\": \"a\"}\n{\"id\": 1, \"text\": \"b\"}\n"));
  ASSERT_FALSE(texts);
  EXPECT_NE(texts.error().message.find("twice"), std::string::npos);
}

}  // namespace
}  // namespace emend
