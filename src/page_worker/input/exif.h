// SPDX-License-Identifier: Apache-2.0
// Which way up a photograph is. Leptonica drops what the camera wrote about it.
#pragma once

#include <cstdint>
#include <span>

#include "page_worker/picture.h"

namespace emend {

// The orientation tag of a JPEG, 1..8; 1 (as it is) when there is none or it cannot be understood.
[[nodiscard]] int find_exif_orientation(std::span<const std::uint8_t> jpeg);

// Quarter turns clockwise, and whether the image is mirrored after that, left to right.
struct ExifTurn {
  int quarters = 0;
  bool is_mirrored = false;
};
[[nodiscard]] ExifTurn exif_turn(int orientation);

// `pix` as its orientation tag says it should be seen.
[[nodiscard]] PixPtr oriented(PixPtr pix, int orientation);

}  // namespace emend
