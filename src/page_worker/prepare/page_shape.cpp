// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/page_shape.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

namespace emend {

namespace {

constexpr int kEnoughWidth = 2000;
// Small enough to follow the shadows of a photograph. With one threshold for the whole page, 2 of
// 40 receipts came out black.
constexpr int kTilePixels = 200;

struct BoxaDestroy {
  void operator()(Boxa* boxes) const { boxaDestroy(&boxes); }
};

struct Mark {
  int x, y, width, height;
};

// The connected marks that may be characters: no specks, rules, frames or photographs.
std::vector<Mark> find_marks(Pix* two_level) {
  const int page_width = pixGetWidth(two_level);
  const int page_height = pixGetHeight(two_level);
  const std::unique_ptr<Boxa, BoxaDestroy> boxes(pixConnCompBB(two_level, 8));
  std::vector<Mark> marks;
  const int count = boxes ? boxaGetCount(boxes.get()) : 0;
  for (int i = 0; i < count; ++i) {
    Mark mark{};
    boxaGetBoxGeometry(boxes.get(), i, &mark.x, &mark.y, &mark.width, &mark.height);
    const bool is_speck = mark.height < 5 || mark.width < 2;
    const bool is_large = mark.height > page_height / 8 || mark.width > page_width / 4;
    if (!is_speck && !is_large && mark.width <= 8 * mark.height) marks.push_back(mark);
  }
  return marks;
}

// The median, each mark counting with the side of a square of its size, so that a thousand dots do
// not outvote the print.
double typical_height(std::vector<Mark> marks) {
  std::sort(marks.begin(), marks.end(),
            [](const Mark& a, const Mark& b) { return a.height < b.height; });
  const auto weight = [](const Mark& mark) {
    return std::sqrt(static_cast<double>(mark.width) * mark.height);
  };
  double total = 0;
  for (const Mark& mark : marks) total += weight(mark);
  double passed = 0;
  for (const Mark& mark : marks) {
    passed += weight(mark);
    if (passed >= total / 2) return mark.height;
  }
  return 0;
}

// From the 2nd to the 98th of a hundred values, so that a speck at the edge does not count.
std::pair<int, int> span_of(std::vector<int> starts, std::vector<int> ends) {
  std::sort(starts.begin(), starts.end());
  std::sort(ends.begin(), ends.end());
  const std::size_t outside = starts.size() / 50;
  return {starts[outside], ends[ends.size() - 1 - outside]};
}

}  // namespace

PixPtr two_level_copy(Pix* page) {
  PixPtr copy(pixClone(page));
  if (pixGetDepth(page) != 1) {
    copy.reset(pixConvertTo8(page, 0));
    while (copy && pixGetWidth(copy.get()) > kEnoughWidth) {
      copy.reset(pixScaleAreaMap2(copy.get()));
    }
    Pix* two_level = nullptr;
    if (copy) {
      pixOtsuAdaptiveThreshold(copy.get(), kTilePixels, kTilePixels, 0, 0, 0.1F, nullptr,
                               &two_level);
    }
    copy.reset(two_level);
  }
  while (copy && pixGetWidth(copy.get()) > kEnoughWidth) {
    copy.reset(pixReduceRankBinaryCascade(copy.get(), 1, 0, 0, 0));
  }
  return copy;
}

PageShape measure_shape(Pix* two_level) {
  PageShape shape;
  const auto marks = find_marks(two_level);
  shape.characters = static_cast<int>(marks.size());
  shape.image_tallness = static_cast<double>(pixGetHeight(two_level)) / pixGetWidth(two_level);
  shape.character_height = typical_height(marks);
  std::vector<int> lefts;
  std::vector<int> rights;
  std::vector<int> tops;
  std::vector<int> bottoms;
  for (const Mark& mark : marks) {
    if (mark.height < shape.character_height / 2 || mark.height > shape.character_height * 2.5) {
      continue;
    }
    lefts.push_back(mark.x);
    rights.push_back(mark.x + mark.width);
    tops.push_back(mark.y);
    bottoms.push_back(mark.y + mark.height);
  }
  if (lefts.empty()) return shape;
  const auto [left, right] = span_of(std::move(lefts), std::move(rights));
  const auto [top, bottom] = span_of(std::move(tops), std::move(bottoms));
  const double width = std::max(right - left, 1);
  shape.print_width = width / shape.character_height;
  shape.print_share = width / pixGetWidth(two_level);
  shape.print_tallness = std::max(bottom - top, 1) / width;
  return shape;
}

ApparentTurn measure_turn(Pix* two_level) {
  l_float32 upright = 0;
  l_float32 left = 0;
  if (pixOrientDetect(two_level, &upright, &left, 0, 0) != 0) return {};
  return {upright, left};
}

// Fitted on 40 receipts, 40 letters, 40 report pages and 40 invoices on A4. Print of receipts was
// 22 to 42 character heights wide (three bad ones 48 to 61), of letters and invoices 51 to 106, of
// reports 46 and more but for two title pages (27 and 36), which the shape of the paper tells
// apart: no usual sheet is taller than 1.65 times its width (US legal).
bool is_strip(const PageShape& shape) {
  constexpr int kEnoughCharacters = 20;
  if (shape.characters < kEnoughCharacters) return false;
  if (shape.image_tallness >= 1.75) return shape.print_width <= 50;
  if (shape.image_tallness >= 1.5) return shape.print_width <= 44;
  // A receipt on the glass of a scanner that takes whole sheets.
  return shape.print_width <= 44 && shape.print_share <= 0.45 && shape.print_tallness >= 1.5;
}

}  // namespace emend
