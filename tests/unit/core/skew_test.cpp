// SPDX-License-Identifier: Apache-2.0
#include "core/skew.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace emend {
namespace {

// Lines of ten words of 80 x 30 that fall by `fall` pixels from word to word, every third of them
// with a descender.
Page page_that_falls(int fall) {
  Page page;
  for (int l = 0; l < 20; ++l) {
    Line line;
    for (int w = 0; w < 10; ++w) {
      const int descender = (l + w) % 3 == 0 ? 8 : 0;
      line.words.push_back({.box = {100 * w, 50 * l + fall * w, 80, 30 + descender}});
    }
    page.lines.push_back(line);
  }
  return page;
}

TEST(Skew, IsTheSlopeOfTheLines) {
  EXPECT_NEAR(skew(page_that_falls(0)).value(), 0, 0.05);
  EXPECT_NEAR(skew(page_that_falls(2)).value(), 1.146, 0.1);  // atan(2 / 100)
  EXPECT_NEAR(skew(page_that_falls(-2)).value(), -1.146, 0.1);
}

TEST(Skew, IsTheSameForWordsFromTheRight) {
  Page page = page_that_falls(2);
  for (Line& line : page.lines) std::reverse(line.words.begin(), line.words.end());
  EXPECT_NEAR(skew(page).value(), 1.146, 0.1);
}

TEST(Skew, OfSingleWordsOrNoiseIsUnknown) {
  Page page = page_that_falls(2);
  for (Line& line : page.lines) line.is_noise = true;
  EXPECT_FALSE(skew(page));
  page.lines.resize(1);
  page.lines[0].is_noise = false;
  page.lines[0].words.resize(1);
  EXPECT_FALSE(skew(page));
  EXPECT_FALSE(skew({}));
}

}  // namespace
}  // namespace emend
