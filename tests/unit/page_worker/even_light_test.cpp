// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/even_light.h"

#include <gtest/gtest.h>

#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

constexpr int kWidth = 800;
constexpr int kHeight = 1200;

// Paper whose light falls from `light` at the left to `dark` at the right, with marks of a fifth of
// its light.
PixPtr sheet(double light, double dark) {
  PixPtr pixels(pixCreate(kWidth, kHeight, 8));
  for (int x = 0; x < kWidth; ++x) {
    const double paper = light + (dark - light) * x / kWidth;
    for (int y = 0; y < kHeight; ++y) {
      const bool is_mark = x % 40 < 8 && y % 50 < 20;
      pixSetPixel(pixels.get(), x, y, static_cast<l_uint32>(is_mark ? paper / 5 : paper));
    }
  }
  return pixels;
}

l_uint32 at(const PixPtr& pixels, int x, int y) {
  l_uint32 value = 0;
  pixGetPixel(pixels.get(), x, y, &value);
  return value;
}

TEST(EvenLight, MakesPaperEquallyLightAndKeepsThePrint) {
  const PixPtr page = sheet(250, 110);
  const PixPtr even = with_even_light(page.get());
  ASSERT_TRUE(even);
  for (const int x : {60, 420, 740}) {
    EXPECT_NEAR(at(even, x / 40 * 40 + 24, 605), 230, 25) << x;  // paper
    EXPECT_LT(at(even, x / 40 * 40 + 4, 605), 90U) << x;  // print
  }
}

TEST(EvenLight, LeavesAPageThatHasIt) {
  EXPECT_FALSE(with_even_light(sheet(250, 215).get()));
  EXPECT_FALSE(with_even_light(fixtures::letter_page().get()));
}

TEST(EvenLight, IsNoMatterOfOneBitNorOfTinyPictures) {
  const PixPtr one_bit(pixConvertTo1(sheet(250, 110).get(), 128));
  EXPECT_FALSE(with_even_light(one_bit.get()));
  const PixPtr tiny(pixCreate(50, 50, 8));
  EXPECT_FALSE(with_even_light(tiny.get()));
}

}  // namespace
}  // namespace emend
