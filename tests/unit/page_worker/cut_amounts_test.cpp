// SPDX-License-Identifier: Apache-2.0
#include "page_worker/number_reader/cut_amounts.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

Word word_at(const std::string& text, int x, int width) {
  Word word{.box = {x, 10, width, 20}};
  word.readings.push_back({.text = text, .confidence = 0.6});
  return word;
}

bool may_be_cut(const std::string& first, const std::string& second, int gap = 8) {
  return may_be_cut_amount(word_at(first, 10, 40), word_at(second, 50 + gap, 30));
}

TEST(CutAmounts, ThePartsAreKnownByTheirLook) {
  for (const char* first : {"64", "55.", "RM7,", "RMO.", "RMB", "1,234"}) {
    EXPECT_TRUE(may_be_cut(first, "13")) << first;
  }
  for (const char* first : {"Total", "64-", "%", "."})
    EXPECT_FALSE(may_be_cut(first, "13")) << first;
  for (const char* second : {"1", "130", "OO", "(13", "x", "1.3"}) {
    EXPECT_FALSE(may_be_cut("64", second)) << second;
  }
  EXPECT_TRUE(may_be_cut("64", "13,")) << "what ends a line";
  EXPECT_FALSE(may_be_cut("64", "13", 21)) << "wider than a character";
  EXPECT_FALSE(may_be_cut_amount(word_at("64", 10, 0), word_at("13", 50, 30))) << "no place";
}

TEST(CutAmounts, WhatIsReadHasTheCharactersOfBothParts) {
  EXPECT_TRUE(is_same_amount("64 13", "64.13"));
  EXPECT_TRUE(is_same_amount("64. 13,", "64.13"));
  EXPECT_TRUE(is_same_amount("RMO. 40", "rm0.40")) << "a letter may be a digit";
  EXPECT_FALSE(is_same_amount("64 13", "64.18")) << "another digit";
  EXPECT_FALSE(is_same_amount("64 13", "164.13"));
  EXPECT_FALSE(is_same_amount("64 13", "6413")) << "no amount";
  EXPECT_FALSE(is_same_amount("640 13", "64.013")) << "three decimals";
  EXPECT_FALSE(is_same_amount("GTG 13", "676.13")) << "a letter for a letter, or no number";
}

// What is printed as one line of a page, with the boxes of two words of it.
std::vector<Line> joined_as_printed(const std::string& printed) {
  const PixPtr page = fixtures::text_page({printed});
  const PixPtr ink(pixThresholdToBinary(page.get(), 128));
  l_int32 left = 0;
  BOX* around = nullptr;
  EXPECT_EQ(pixClipToForeground(ink.get(), nullptr, &around), 0);
  l_int32 top = 0;
  l_int32 width = 0;
  l_int32 height = 0;
  boxGetGeometry(around, &left, &top, &width, &height);
  boxDestroy(&around);
  std::vector<Line> lines(1);
  lines[0].words = {word_at("64", left, 0), word_at("13", left, 0)};
  lines[0].words[0].box = {left, top, 2 * width / 5, height};
  lines[0].words[1].box = {left + width - 2 * width / 5, top, 2 * width / 5, height};
  auto reader = NumberReader::open(EMEND_READER_FILE, "");
  EXPECT_TRUE(reader) << reader.error().message;
  if (reader) join_cut_amounts(*reader, page.get(), lines);
  return lines;
}

TEST(CutAmounts, AreOneWordWhereTheReaderSeesTheSign) {
  if (!std::filesystem::exists(EMEND_READER_FILE)) GTEST_SKIP() << "no reader of numbers";
  const std::vector<Line> lines = joined_as_printed("64.13");
  ASSERT_EQ(lines[0].words.size(), 1U);
  const Word& word = lines[0].words[0];
  EXPECT_EQ(word.text(), "64 13");
  ASSERT_EQ(word.other_readings.size(), 1U);
  EXPECT_EQ(word.other_readings[0].text, "64.13");
  EXPECT_EQ(word.other_readings[0].reader, Reader::emend);
}

TEST(CutAmounts, TwoNumbersStayTwo) {
  if (!std::filesystem::exists(EMEND_READER_FILE)) GTEST_SKIP() << "no reader of numbers";
  EXPECT_EQ(joined_as_printed("64 13")[0].words.size(), 2U);
}

}  // namespace
}  // namespace emend
