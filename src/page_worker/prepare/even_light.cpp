// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/even_light.h"

namespace emend {

namespace {

// The paper is measured in tiles of some characters; darker than kInk is no paper.
constexpr int kTileWidth = 20;
constexpr int kTileHeight = 30;
constexpr int kInk = 50;
constexpr int kLeastPaper = kTileWidth * kTileHeight / 4;  // pixels of a tile

// The grey value that this share of the tiles is below.
float rank(Numa* histogram, float share) {
  l_float32 value = 0;
  return numaHistogramGetValFromRank(histogram, share, &value) == 0 ? value : 0;
}

// Judged by tenths from each end, so that pictures on the page count little.
bool is_uneven(Pix* paper) {
  constexpr float kFew = 0.1F;
  constexpr float kUneven = 0.75F;
  const NumaPtr histogram(pixGetGrayHistogram(paper, 1));
  if (!histogram) return false;
  return rank(histogram.get(), kFew) < kUneven * rank(histogram.get(), 1 - kFew);
}

}  // namespace

PixPtr with_even_light(Pix* page) {
  constexpr int kSmoothing = 2;  // tiles to each side
  constexpr int kPaper = 230;    // afterwards
  if (pixGetDepth(page) != 8 || pixGetWidth(page) < 10 * kTileWidth ||
      pixGetHeight(page) < 10 * kTileHeight) {
    return nullptr;
  }
  Pix* measured = nullptr;
  (void)pixGetBackgroundGrayMap(page, nullptr, kTileWidth, kTileHeight, kInk, kLeastPaper, &measured);
  const PixPtr paper(measured);
  if (!paper || !is_uneven(paper.get())) return nullptr;
  const PixPtr inverse(pixGetInvBackgroundMap(paper.get(), kPaper, kSmoothing, kSmoothing));
  if (!inverse) return nullptr;
  return PixPtr(pixApplyInvBackgroundGrayMap(page, inverse.get(), kTileWidth, kTileHeight));
}

}  // namespace emend
