// SPDX-License-Identifier: Apache-2.0
// Scripts that are written without spaces: Chinese, Japanese, Thai and their like. Tesseract cuts
// their lines into pieces of a few characters; what is printed without a gap becomes one word.
#pragma once

#include <vector>

#include "emend/document.h"

namespace emend {

// The confidence of the whole is the mean of its pieces', by characters.
void join_unspaced(std::vector<Line>& lines);

}  // namespace emend
