// SPDX-License-Identifier: Apache-2.0
// Where a page has ink and no word was read.
#pragma once

#include <vector>

#include "emend/document.h"
#include "page_worker/picture.h"

namespace emend {

// Boxes of what could be words or lines of print, by its height beside the words that were read,
// the largest first and few. Rules, specks and pictures are none. Empty when no word was read, and
// when memory is short.
[[nodiscard]] std::vector<Box> unread_areas(Pix* page, const std::vector<Line>& lines);

}  // namespace emend
