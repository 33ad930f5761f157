// SPDX-License-Identifier: Apache-2.0
#include "correct/at_signs.h"

#include <gtest/gtest.h>

#include "correct_fakes.h"
#include "grid_page.h"

namespace emend {
namespace {

// The page of one line whose @ emend's reader reads as `text`, and for which the recogniser held a
// 0 possible.
Page page_with(const std::string& line, double confidence = 0.93, const std::string& text = "0") {
  Page page = grid_page({line});
  Word& word = word_of(page, "@");
  word.readings.front().confidence = 0.6;
  word.readings.front().characters = slots_of("@", {{0, {{"0", 8}}}});
  word.other_readings.push_back({text, confidence, slots_of(text), Reader::emend});
  return page;
}

std::size_t zeros(const Page& page) {
  return find_zeros_read_as_at(page).size();
}

TEST(AtSigns, OneInARowOfNumbersIsAZero) {
  const auto found = find_zeros_read_as_at(page_with("WHOLEMEAL 2.78 2 1 @ 1 2.78"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].line, 0U);
  EXPECT_EQ(found[0].word, 4U);
  EXPECT_EQ(found[0].after, "0");
  EXPECT_EQ(found[0].source, "alternatives+emend");
  EXPECT_EQ(zeros(page_with("CR-B'SCOTCH 0.72 0 1 @ -1 -0.72")), 1U);
}

TEST(AtSigns, OneBeforeAPriceIsPrinted) {
  EXPECT_EQ(zeros(page_with("Lamination 4 2 @ 3.50 7.00")), 0U);
  EXPECT_EQ(zeros(page_with("Lamination 4 2 @ 3 6.00")), 0U) << "two times three";
  EXPECT_EQ(zeros(page_with("Lamination 4 2 @ 3 6")), 0U) << "two times three";
  EXPECT_EQ(zeros(page_with("Lamination 4 2 @ 3 7.00")), 1U);
}

TEST(AtSigns, OneBesideWordsIsPrinted) {
  EXPECT_EQ(zeros(page_with("SR @ 6% 26.79 1.61")), 0U);
  EXPECT_EQ(zeros(page_with("tea 1 @ 2 3")), 0U);
  EXPECT_EQ(zeros(page_with("2 1 @ 2 each")), 0U);
  EXPECT_EQ(zeros(page_with("2 pc @ 2 3.00")), 0U);
  EXPECT_EQ(zeros(page_with("2 1 @ one 3.00")), 0U);
  EXPECT_EQ(zeros(page_with("2 1 @ 6% 3.00")), 0U);
  EXPECT_EQ(zeros(page_with("2 1 @ 1")), 0U);
}

// The same line twice; emend's reader is `lead` nats ahead in the second.
std::size_t zeros_of_two(double lead) {
  Page page = page_with("WHOLEMEAL 2.78 2 1 @ 1 2.78");
  page.lines.push_back(page.lines.front());
  page.lines.back().words[4].other_readings.front().characters =
      slots_of("0", {{0, {{"@", lead}}}});
  return zeros(page);
}

TEST(AtSigns, OneThatIsProvenMakesOthersLikelier) {
  EXPECT_EQ(zeros_of_two(8.1), 2U);
  EXPECT_EQ(zeros_of_two(5.1), 2U);
  EXPECT_EQ(zeros_of_two(4.9), 1U);
  Page page = page_with("WHOLEMEAL 2.78 2 1 @ 1 2.78");
  word_of(page, "@").other_readings.front().characters = slots_of("0", {{0, {{"@", 5.1}}}});
  EXPECT_EQ(zeros(page), 0U);
}

TEST(AtSigns, NobodyAloneMakesOneAZero) {
  const std::string line = "WHOLEMEAL 2.78 2 1 @ 1 2.78";
  EXPECT_EQ(zeros(page_with(line, 0.8)), 0U) << "not steady";
  EXPECT_EQ(zeros(page_with(line, 0.93, "8")), 0U);
  Page page = page_with(line);
  word_of(page, "@").readings.front().characters = slots_of("@", {{0, {{"8", 5}}}});
  EXPECT_EQ(zeros(page), 0U) << "the recogniser never thought of a 0";
  page = page_with(line);
  word_of(page, "@").readings.front().confidence = 0.91;
  EXPECT_EQ(zeros(page), 0U) << "surely read";
  page = page_with(line);
  word_of(page, "@").other_readings.front().characters = slots_of("0", {{0, {{"@", 7}}}});
  EXPECT_EQ(zeros(page), 0U) << "it may be one";
  page = page_with(line);
  page.lines.front().is_noise = true;
  EXPECT_EQ(zeros(page), 0U);
}

}  // namespace
}  // namespace emend
