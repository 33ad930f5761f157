// SPDX-License-Identifier: Apache-2.0
// The third reason of the closed list: the word's picture was read again, the readings agree on
// other digits, and a check that failed now passes.
//
// Two looks of one engine err alike: voting between them broke more numbers than it repaired. So
// agreement alone changes nothing; arithmetic or check digits have to want the other digits, and no
// other number may explain the same failure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "correct/independent_reading.h"
#include "emend/document.h"

namespace emend {

// What the form of the tokens allows: digits for digits in their places, at most two of them, and
// everything else as it was. Both are without outer punctuation.
[[nodiscard]] bool is_second_reading(std::string_view before, std::string_view after);

struct SecondReading {
  std::size_t line = 0;
  std::size_t word = 0;
  std::string after;  // with the outer punctuation that was there
  // Who read it: "crop", "look+crop", "alternatives+emend", ...; "alternatives" where emend's
  // reader read it and the recogniser held it possible.
  std::string source;
  std::string check;               // the rule that failed and now passes; empty when none does
  IndependentReading independent;  // what emend's reader says of it
  bool is_proven = false;
};

// What further readings would have in place of the numbers of the page, in reading order, at most
// one for a word. `page` is as its numbers stand now.
[[nodiscard]] std::vector<SecondReading> find_second_readings(const Page& page);

}  // namespace emend
