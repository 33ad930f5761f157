// SPDX-License-Identifier: Apache-2.0
// What was read of a word besides what stands.
#pragma once

#include <algorithm>

#include "emend/document.h"

namespace emend {

// The first other reading of the word by `reader`; null when there is none.
[[nodiscard]] inline const Reading* other_reading_by(Reader reader, const Word& word) {
  const auto& others = word.other_readings;
  const auto found = std::find_if(others.begin(), others.end(),
                                  [&](const Reading& other) { return other.reader == reader; });
  return found == others.end() ? nullptr : &*found;
}

}  // namespace emend
