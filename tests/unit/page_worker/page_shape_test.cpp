// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/page_shape.h"

#include <gtest/gtest.h>

#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

PageShape shape_of(Pix* page) {
  const PixPtr copy = two_level_copy(page);
  return measure_shape(copy.get());
}

ApparentTurn turn_of(Pix* page) {
  const PixPtr copy = two_level_copy(page);
  return measure_turn(copy.get());
}

TEST(PageShape, AReceiptIsAStripAndALetterIsNot) {
  EXPECT_TRUE(is_strip(shape_of(fixtures::receipt_page().get())));
  EXPECT_FALSE(is_strip(shape_of(fixtures::letter_page().get())));
}

TEST(PageShape, AReceiptOnALargeScannerGlassIsAStrip) {
  const PixPtr receipt = fixtures::receipt_page();
  const int height = pixGetHeight(receipt.get());
  const PixPtr glass(pixCreate(height * 3 / 4, height + 40, 8));
  pixSetAll(glass.get());
  const PixPtr small(pixScale(receipt.get(), 0.7F, 0.7F));
  pixRasterop(glass.get(), 100, 100, pixGetWidth(small.get()), pixGetHeight(small.get()), PIX_SRC,
              small.get(), 0, 0);
  EXPECT_TRUE(is_strip(shape_of(glass.get())));
}

TEST(PageShape, AFewCharactersAreNoStrip) {
  EXPECT_FALSE(is_strip(shape_of(fixtures::text_page({"12"}).get())));
  const PixPtr blank(pixCreate(300, 900, 1));
  EXPECT_FALSE(is_strip(shape_of(blank.get())));
}

TEST(PageShape, FindsThatLinesRunDownThePage) {
  const PixPtr page = fixtures::letter_page();
  EXPECT_GT(turn_of(page.get()).beside, 0.8);
  const PixPtr side(pixRotateOrth(page.get(), 1));
  EXPECT_LT(turn_of(side.get()).beside, 0.2);
}

TEST(PageShape, FindsThatLettersStandOnTheirHeads) {
  const PixPtr page = fixtures::letter_page();
  EXPECT_GT(turn_of(page.get()).upright, 6.0);
  const PixPtr head(pixRotateOrth(page.get(), 2));
  EXPECT_LT(turn_of(head.get()).upright, -6.0);
}

TEST(PageShape, TinyAndEmptyPicturesAreNoTrouble) {
  for (const int depth : {1, 8, 32}) {
    const PixPtr tiny(pixCreate(1, 1, depth));
    const PixPtr copy = two_level_copy(tiny.get());
    if (!copy) continue;
    EXPECT_FALSE(is_strip(measure_shape(copy.get())));
    EXPECT_GT(measure_turn(copy.get()).beside, 0.5);
  }
}

}  // namespace
}  // namespace emend
