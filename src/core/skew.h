// SPDX-License-Identifier: Apache-2.0
// By how much the lines of a page are aslant.
#pragma once

#include <optional>

#include "emend/document.h"

namespace emend {

// In degrees, positive where lines fall to the right: the slope between the lower edges of words of
// one line, over all pairs of words the median by their distance. Descenders make it wrong by some
// hundredths of a degree on a page of print. Nothing where no line has two words.
[[nodiscard]] std::optional<double> skew(const Page& page);

}  // namespace emend
