// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/exif.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

using fixtures::with_orientation;

int orientation_of(const std::string& bytes) {
  return find_exif_orientation({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

TEST(Exif, OrientationIsFoundInBothByteOrders) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    EXPECT_EQ(orientation_of(with_orientation("\xff\xd8\xff\xda", orientation, false)),
              orientation);
    EXPECT_EQ(orientation_of(with_orientation("\xff\xd8\xff\xda", orientation, true)), orientation);
  }
}

TEST(Exif, WithoutAnyThePictureIsAsItIs) {
  EXPECT_EQ(orientation_of(""), 1);
  EXPECT_EQ(orientation_of("\xff\xd8"), 1);
  EXPECT_EQ(orientation_of(std::string("\xff\xd8\xff\xdb\x00\x04..\xff\xda", 10)), 1);
}

TEST(Exif, ImpossibleOrientationsAreIgnored) {
  EXPECT_EQ(orientation_of(with_orientation("\xff\xd8\xff\xda", 0, false)), 1);
  EXPECT_EQ(orientation_of(with_orientation("\xff\xd8\xff\xda", 9, true)), 1);
}

TEST(Exif, SegmentsBeforeItArePassedOver) {
  const std::string before = std::string("\xff\xe0\x00\x06JFIF", 8);
  const std::string jpeg = with_orientation("\xff\xd8\xff\xda", 6, true);
  EXPECT_EQ(orientation_of(jpeg.substr(0, 2) + before + jpeg.substr(2)), 6);
}

TEST(Exif, DamagedAtAnyByteItIsNeverReadOutside) {
  // Under the sanitizers a read outside ends the test.
  const std::string jpeg = with_orientation("\xff\xd8", 6, false);
  for (std::size_t i = 2; i < jpeg.size(); ++i) {
    for (const char value : {'\x00', '\x7f', '\xff'}) {
      std::string damaged = jpeg;
      damaged[i] = value;
      const int orientation = orientation_of(damaged);
      EXPECT_GE(orientation, 1);
      EXPECT_LE(orientation, 8);
    }
    EXPECT_LE(orientation_of(jpeg.substr(0, i)), 8);
  }
}

// Where the dark pixel at the top left of a 3 x 2 picture ends up.
TEST(Exif, TurnsAsTheTagSays) {
  struct Case {
    int orientation;
    int x;
    int y;
    int width;
  };
  const Case cases[] = {{1, 0, 0, 3}, {2, 2, 0, 3}, {3, 2, 1, 3}, {4, 0, 1, 3},
                        {5, 0, 0, 2}, {6, 1, 0, 2}, {7, 1, 2, 2}, {8, 0, 2, 2}};
  for (const Case& expected : cases) {
    PixPtr pix(pixCreate(3, 2, 8));
    pixSetAll(pix.get());
    pixSetPixel(pix.get(), 0, 0, 0);
    pix = oriented(std::move(pix), expected.orientation);
    ASSERT_EQ(pixGetWidth(pix.get()), expected.width) << expected.orientation;
    l_uint32 value = 255;
    pixGetPixel(pix.get(), expected.x, expected.y, &value);
    EXPECT_EQ(value, 0U) << expected.orientation;
  }
}

}  // namespace
}  // namespace emend
