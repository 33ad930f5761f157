// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/one_colour.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

// Of `depth` bits, all of them `value`; odd sizes, so that rows end within a word.
PixPtr filled(int depth, l_uint32 value, int width = 37, int height = 21) {
  PixPtr pixels(pixCreate(width, height, depth));
  pixSetAllArbitrary(pixels.get(), value);
  return pixels;
}

TEST(OneColour, IsSeenAtEveryDepth) {
  for (const int depth : {1, 2, 4, 8, 16, 32}) {
    EXPECT_TRUE(is_one_colour(filled(depth, 0).get())) << depth;
    EXPECT_TRUE(is_one_colour(filled(depth, 1).get())) << depth;
  }
  EXPECT_TRUE(is_one_colour(filled(32, 0xa0b0c000).get()));
}

TEST(OneColour, OnePixelAnywhereIsSomething) {
  for (const int depth : {1, 8, 32}) {
    for (const auto& [x, y] : {std::pair{0, 0}, {36, 0}, {0, 20}, {36, 20}, {31, 10}, {32, 10}}) {
      const PixPtr pixels = filled(depth, 0);
      pixSetPixel(pixels.get(), x, y, 1);
      EXPECT_FALSE(is_one_colour(pixels.get())) << depth << " bits at " << x << ", " << y;
    }
  }
}

TEST(OneColour, WhatThePaddingHoldsDoesNotCount) {
  const PixPtr pixels = filled(1, 0, 37, 3);
  pixGetData(pixels.get())[3] |= 1;  // the last bit of the second row's second word
  EXPECT_TRUE(is_one_colour(pixels.get()));
}

TEST(OneColour, ASinglePixelIsOneColour) {
  EXPECT_TRUE(is_one_colour(filled(8, 7, 1, 1).get()));
}

}  // namespace
}  // namespace emend
