// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/dark_areas.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace emend {

namespace {

// Looked for in a small copy, where a page of A4 has some hundred pixels to the inch and a letter
// of eight points is eight pixels high. All sizes below are in its pixels.
constexpr int kSmallSide = 1300;
constexpr int kDark = 128;
constexpr int kBlack = 60;  // a scanner's lid; shadows on photographs are lighter, and hold print

struct PixaDestroy {
  void operator()(Pixa* pixa) const { pixaDestroy(&pixa); }
};
// What is darker than `limit`, as one bit, and by how much it is smaller than the page.
struct SmallCopy {
  PixPtr pixels;
  int factor = 1;
};

SmallCopy small_copy(Pix* page, int limit) {
  SmallCopy copy{PixPtr(pixClone(page)), 1};
  const auto is_large = [&copy] {
    return std::max(pixGetWidth(copy.pixels.get()), pixGetHeight(copy.pixels.get())) > kSmallSide;
  };
  if (pixGetDepth(page) == 1) {
    for (; copy.pixels && is_large(); copy.factor *= 2) {
      copy.pixels.reset(pixReduceRankBinaryCascade(copy.pixels.get(), 2, 0, 0, 0));
    }
    return copy;
  }
  for (; copy.pixels && is_large(); copy.factor *= 2) {
    copy.pixels.reset(pixScaleAreaMap2(copy.pixels.get()));
  }
  if (copy.pixels) copy.pixels.reset(pixThresholdToBinary(copy.pixels.get(), limit));
  return copy;
}

struct Part {
  Box box;
  PixPtr pixels;
};

// What hangs together, each by itself.
std::vector<Part> parts_of(Pix* two_level) {
  Pixa* found = nullptr;
  const BoxaPtr boxes(pixConnComp(two_level, &found, 8));
  const std::unique_ptr<Pixa, PixaDestroy> pictures(found);
  std::vector<Part> parts;
  for (const Box& box : pictures ? boxes_in(boxes.get()) : std::vector<Box>()) {
    const auto at = static_cast<int>(parts.size());
    parts.push_back({box, PixPtr(pixaGetPix(pictures.get(), at, L_CLONE))});
  }
  return parts;
}

double dark_share(Pix* dark, const Box& r, l_int32* pixels = nullptr) {
  const PixPtr part = clipped(dark, r);
  l_int32 count = 0;
  if (part) (void)pixCountPixels(part.get(), &count, nullptr);
  if (pixels != nullptr) *pixels = count;
  return static_cast<double>(count) / std::max(1.0, static_cast<double>(r.width) * r.height);
}

// A label or the head of a table is dark along its edges; a round logo or a large letter is not.
bool has_dark_edges(Pix* dark, const Box& r) {
  constexpr double kMostly = 0.8;
  constexpr int kEdge = 3;
  if (r.width <= 2 * kEdge || r.height <= 2 * kEdge) return false;
  const Box inner{r.x + kEdge, r.y + kEdge, r.width - 2 * kEdge, r.height - 2 * kEdge};
  l_int32 all = 0;
  l_int32 within = 0;
  (void)dark_share(dark, r, &all);
  (void)dark_share(dark, inner, &within);
  const double edge =
      static_cast<double>(r.width) * r.height - static_cast<double>(inner.width) * inner.height;
  return all - within > kMostly * edge;
}

// Whether a dark rectangle is a bar, as heads of tables are and logos are not, and what is light in
// it looks like letters and words: most of it in marks that are lower than the rectangle, not much
// higher than wide, and no specks.
bool holds_light_print(Pix* dark, const Box& r) {
  constexpr double kLeastDark = 0.5;
  constexpr double kMostDark = 0.98;
  constexpr double kMostlyLetters = 0.6;
  constexpr int kLeastLetter = 5;
  constexpr int kTallestLetter = 60;
  constexpr int kFewestLetters = 4;
  constexpr int kLeastWidth = 3;  // heights
  if (r.width < kLeastWidth * r.height) return false;
  const PixPtr part = clipped(dark, r);
  if (!part) return false;
  const double share = dark_share(dark, r);
  if (share < kLeastDark || share > kMostDark || !has_dark_edges(dark, r)) return false;
  const PixPtr light(pixInvert(nullptr, part.get()));
  if (!light) return false;
  std::int64_t all = 0;
  std::int64_t letters = 0;
  int count = 0;
  for (const auto& [mark, shape] : parts_of(light.get())) {
    l_int32 pixels = 0;
    (void)pixCountPixels(shape.get(), &pixels, nullptr);
    all += pixels;
    const bool is_letter = mark.height >= kLeastLetter && mark.height <= kTallestLetter &&
                           mark.height * 10 < r.height * 9 && mark.height < 8 * mark.width &&
                           mark.width < 12 * mark.height;
    if (!is_letter) continue;
    letters += pixels;
    ++count;
  }
  return count >= kFewestLetters && static_cast<double>(letters) > kMostlyLetters * static_cast<double>(all);
}

// Where dark ground may be with print on it: bands of solid ground at least `band` wide, with at most
// the height of a line of print between two of them.
std::vector<Box> dark_grounds(Pix* dark, int band) {
  constexpr int kBandHeight = 2;
  constexpr int kPrintHeight = 25;
  constexpr int kLeastHeight = 9;
  PixPtr areas(pixOpenBrick(nullptr, dark, band, kBandHeight));
  if (areas) areas.reset(pixCloseSafeBrick(nullptr, areas.get(), 1, kPrintHeight));
  if (!areas) return {};
  std::vector<Box> grounds = connected_parts(areas.get());
  std::erase_if(grounds, [](const Box& area) { return area.height < kLeastHeight; });
  return grounds;
}

Box on_page(const Box& r, int factor, Pix* page) {
  const int x = r.x * factor;
  const int y = r.y * factor;
  return {x, y, std::min(r.width * factor, pixGetWidth(page) - x),
          std::min(r.height * factor, pixGetHeight(page) - y)};
}

}  // namespace

