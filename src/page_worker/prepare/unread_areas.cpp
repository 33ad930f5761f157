// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/unread_areas.h"

#include <algorithm>
#include <cstddef>

namespace emend {

namespace {

constexpr std::size_t kMostAreas = 12;

int median_height(const std::vector<Line>& lines) {
  std::vector<int> heights;
  for (const Line& line : lines) {
    for (const Word& word : line.words) heights.push_back(word.box.height);
  }
  if (heights.empty()) return 0;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

PixPtr ink_of(Pix* page) {
  if (pixGetDepth(page) == 1) return PixPtr(pixCopy(nullptr, page));
  constexpr int kTilePixels = 200;
  Pix* two_level = nullptr;
  pixOtsuAdaptiveThreshold(page, kTilePixels, kTilePixels, 0, 0, 0.1F, nullptr, &two_level);
  return PixPtr(two_level);
}

void wipe(Pix* pixels, const Box& box, int margin) {
  (void)pixRasterop(pixels, box.x - margin, box.y - margin, box.width + 2 * margin,
                    box.height + 2 * margin, PIX_CLR, nullptr, 0, 0);
}

// Leaves marks of the size of characters.
void wipe_what_is_no_character(Pix* ink, int height) {
  for (const Box& mark : connected_parts(ink)) {
    const bool is_speck = mark.height * 4 < height && mark.width * 4 < height;
    const bool is_large = mark.height > 3 * height;
    const bool is_rule = mark.width > 8 * mark.height || mark.height > 8 * mark.width;
    if (is_speck || is_large || is_rule) wipe(ink, mark, 0);
  }
}

}  // namespace

std::vector<Box> unread_areas(Pix* page, const std::vector<Line>& lines) {
  const int height = median_height(lines);
  if (height < 4) return {};
  PixPtr ink = ink_of(page);
  if (!ink) return {};
  for (const Line& line : lines) {
    for (const Word& word : line.words) wipe(ink.get(), word.box, std::max(2, height / 5));
  }
  wipe_what_is_no_character(ink.get(), height);
  ink.reset(pixCloseSafeBrick(nullptr, ink.get(), height, std::max(1, height / 4)));
  if (!ink) return {};
  std::vector<Box> areas;
  for (const Box& area : connected_parts(ink.get())) {
    const bool is_print =
        area.height * 2 >= height && area.height <= 3 * height && area.width * 2 >= 3 * area.height;
    if (is_print) areas.push_back(area);
  }
  std::stable_sort(areas.begin(), areas.end(), [](const Box& a, const Box& b) {
    return a.width * a.height > b.width * b.height;
  });
  areas.resize(std::min(areas.size(), kMostAreas));
  return areas;
}

}  // namespace emend
