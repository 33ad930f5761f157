// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/one_colour.h"

#include <cstring>

namespace emend {

namespace {

l_uint32 pixel_at(Pix* pixels, int x, int y) {
  l_uint32 value = 0;
  pixGetPixel(pixels, x, y, &value);
  return value;
}

}  // namespace

bool is_one_colour(Pix* pixels) {
  const int width = pixGetWidth(pixels);
  const int height = pixGetHeight(pixels);
  const l_uint32 colour = pixel_at(pixels, 0, 0);
  for (int x = 1; x < width; ++x) {
    if (pixel_at(pixels, x, 0) != colour) return false;
  }
  // Each row against the first, as words; the last word may be partly padding, whose bits may be
  // anything, so what lies in it is looked at pixel by pixel.
  const int words = pixGetWpl(pixels);
  const int depth = pixGetDepth(pixels);
  const int whole_words = width * depth / 32;
  const l_uint32* first = pixGetData(pixels);
  for (int y = 1; y < height; ++y) {
    const l_uint32* row = first + static_cast<std::size_t>(words) * static_cast<std::size_t>(y);
    if (std::memcmp(row, first, static_cast<std::size_t>(whole_words) * 4) != 0) return false;
    for (int x = whole_words * 32 / depth; x < width; ++x) {
      if (pixel_at(pixels, x, y) != colour) return false;
    }
  }
  return true;
}

}  // namespace emend
