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

TEST(Noise, IsNoEmptyLine) {
  EXPECT_FALSE(is_noise({}));
}

}  // namespace
}  // namespace emend
