// SPDX-License-Identifier: Apache-2.0
// How boxes on a page lie to each other.
#pragma once

#include <algorithm>

#include "emend/document.h"

namespace emend {

// The smallest box that holds both; an empty box does not count.
[[nodiscard]] inline Box union_of(const Box& a, const Box& b) {
  if (a.width <= 0 || a.height <= 0) return b;
  if (b.width <= 0 || b.height <= 0) return a;
  const int left = std::min(a.x, b.x);
  const int top = std::min(a.y, b.y);
  return {left, top, std::max(a.x + a.width, b.x + b.width) - left,
          std::max(a.y + a.height, b.y + b.height) - top};
}

// The first pixel beside it.
[[nodiscard]] inline int right_of(const Box& box) {
  return box.x + box.width;
}

// The pixels of width, or of height, that both boxes span; negative where there is a gap.
[[nodiscard]] inline int common_width(const Box& a, const Box& b) {
  return std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
}
[[nodiscard]] inline int common_height(const Box& a, const Box& b) {
  return std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
}

// On one line: at least half of the lower box is beside the other.
[[nodiscard]] inline bool is_level_with(const Box& a, const Box& b) {
  const int height = common_height(a, b);
  return height > 0 && 2 * height >= std::min(a.height, b.height);
}

}  // namespace emend
