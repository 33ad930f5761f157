// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/page_shape.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

namespace emend {

namespace {

constexpr int kEnoughSide = 3000;  // of the longer side
// Small enough to follow the shadows of a photograph. With one threshold for the whole page, 2 of
// 40 receipts came out black.
constexpr int kTilePixels = 200;

// The median of a measure, each mark counting with the side of a square of its size, so that a
// thousand dots do not outvote the print.
double typical_size(std::vector<Box> marks, int (*measure)(const Box&)) {
  std::sort(marks.begin(), marks.end(),
            [&](const Box& a, const Box& b) { return measure(a) < measure(b); });
  const auto weight = [](const Box& mark) {
    return std::sqrt(static_cast<double>(mark.width) * mark.height);
  };
  double total = 0;
  for (const Box& mark : marks) total += weight(mark);
  double passed = 0;
  for (const Box& mark : marks) {
    passed += weight(mark);
    if (passed >= total / 2) return measure(mark);
  }
  return 0;
}

// Those that may be characters of upright text: no specks, rules, frames or photographs.
std::vector<Box> upright_characters(std::vector<Box> marks, Pix* page) {
  const int page_width = pixGetWidth(page);
  const int page_height = pixGetHeight(page);
  std::erase_if(marks, [&](const Box& mark) {
    const bool is_speck = mark.height < 5 || mark.width < 2;
    const bool is_large = mark.height > page_height / 8 || mark.width > page_width / 4;
    return is_speck || is_large || mark.width > 8 * mark.height;
  });
  return marks;
}

int longer_side(const Box& mark) {
  return std::max(mark.width, mark.height);
}

// Those that may be characters of text that lies in any direction, of about the typical size.
std::vector<Box> characters_any_way(std::vector<Box> marks, Pix* page) {
  const int largest = std::min(pixGetWidth(page), pixGetHeight(page)) / 8;
  std::erase_if(marks, [&](const Box& mark) {
    return longer_side(mark) < 5 || std::min(mark.width, mark.height) < 2 ||
           longer_side(mark) > largest;
  });
  const double typical = typical_size(marks, &longer_side);
  std::erase_if(marks, [&](const Box& mark) {
    return longer_side(mark) < typical / 2 || longer_side(mark) > typical * 2.5;
  });
  return marks;
}

// Which neighbour of a mark is nearer: 1 beside it, -1 above or below it, 0 neither or none.
int nearer_neighbour(const Box& mark, const std::vector<Box>& marks) {
  constexpr int kFar = 1 << 30;
  int beside = kFar;
  int stacked = kFar;
  for (const Box& other : marks) {
    if (&other == &mark) continue;
    const int common_rows =
        std::min(mark.y + mark.height, other.y + other.height) - std::max(mark.y, other.y);
    const int common_columns =
        std::min(mark.x + mark.width, other.x + other.width) - std::max(mark.x, other.x);
    if (common_rows * 2 >= std::min(mark.height, other.height)) {
      beside = std::min(beside, std::max(0, -common_columns));
    }
    if (common_columns * 2 >= std::min(mark.width, other.width)) {
      stacked = std::min(stacked, std::max(0, -common_rows));
    }
  }
  if (std::min(beside, stacked) > 2 * longer_side(mark)) return 0;
  return (beside < stacked ? 1 : 0) - (stacked < beside ? 1 : 0);
}

// Asks a few hundred marks spread over the page; more would not change the answer.
double share_beside(const std::vector<Box>& marks) {
  constexpr std::size_t kAsked = 400;
  int beside = 0;
  int stacked = 0;
  const std::size_t step = std::max<std::size_t>(marks.size() / kAsked, 1);
  for (std::size_t i = 0; i < marks.size(); i += step) {
    const int nearer = nearer_neighbour(marks[i], marks);
    if (nearer > 0) ++beside;
    if (nearer < 0) ++stacked;
  }
  constexpr int kEnough = 20;
  return beside + stacked < kEnough ? 1.0 : static_cast<double>(beside) / (beside + stacked);
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
    while (copy && std::max(pixGetWidth(copy.get()), pixGetHeight(copy.get())) > kEnoughSide) {
      copy.reset(pixScaleAreaMap2(copy.get()));
    }
    Pix* two_level = nullptr;
    if (copy) {
      pixOtsuAdaptiveThreshold(copy.get(), kTilePixels, kTilePixels, 0, 0, 0.1F, nullptr,
                               &two_level);
    }
    copy.reset(two_level);
  }
  while (copy && std::max(pixGetWidth(copy.get()), pixGetHeight(copy.get())) > kEnoughSide) {
    copy.reset(pixReduceRankBinaryCascade(copy.get(), 1, 0, 0, 0));
  }
  return copy;
}

PageShape measure_shape(Pix* two_level) {
  PageShape shape;
  const auto marks = upright_characters(connected_parts(two_level), two_level);
  shape.characters = static_cast<int>(marks.size());
  shape.image_tallness = static_cast<double>(pixGetHeight(two_level)) / pixGetWidth(two_level);
  shape.character_height = typical_size(marks, [](const Box& mark) { return mark.height; });
  std::vector<int> lefts;
  std::vector<int> rights;
  std::vector<int> tops;
  std::vector<int> bottoms;
  for (const Box& mark : marks) {
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
  ApparentTurn turn;
  turn.beside = share_beside(characters_any_way(connected_parts(two_level), two_level));
  l_float32 upright = 0;
  l_float32 left = 0;
  if (pixOrientDetect(two_level, &upright, &left, 0, 0) == 0) {
    turn.upright = upright;
    turn.left = left;
  }
  return turn;
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
