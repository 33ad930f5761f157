// SPDX-License-Identifier: Apache-2.0
#include "page_worker/number_reader/crop.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/box.h"

namespace emend {

namespace {

constexpr int kMarginPercent = 15;  // of the word's height

// Below this many grey levels between paper and ink a crop is blank; below the other one its
// contrast is not stretched further, so that the grain of paper does not become print.
constexpr float kLeastContrast = 12;
constexpr float kFullContrast = 24;

// 0 where the crop cannot be read.
int scaled_width(std::int64_t width, std::int64_t height) {
  if (width < 1 || height < 1) return 0;
  const std::int64_t scaled =
      kCropWidthMultiple *
      ((kCropHeight * width + kCropWidthMultiple / 2 * height) / (kCropWidthMultiple * height));
  if (scaled > kWidestCrop) return 0;
  return static_cast<int>(std::max<std::int64_t>(scaled, kNarrowestCrop));
}

// What one pixel of the scaled row is made of.
struct Share {
  int first = 0;
  std::vector<double> weights;  // of `first` and those behind it; their sum is 1
};

// The mean of what it covers when it shrinks; between two neighbours when it grows.
Share share_of(int i, int from, int to) {
  const double ratio = static_cast<double>(from) / to;
  if (to > from) {
    const double place = std::clamp((i + 0.5) * ratio - 0.5, 0.0, from - 1.0);
    const int first = std::min(static_cast<int>(place), std::max(from - 2, 0));
    const double second = place - first;
    if (from == 1) return {0, {1.0}};
    return {first, {1 - second, second}};
  }
  const double begin = i * ratio;
  const double end = (i + 1) * ratio;
  Share share{static_cast<int>(begin), {}};
  for (int pixel = share.first; pixel < from && pixel < end; ++pixel) {
    share.weights.push_back((std::min(end, pixel + 1.0) - std::max(begin, double(pixel))) / ratio);
  }
  return share;
}

// Rows of `from` numbers to rows of `to`; the result is transposed, so that two calls scale both
// ways and turn it back.
std::vector<float> scaled_and_turned(const std::vector<float>& rows, int from, int to) {
  const std::size_t row_count = rows.size() / static_cast<std::size_t>(from);
  std::vector<float> turned(row_count * static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const Share share = share_of(i, from, to);
    for (std::size_t row = 0; row < row_count; ++row) {
      const float* pixel = rows.data() + row * static_cast<std::size_t>(from) + share.first;
      double sum = 0;
      for (std::size_t k = 0; k < share.weights.size(); ++k) {
        sum += share.weights[k] * static_cast<double>(pixel[k]);
      }
      turned[static_cast<std::size_t>(i) * row_count + row] = static_cast<float>(sum);
    }
  }
  return turned;
}

}  // namespace

std::optional<GreyCrop> cut_crop(Pix* page, const Box& box) {
  constexpr int kHalf = 50;
  constexpr int kHundred = 100;
  // A box may lie anywhere; sums of its numbers must not leave the range of int.
  constexpr int kFarAway = 1 << 28;
  if (page == nullptr || box.width < 1 || box.height < 1) return std::nullopt;
  if (std::max({std::abs(box.x), std::abs(box.y), box.width, box.height}) > kFarAway) {
    return std::nullopt;
  }
  const int margin =
      static_cast<int>((std::int64_t{kMarginPercent} * box.height + kHalf) / kHundred);
  const int left = std::max(0, box.x - margin);
  const int top = std::max(0, box.y - margin);
  const int width = std::min(pixGetWidth(page), box.x + box.width + margin) - left;
  const int height = std::min(pixGetHeight(page), box.y + box.height + margin) - top;
  if (scaled_width(width, height) == 0) return std::nullopt;
  const PixPtr part = clipped(page, {left, top, width, height});
  const PixPtr grey(part ? pixConvertTo8(part.get(), 0) : nullptr);
  if (!grey) return std::nullopt;
  GreyCrop crop{width, height, {}};
  crop.pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    const l_uint32* row = pixGetData(grey.get()) + std::ptrdiff_t{y} * pixGetWpl(grey.get());
    for (int x = 0; x < width; ++x) {
      crop.pixels.push_back(static_cast<std::uint8_t>(GET_DATA_BYTE(row, x)));
    }
  }
  return crop;
}

std::optional<InkCrop> normalised(const GreyCrop& crop, bool is_stretched) {
  int width = scaled_width(crop.width, crop.height);
  // Times 1.5, to the nearest multiple.
  if (is_stretched) width = kCropWidthMultiple * ((3 * width + 4) / (2 * kCropWidthMultiple));
  const auto count = static_cast<std::size_t>(std::max(crop.width, 0)) *
                     static_cast<std::size_t>(std::max(crop.height, 0));
  if (width == 0 || width > kWidestCrop || crop.pixels.size() != count) return std::nullopt;
  std::vector<float> ink(crop.pixels.begin(), crop.pixels.end());
  ink = scaled_and_turned(ink, crop.width, width);
  ink = scaled_and_turned(ink, crop.height, kCropHeight);
  std::vector<float> sorted = ink;
  const auto percentile = [&](std::size_t percent) {
    const auto at =
        sorted.begin() + static_cast<std::ptrdiff_t>((sorted.size() - 1) * percent / 100);
    std::nth_element(sorted.begin(), at, sorted.end());
    return *at;
  };
  const float dark = percentile(5);
  const float light = percentile(95);
  if (light - dark < kLeastContrast) return std::nullopt;
  const float range = std::max(light - dark, kFullContrast);
  for (float& value : ink) value = std::clamp((light - value) / range, 0.0F, 1.0F);
  return InkCrop{width, std::move(ink)};
}

}  // namespace emend
