// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/unspaced.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace emend {
namespace {

Word word(const std::string& text, int x, int width, double confidence = 0.9) {
  Word word{.box = {x, 0, width, 40}};
  word.readings.push_back({text, confidence, {}});
  return word;
}

std::string joined(std::vector<Word> words) {
  std::vector<Line> lines{{.words = std::move(words)}};
  join_unspaced(lines);
  return text(lines.front());
}

TEST(Unspaced, PiecesWithoutAGapAreOneWord) {
  EXPECT_EQ(joined({word("感谢", 0, 80), word("您", 82, 40), word("的", 126, 40)}), "感谢您的");
}

TEST(Unspaced, AGapStaysAGap) {
  EXPECT_EQ(joined({word("姓名", 0, 80), word("王", 140, 40)}), "姓名 王");
}

TEST(Unspaced, WordsOfOtherScriptsStayApart) {
  EXPECT_EQ(joined({word("total", 0, 80), word("due", 84, 60)}), "total due");
  EXPECT_EQ(joined({word("共", 0, 40), word("17", 42, 30), word("元", 74, 40)}), "共 17 元");
}

TEST(Unspaced, TheWholeIsAsSureAsItsCharactersAre) {
  std::vector<Line> lines{{.words = {word("感谢您", 0, 120, 0.9), word("的", 122, 40, 0.5)}}};
  join_unspaced(lines);
  ASSERT_EQ(lines[0].words.size(), 1U);
  EXPECT_NEAR(lines[0].words[0].confidence(), 0.8, 1e-9);
  EXPECT_EQ(lines[0].words[0].box, (Box{0, 0, 162, 40}));
}

}  // namespace
}  // namespace emend
