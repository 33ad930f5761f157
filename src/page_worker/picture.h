// SPDX-License-Identifier: Apache-2.0
// A page as pixels, between decoder, preparation and recogniser. Only this room knows Leptonica.
#pragma once

#include <leptonica/allheaders.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "emend/document.h"

namespace emend {

struct PixDestroy {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDestroy>;

struct BoxaDestroy {
  void operator()(Boxa* boxes) const { boxaDestroy(&boxes); }
};
using BoxaPtr = std::unique_ptr<Boxa, BoxaDestroy>;

struct NumaDestroy {
  void operator()(Numa* values) const { numaDestroy(&values); }
};
using NumaPtr = std::unique_ptr<Numa, NumaDestroy>;

[[nodiscard]] std::vector<Box> boxes_in(Boxa* boxes);  // none for null

// What lies in `part` of a picture. Null when that is nothing, or memory is short.
[[nodiscard]] PixPtr clipped(Pix* pixels, const Box& part);

// The boxes of what hangs together, by sides and corners, in a page of one bit. None when memory is
// short.
[[nodiscard]] std::vector<Box> connected_parts(Pix* two_level);

// The receipts of the development set are, at 60 to 100 dpi, and a page at 200 dpi is not.
[[nodiscard]] bool is_small_picture(Pix* page);

// As it came out of the file, turned as the file itself says (EXIF, TIFF and PDF rotation).
struct DecodedPage {
  PixPtr pixels;
  int dpi = 0;           // what the file says, or was rendered at; 0 = it does not say
  std::string repaired;  // what was damaged, when the page arrived all the same; else empty
  std::string reduced;   // why it is smaller than asked for; else empty
};

}  // namespace emend
