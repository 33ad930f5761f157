// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/unread_areas.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

void mark(const PixPtr& pixels, int x, int y, int width, int height) {
  (void)pixRasterop(pixels.get(), x, y, width, height, PIX_SET, nullptr, 0, 0);
}

// Words of five letters, each 12 x 20.
void print_word(const PixPtr& pixels, int x, int y) {
  for (int i = 0; i < 5; ++i) mark(pixels, x + 16 * i, y, 12, 20);
}

Line line_with_word(int x, int y) {
  Word word;
  word.box = {x, y, 76, 20};
  word.readings.push_back({"words", 0.9, {}});
  return {.box = word.box, .words = {word}};
}

TEST(UnreadAreas, AreWhereInkHasNoWord) {
  const PixPtr page(pixCreate(1000, 800, 1));
  print_word(page, 100, 100);
  print_word(page, 300, 100);
  print_word(page, 100, 300);
  const auto areas = unread_areas(page.get(), {line_with_word(100, 100), line_with_word(300, 100)});
  ASSERT_EQ(areas.size(), 1U);
  EXPECT_NEAR(areas[0].x, 100, 12);
  EXPECT_NEAR(areas[0].y, 300, 8);
}

TEST(UnreadAreas, AreNeitherRulesNorSpecksNorPictures) {
  const PixPtr page(pixCreate(1000, 800, 1));
  print_word(page, 100, 100);
  mark(page, 50, 200, 900, 4);
  mark(page, 500, 300, 2, 2);
  mark(page, 200, 400, 300, 300);
  EXPECT_TRUE(unread_areas(page.get(), {line_with_word(100, 100)}).empty());
}

TEST(UnreadAreas, AreUnknownWithoutAnyWord) {
  const PixPtr page(pixCreate(1000, 800, 1));
  print_word(page, 100, 100);
  EXPECT_TRUE(unread_areas(page.get(), {}).empty());
}

}  // namespace
}  // namespace emend
