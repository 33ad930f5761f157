// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/dark_areas.h"

#include <gtest/gtest.h>

#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

using fixtures::letter_page;

l_uint32 at(const PixPtr& pixels, int x, int y) {
  l_uint32 value = 0;
  pixGetPixel(pixels.get(), x, y, &value);
  return value;
}

void fill(const PixPtr& pixels, int x, int y, int width, int height, bool is_white) {
  (void)pixRasterop(pixels.get(), x, y, width, height, is_white ? PIX_SET : PIX_CLR, nullptr, 0, 0);
}

// A sheet of 1654 x 2339 grey pixels (A4 at 200 dpi), white.
PixPtr sheet() {
  PixPtr pixels(pixCreate(1654, 2339, 8));
  (void)pixSetAll(pixels.get());
  return pixels;
}

// A black bar with marks of the size of letters in it.
PixPtr sheet_with_bar() {
  PixPtr pixels = sheet();
  fill(pixels, 150, 500, 1200, 60, false);
  for (int x = 170; x < 900; x += 30) fill(pixels, x, 518, 14, 24, true);
  return pixels;
}

TEST(LightPrint, InADarkBarBecomesDarkOnWhite) {
  const PixPtr before = sheet_with_bar();
  const PixPtr after = with_light_print_inverted(before.get());
  ASSERT_TRUE(after);
  EXPECT_EQ(at(after, 175, 530), 0U);     // a letter
  EXPECT_EQ(at(after, 190, 530), 255U);   // its ground
  EXPECT_EQ(at(after, 1000, 530), 255U);  // ground without letters
  EXPECT_EQ(at(after, 100, 530), 255U);   // beside the bar
  EXPECT_EQ(at(before, 175, 530), 255U);  // the page itself stays
}

TEST(LightPrint, OfOneBitToo) {
  const PixPtr page(pixConvertTo1(sheet_with_bar().get(), 128));
  const PixPtr after = with_light_print_inverted(page.get());
  ASSERT_TRUE(after);
  EXPECT_EQ(at(after, 175, 530), 1U);
  EXPECT_EQ(at(after, 190, 530), 0U);
}

TEST(LightPrint, IsNotSeenWhereThereIsNone) {
  EXPECT_FALSE(with_light_print_inverted(letter_page().get()));
  const PixPtr bar = sheet();
  fill(bar, 150, 500, 1200, 60, false);  // nothing is in it
  EXPECT_FALSE(with_light_print_inverted(bar.get()));
  const PixPtr frame = sheet();
  fill(frame, 150, 500, 1200, 6, false);
  fill(frame, 150, 560, 1200, 6, false);  // two rules and dark print between them
  for (int x = 170; x < 900; x += 30) fill(frame, x, 518, 14, 24, false);
  EXPECT_FALSE(with_light_print_inverted(frame.get()));
}

TEST(DarkGround, IsASmallLabelOrAWholePageButNoPrintAndNoRule) {
  const PixPtr label = sheet();
  fill(label, 150, 500, 90, 60, false);
  fill(label, 180, 518, 14, 24, true);
  EXPECT_FALSE(with_light_print_inverted(label.get())) << "no bar";
  EXPECT_TRUE(has_dark_ground(label.get()));
  const PixPtr dark = letter_page();
  (void)pixInvert(dark.get(), dark.get());
  EXPECT_TRUE(has_dark_ground(dark.get()));
  EXPECT_FALSE(has_dark_ground(letter_page().get()));
  const PixPtr rule = sheet();
  fill(rule, 150, 500, 1200, 6, false);
  EXPECT_FALSE(has_dark_ground(rule.get()));
}

TEST(Border, ThatIsBlackBecomesPaper) {
  const PixPtr page = sheet();
  fill(page, 0, 0, 60, 2339, false);
  fill(page, 0, 2280, 1654, 59, false);
  fill(page, 400, 700, 300, 40, false);  // within the page
  const PixPtr after = without_black_border(page.get());
  ASSERT_TRUE(after);
  EXPECT_EQ(at(after, 10, 1000), 255U);
  EXPECT_EQ(at(after, 800, 2330), 255U);
  EXPECT_EQ(at(after, 500, 720), 0U);
}

TEST(Border, IsNoPageOfWhiteOnBlack) {
  const PixPtr page(pixInvert(nullptr, letter_page().get()));
  EXPECT_FALSE(without_black_border(page.get()));
}

TEST(Border, IsNotSeenWhereThereIsNone) {
  EXPECT_FALSE(without_black_border(letter_page().get()));
  const PixPtr shadow = sheet();
  for (int x = 0; x < 200; ++x) {
    for (int y = 0; y < 2339; ++y) pixSetPixel(shadow.get(), x, y, 90);  // may hold print
  }
  EXPECT_FALSE(without_black_border(shadow.get()));
}

}  // namespace
}  // namespace emend
