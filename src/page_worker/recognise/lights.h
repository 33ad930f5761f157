// SPDX-License-Identifier: Apache-2.0
// Which numbers two looks that agree are no proof of.
#pragma once

#include <vector>

#include "emend/document.h"

namespace emend {

// Turns green numbers yellow that are right only together with their neighbours, or that have none:
// parts of an amount that was cut at its separator (100. 00), and one or two digits alone in a
// line, which may as well be a mark beside the text.
void hold_back_greens(std::vector<Line>& lines);

}  // namespace emend
