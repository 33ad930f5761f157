// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/other_picture.h"

namespace emend {

namespace {

struct BoxDestroy {
  void operator()(::Box* box) const { boxDestroy(&box); }
};
using BoxPtr = std::unique_ptr<::Box, BoxDestroy>;

// Null for an empty one.
BoxPtr leptonica_box(const Box& box) {
  return BoxPtr(boxCreateValid(box.x, box.y, box.width, box.height));
}

}  // namespace

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
  const BoxPtr box = leptonica_box(part);
  if (!box) return nullptr;
  const PixPtr clipped(pixClipRectangle(page, box.get(), nullptr));
  if (!clipped) return nullptr;
  const PixPtr grey(pixConvertTo8(clipped.get(), 0));
  return grey ? PixPtr(pixScale(grey.get(), factor, factor)) : nullptr;
}

void whiten(Pix* grey, const std::vector<Box>& boxes) {
  constexpr l_uint32 kWhite = 255;
  for (const Box& box : boxes) {
    const BoxPtr inside = leptonica_box(box);
    if (inside) pixSetInRectArbitrary(grey, inside.get(), kWhite);
  }
}

}  // namespace emend
