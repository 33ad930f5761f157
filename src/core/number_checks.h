// SPDX-License-Identifier: Apache-2.0
// All that the numbers of a page prove or disprove, of themselves and of one another.
//
// numbers() (emend/numbers.h) tells a reader of a page less: a sum that does not add up is hardly
// ever a misread number, since what is an item is a guess. But a sum that did not add up and does
// when one number is read in another way that the picture bears out is good evidence.
#pragma once

#include <cstddef>
#include <vector>

#include "emend/document.h"
#include "emend/numbers.h"

namespace emend {

struct PlacedCheck {
  WordPlace place;  // of the number that is checked
  NumberRule rule = NumberRule::iban;
  bool passed = false;
  bool is_told = true;             // numbers() has it too
  std::vector<WordPlace> members;  // the first words of all numbers that have a part in it
};

// The numbers without their checks.
[[nodiscard]] std::vector<NumberFact> number_facts(const Page& page);

// In reading order of what is checked; deterministic.
[[nodiscard]] std::vector<PlacedCheck> number_checks(const Page& page,
                                                     const std::vector<NumberFact>& facts);

}  // namespace emend
