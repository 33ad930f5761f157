// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/steps.h"

#include <gtest/gtest.h>

#include "page_worker/prepare/other_picture.h"
#include "page_worker/step_names.h"
#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

Result<PreparedPage> prepared(PixPtr pixels, int dpi = 0, const ReadOptions& options = {}) {
  Orientation orientation;
  return prepare({.pixels = std::move(pixels), .dpi = dpi}, options, orientation);
}

l_uint32 first_pixel(const PreparedPage& page) {
  l_uint32 value = 0;
  pixGetPixel(page.pixels.get(), 0, 0, &value);
  return value;
}

TEST(Steps, MakeEveryDepthGreyButOneBit) {
  for (const int depth : {2, 4, 8, 16, 32}) {
    const auto page = prepared(PixPtr(pixCreate(40, 30, depth)));
    ASSERT_TRUE(page);
    EXPECT_EQ(pixGetDepth(page->pixels.get()), 8) << depth;
  }
  EXPECT_EQ(pixGetDepth(prepared(PixPtr(pixCreate(40, 30, 1)))->pixels.get()), 1);
}

TEST(Steps, WhatIsTransparentBecomesPaper) {
  PixPtr pixels(pixCreate(40, 30, 32));
  pixSetSpp(pixels.get(), 4);  // all zero: black, and wholly transparent
  const auto page = prepared(std::move(pixels));
  ASSERT_TRUE(page);
  EXPECT_EQ(first_pixel(*page), 255U);
}

TEST(Steps, ColourMapsAreResolved) {
  PixPtr pixels(pixCreate(40, 30, 8));
  PixColormap* colours = pixcmapCreate(8);
  pixcmapAddColor(colours, 255, 255, 255);  // index 0, which is black in plain grey
  pixSetColormap(pixels.get(), colours);
  const auto page = prepared(std::move(pixels));
  ASSERT_TRUE(page);
  EXPECT_EQ(pixGetColormap(page->pixels.get()), nullptr);
  EXPECT_EQ(first_pixel(*page), 255U);
}

TEST(Steps, DeclareTheResolutionOfTheFileOnlyWhenItCanBeTrue) {
  const auto declared = [](int dpi) { return prepared(PixPtr(pixCreate(40, 30, 8)), dpi)->dpi; };
  EXPECT_EQ(declared(400), 400);
  EXPECT_EQ(declared(200), 200);
  EXPECT_EQ(declared(0), 300);
  EXPECT_EQ(declared(72), 300);
  EXPECT_EQ(declared(150), 300);
  EXPECT_EQ(declared(100'000), 300);
}

TEST(Steps, ChooseTheSegmentationByTheLookOfThePage) {
  EXPECT_EQ(prepared(fixtures::receipt_page())->segmentation, Segmentation::single_block);
  EXPECT_EQ(prepared(fixtures::letter_page())->segmentation, Segmentation::automatic);
  ReadOptions options;
  options.segmentation = Segmentation::sparse;
  EXPECT_EQ(prepared(fixtures::receipt_page(), 0, options)->segmentation, Segmentation::sparse);
}

TEST(Steps, CanBeLeftOut) {
  ReadOptions options;
  options.skip_steps = {"grey", "resolution", "segmentation"};
  const auto page = prepared(PixPtr(pixConvertTo32(fixtures::receipt_page().get())), 400, options);
  ASSERT_TRUE(page);
  EXPECT_EQ(pixGetDepth(page->pixels.get()), 32);
  EXPECT_EQ(page->dpi, 300);
  EXPECT_EQ(page->segmentation, Segmentation::automatic);
}

TEST(Steps, UnknownNamesAreRefused) {
  ReadOptions options;
  options.skip_steps = {"gray"};
  ASSERT_FALSE(check_skipped_steps(options));
  EXPECT_EQ(check_skipped_steps(options).error().code, ErrorCode::invalid_argument);
  options.skip_steps.assign(kStepNames.begin(), kStepNames.end());
  EXPECT_TRUE(check_skipped_steps(options));
}

TEST(Steps, TurningChoosesTheSegmentationAnew) {
  const PixPtr receipt = fixtures::receipt_page();
  ReadOptions options;
  options.turn_upright = false;
  const auto side = prepared(PixPtr(pixRotateOrth(receipt.get(), 1)), 0, options);
  ASSERT_TRUE(side);
  EXPECT_EQ(side->rotation, 0);
  const auto upright = turned(*side, 270, options);
  ASSERT_TRUE(upright);
  EXPECT_EQ(upright->rotation, 270);
  EXPECT_EQ(upright->segmentation, Segmentation::single_block);
  EXPECT_EQ(pixGetWidth(upright->pixels.get()), pixGetWidth(receipt.get()));
}

TEST(OtherPicture, IsWhiteInTheBoxesAndNowhereElse) {
  const PixPtr grey(pixCreate(40, 30, 8));
  whiten(grey.get(), {{10, 5, 4, 3}, {38, 28, 10, 10}, {50, 50, 5, 5}});  // the last two reach out
  int white = 0;
  for (int y = 0; y < 30; ++y) {
    for (int x = 0; x < 40; ++x) {
      l_uint32 value = 0;
      pixGetPixel(grey.get(), x, y, &value);
      const bool is_inside = (x >= 10 && x < 14 && y >= 5 && y < 8) || (x >= 38 && y >= 28);
      EXPECT_EQ(value, is_inside ? 255U : 0U) << x << ' ' << y;
      white += is_inside ? 1 : 0;
    }
  }
  EXPECT_EQ(white, 16);
}

}  // namespace
}  // namespace emend
