// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/other_picture.h"

namespace emend {

PixPtr even_contrast(Pix* page) {
  constexpr int kTilePixels = 60;     // a few characters of a receipt
  constexpr int kLeastContrast = 40;  // of a tile; what has less is paper
  constexpr int kSmoothing = 2;
  if (pixGetDepth(page) != 8 || pixGetWidth(page) < 2 * kTilePixels ||
      pixGetHeight(page) < 2 * kTilePixels) {
    return nullptr;
  }
  return PixPtr(pixContrastNorm(nullptr, page, kTilePixels, kTilePixels, kLeastContrast, kSmoothing,
                                kSmoothing));
}

PixPtr scaled_part(Pix* page, const Box& part, float factor) {
  const PixPtr clip = clipped(page, part);
  if (!clip) return nullptr;
  const PixPtr grey(pixConvertTo8(clip.get(), 0));
  return grey ? PixPtr(pixScale(grey.get(), factor, factor)) : nullptr;
}

void whiten(Pix* grey, const std::vector<Box>& boxes) {
  for (const Box& box : boxes) {
    (void)pixRasterop(grey, box.x, box.y, box.width, box.height, PIX_SET, nullptr, 0, 0);
  }
}

}  // namespace emend
