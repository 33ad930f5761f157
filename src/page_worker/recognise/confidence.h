// SPDX-License-Identifier: Apache-2.0
// How probable it is that a word was read exactly, from what Tesseract thinks of it.
#pragma once

#include <vector>

#include "emend/document.h"

namespace emend {

// What the meaning of Tesseract's figure depends on.
struct WordTraits {
  bool in_dictionary = false;
  bool number_pattern = false;
  bool has_digit = false;
};

// `tesseract_confidence` is 0..100 on a scale that ends at 97 for words of its dictionary and at 93
// for others; the result is 0..1 and means the same for all of them.
[[nodiscard]] double calibrated_confidence(double tesseract_confidence, const WordTraits& traits);

// Of all words; 0 where there is none.
[[nodiscard]] double mean_confidence(const std::vector<Line>& lines);

}  // namespace emend
