// SPDX-License-Identifier: Apache-2.0
// Do no harm: is what would change on a page, taken together, clearly a gain?
#pragma once

#include <span>

#include "emend/document.h"

namespace emend {

// The odds, in nats, that an edit of a word makes it right and not wrong: `slope` times its sum
// (language gain less channel cost), and `offset`. Fitted on the edits of the development sets at
// margin 0 (bench/fit_correction.py --odds).
struct EditOdds {
  double slope = 0.9;
  double offset = -1.9;
};

// Whether the words that the applied edits are expected to make right, less those that they are
// expected to make wrong, are more than none by `deviations` standard deviations. Edits of numbers
// do not count: they have their own reasons. True when there is no edit of a word.
[[nodiscard]] bool is_clear_gain(std::span<const Edit> edits, double deviations,
                                 const EditOdds& odds = {});

// A word, and not a number, is changed.
[[nodiscard]] bool is_word_edit(const Edit& edit);

}  // namespace emend
