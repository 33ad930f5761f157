// SPDX-License-Identifier: Apache-2.0
// The part of a page that is to be read (ReadOptions::area).
#pragma once

#include "emend/document.h"
#include "emend/error.h"
#include "emend/options.h"
#include "page_worker/picture.h"

namespace emend {

// `area` in pixels of a page so large. Fails with invalid_argument when it is not on the page.
[[nodiscard]] Result<Box> box_of(const Area& area, int width, int height);

// Paints everything around the box white, so that all coordinates stay those of the page. Fails
// with limit_exceeded when memory is short.
[[nodiscard]] Result<PixPtr> only(Pix* pixels, const Box& box);

// Whether the middle of `inner` is in `box`.
[[nodiscard]] bool holds(const Box& box, const Box& inner);

}  // namespace emend
