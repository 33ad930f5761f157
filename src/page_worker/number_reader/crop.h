// SPDX-License-Identifier: Apache-2.0
// A word cut out of its page, as the network of the number reader was taught to see it.
//
// The same arithmetic is in the training (training/reader), and a test holds both to the same
// numbers. What it does: the word's box with 15 % of its height more on each side; 32 pixels high,
// the width in proportion; ink 1 and paper 0 by the crop's own lightest and darkest pixels.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "emend/document.h"
#include "page_worker/picture.h"

namespace emend {

inline constexpr int kCropHeight = 32;        // pixels that the network sees
inline constexpr int kNarrowestCrop = 16;     // after scaling
inline constexpr int kWidestCrop = 2048;      // what is wider is no number and costs memory
inline constexpr int kCropWidthMultiple = 4;  // the network's stride

// Grey pixels, 0 = black, row by row.
struct GreyCrop {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

// What the network takes: kCropHeight rows of `width` numbers, 0 = paper to 1 = ink.
struct InkCrop {
  int width = 0;
  std::vector<float> ink;
};

// The box and its margin, as far as it lies on the page; nothing where none of it does, where it
// would be wider than kWidestCrop, or where memory does not suffice. `page` has any depth.
[[nodiscard]] std::optional<GreyCrop> cut_crop(Pix* page, const Box& box);

// Nothing where there is nothing to read: no pixels, hardly any contrast, or too wide. A stretched
// crop is half as wide again as its proportions are: narrow print then has columns enough to keep
// doubled digits apart.
[[nodiscard]] std::optional<InkCrop> normalised(const GreyCrop& crop, bool is_stretched = false);

}  // namespace emend
