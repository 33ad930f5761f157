// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/noise.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace emend {
namespace {

Line line(const std::vector<std::pair<std::string, double>>& words) {
  Line made;
  for (const auto& [text, confidence] : words) {
    made.words.emplace_back().readings = {{text, confidence, {}}};
  }
  return made;
}

bool is_noise(const std::vector<std::pair<std::string, double>>& words) {
  std::vector<Line> lines = {line(words),
                             line({{"We", 0.95}, {"thank", 0.95}, {"you", 0.95}, {"for", 0.95}})};
  return mark_noise(lines) == 1 && lines.front().is_noise;
}

TEST(Noise, IsALineThatIsReadPoorlyThroughout) {
  EXPECT_TRUE(is_noise({{"~Ya", 0.1}, {"OO!", 0.2}, {"NS", 0.4}}));
}

TEST(Noise, IsNoLineWithSomeGoodText) {
  EXPECT_FALSE(is_noise({{"~Ya", 0.1}, {"Sincerely", 0.9}}));
  EXPECT_FALSE(is_noise({{"Sincerely", 0.55}}));
}

TEST(Noise, IsNoLineWithANumberThatHasAnyWeight) {
  EXPECT_FALSE(is_noise({{"~Ya", 0.1}, {"OO!", 0.1}, {"4.50", 0.3}}));
  EXPECT_TRUE(is_noise({{"~Ya", 0.1}, {"OO!", 0.1}, {"4~", 0.1}}));
}

TEST(Noise, IsNotOnAPageThatIsReadPoorlyOrHasNothingElse) {
  std::vector<Line> poor = {line({{"~Ya", 0.1}}), line({{"Totol", 0.7}, {"Cahs", 0.7}})};
  EXPECT_EQ(mark_noise(poor), 0U);
  EXPECT_FALSE(poor.front().is_noise);
  std::vector<Line> alone = {line({{"~Ya", 0.1}})};
  EXPECT_EQ(mark_noise(alone), 0U);
}

// A line of a page, with what the recogniser's dictionary holds and its height in pixels.
Line printed(const std::vector<std::pair<std::string, double>>& words, int height,
             bool in_dictionary = false) {
  Line made = line(words);
  made.box = {100, 100, 900, height};
  for (Word& word : made.words) word.in_dictionary = in_dictionary;
  return made;
}

bool is_noise_of_height(const Line& suspect) {
  std::vector<Line> lines = {
      suspect, printed({{"We", 0.95}, {"thank", 0.95}, {"you", 0.95}, {"for", 0.95}}, 50)};
  return mark_noise(lines) == 1 && lines.front().is_noise;
}

// Both were taken for noise once: the second page of examples/three_pages.pdf and the first of
// examples/two_pages.tif.
TEST(Noise, IsNoNameAndNoHeadingOfATableThatIsReadPoorly) {
  Line name = printed({{"Mr:", 0.98}, {"Simeon", 0.19}, {"Fletcher..", 0.53}}, 50);
  name.words.front().in_dictionary = true;
  EXPECT_FALSE(is_noise_of_height(name));
  Line heading = printed(
      {{"Description", 0.25}, {"Quantity", 0.16}, {"Unit", 0.3}, {"price", 0.3}, {"Amount", 0.19}},
      50, true);
  EXPECT_FALSE(is_noise_of_height(heading));
  heading.words.resize(2);
  EXPECT_FALSE(is_noise_of_height(heading));
  EXPECT_FALSE(is_noise_of_height(printed({{"Description", 0.25}}, 120, true)));
}

TEST(Noise, MustShowMoreWhereItIsTallerOrLowerThanThePrint) {
  const std::vector<std::pair<std::string, double>> scrawl = {{"Sonya", 0.55}, {"BK", 0.3}};
  EXPECT_FALSE(is_noise_of_height(printed(scrawl, 50)));
  EXPECT_FALSE(is_noise_of_height(printed(scrawl, 85)));
  EXPECT_TRUE(is_noise_of_height(printed(scrawl, 140)));
  EXPECT_TRUE(is_noise_of_height(printed(scrawl, 20)));
}

TEST(Noise, IsNotExcusedByShortWordsThatADictionaryHolds) {
  EXPECT_TRUE(is_noise_of_height(printed({{"snes", 0.25}, {"YOO!", 0.2}, {"ee", 0.2}}, 50, true)));
  EXPECT_FALSE(
      is_noise_of_height(printed({{"snes", 0.25}, {"sales", 0.2}, {"ee", 0.2}}, 50, true)));
}

TEST(Noise, IsNoLineWithAWellFormedNumberHoweverPoor) {
  Line amount = printed({{"Totalamount", 0.06}, {"16,531.00", 0.1}}, 17);
  EXPECT_TRUE(is_noise_of_height(amount));
  amount.words.back().kind = WordKind::number;
  EXPECT_FALSE(is_noise_of_height(amount));
}

TEST(Noise, IsNoEmptyLine) {
  EXPECT_FALSE(is_noise({}));
}

}  // namespace
}  // namespace emend
