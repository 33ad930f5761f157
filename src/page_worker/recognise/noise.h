// SPDX-License-Identifier: Apache-2.0
// Lines of a letter that are no print: a logo, a stamp, a signature, read letter by letter.
#pragma once

#include <cstddef>
#include <vector>

#include "emend/document.h"

namespace emend {

// Marks the lines that are read poorly throughout on a page that is read well, and says how many it
// marked. Of lines much taller or lower than the print more is demanded. A line with a number that
// has any weight is never one. Not for receipts: there faint print looks the same.
std::size_t mark_noise(std::vector<Line>& lines);

}  // namespace emend
