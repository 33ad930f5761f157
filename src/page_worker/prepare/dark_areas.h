// SPDX-License-Identifier: Apache-2.0
// Dark areas of a page: light print on a dark ground, as heads of tables have it, and the black
// borders that scanners leave around the paper.
#pragma once

#include "page_worker/picture.h"

namespace emend {

// The page (grey or of one bit) with light print on dark ground turned into dark print on light
// ground. Null when there is none, or when memory is short.
[[nodiscard]] PixPtr with_light_print_inverted(Pix* page);

// Whether there is dark ground on which light print may stand, be it a short word. True when memory
// is short.
[[nodiscard]] bool has_dark_ground(Pix* page);

// The page with what is black from its edge inwards made white. Null when there is nothing of the
// kind, or when memory is short.
[[nodiscard]] PixPtr without_black_border(Pix* page);

}  // namespace emend
