// SPDX-License-Identifier: Apache-2.0
// The numbers of a page, before any word is looked at and without a model: lights, and the repairs
// of the closed list.
#pragma once

#include <vector>

#include "emend/document.h"
#include "emend/options.h"

namespace emend {

struct NumberPass {
  // As recognised, but that parts of a repaired amount are one word whose text has the gap, and
  // lights are given. Its text is that of the page as recognised, byte for byte.
  Page page;
  std::vector<Edit> edits;  // applied, or why not; at most one for a word
};

// Numbers read less surely than `doubtful_confidence` have a red light.
[[nodiscard]] NumberPass look_at_numbers(const Page& recognised, NumberMode mode,
                                         double doubtful_confidence);

}  // namespace emend
