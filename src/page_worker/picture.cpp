// SPDX-License-Identifier: Apache-2.0
#include "page_worker/picture.h"

namespace emend {

PixPtr clipped(Pix* pixels, const Box& part) {
  ::Box* box = boxCreateValid(part.x, part.y, part.width, part.height);
  PixPtr clip(box == nullptr ? nullptr : pixClipRectangle(pixels, box, nullptr));
  boxDestroy(&box);
  return clip;
}

std::vector<Box> boxes_in(Boxa* boxes) {
  std::vector<Box> all(boxes == nullptr ? 0 : static_cast<std::size_t>(boxaGetCount(boxes)));
  for (std::size_t i = 0; i < all.size(); ++i) {
    Box& box = all[i];
    (void)boxaGetBoxGeometry(boxes, static_cast<int>(i), &box.x, &box.y, &box.width, &box.height);
  }
  return all;
}

std::vector<Box> connected_parts(Pix* two_level) {
  return boxes_in(BoxaPtr(pixConnCompBB(two_level, 8)).get());
}

bool is_small_picture(Pix* page) {
  constexpr std::int64_t kSmall = 3'000'000;  // pixels
  return std::int64_t{pixGetWidth(page)} * pixGetHeight(page) < kSmall;
}

}  // namespace emend