PixPtr with_light_print_inverted(Pix* page) {
  constexpr int kOfABar = 40;
  const SmallCopy dark = small_copy(page, kDark);
  if (!dark.pixels) return nullptr;
  PixPtr result;
  for (const Box& area : dark_grounds(dark.pixels.get(), kOfABar)) {
    if (!holds_light_print(dark.pixels.get(), area)) continue;
    if (!result) result.reset(pixCopy(nullptr, page));
    if (!result) return nullptr;
    const Box r = on_page(area, dark.factor, page);
    (void)pixRasterop(result.get(), r.x, r.y, r.width, r.height, PIX_NOT(PIX_DST), nullptr, 0, 0);
  }
  return result;
}

bool has_dark_ground(Pix* page) {
  constexpr int kOfAShortWord = 20;
  constexpr double kMostly = 0.5;
  const SmallCopy dark = small_copy(page, kDark);
  if (!dark.pixels) return true;
  const std::vector<Box> grounds = dark_grounds(dark.pixels.get(), kOfAShortWord);
  return std::any_of(grounds.begin(), grounds.end(), [&dark](const Box& area) {
    return dark_share(dark.pixels.get(), area) > kMostly;
  });
}

PixPtr without_black_border(Pix* page) {
  constexpr int kThick = 10;
  const SmallCopy black = small_copy(page, kBlack);
  if (!black.pixels) return nullptr;
  const int width = pixGetWidth(black.pixels.get());
  const int height = pixGetHeight(black.pixels.get());
  PixPtr areas(pixOpenBrick(nullptr, black.pixels.get(), kThick, kThick));
  if (!areas) return nullptr;
  // More than that is no border but a page of light print on black.
  const std::int64_t most = std::int64_t{width} * height / 3;
  PixPtr border(pixCreate(width, height, 1));
  if (!border) return nullptr;
  for (const auto& [r, part] : parts_of(areas.get())) {
    const bool is_at_edge =
        r.x <= 1 || r.y <= 1 || r.x + r.width >= width - 1 || r.y + r.height >= height - 1;
    if (!is_at_edge || holds_light_print(black.pixels.get(), r)) continue;
    (void)pixRasterop(border.get(), r.x, r.y, r.width, r.height, PIX_PAINT, part.get(), 0, 0);
  }
  l_int32 pixels = 0;
  (void)pixCountPixels(border.get(), &pixels, nullptr);
  if (pixels == 0 || pixels > most) return nullptr;
  border.reset(pixDilateBrick(nullptr, border.get(), 5, 5));
  if (border && black.factor > 1) {
    border.reset(pixExpandBinaryPower2(border.get(), black.factor));
  }
  PixPtr result(pixCopy(nullptr, page));
  if (!border || !result) return nullptr;
  const l_uint32 white = pixGetDepth(page) == 1 ? 0 : 255;
  (void)pixSetMasked(result.get(), border.get(), white);
  return result;
}

}  // namespace emend
