// SPDX-License-Identifier: Apache-2.0
// A page as pixels, between decoder, preparation and recogniser. Only this room knows Leptonica.
#pragma once

#include <leptonica/allheaders.h>

#include <memory>
#include <string>

namespace emend {

struct PixDestroy {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDestroy>;

// As it came out of the file, turned as the file itself says (EXIF, TIFF and PDF rotation).
struct DecodedPage {
  PixPtr pixels;
  int dpi = 0;           // what the file says, or was rendered at; 0 = it does not say
  std::string repaired;  // what was damaged, when the page arrived all the same; else empty
  std::string reduced;   // why it is smaller than asked for; else empty
};

}  // namespace emend
