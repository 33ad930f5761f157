// SPDX-License-Identifier: Apache-2.0
// The second reason of the closed list: a separator or a gap inside an amount.
//
//   4,00 -> 4.00    2 20 -> 2.20    12. 50 -> 12.50
//
// The digits and their order stay. The form of the token alone decides nothing: an early version
// without the test of the column turned the 55,57 of an address into 55.57. The amount has to end
// where others of its column end, or to stand elsewhere on the page, or emend's reader of numbers
// surely reads it with that sign; and these and the page as a whole have to write their decimals in
// one way, nearly all of them where emend's reader has not read the page: commas lose their tails.
// A word with a gap that the reader was given as a whole (Word::text() has the space) needs no
// column: both readers have the same digits, and what is between them one alone can see.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "emend/document.h"

namespace emend {

// What the form of the tokens allows. `before` is an amount as it was read, its words joined by a
// space, `after` the same with `decimal_sign` before the last two digits. Both are without outer
// punctuation.
[[nodiscard]] bool is_layout_repair(std::string_view before, std::string_view after,
                                    char decimal_sign);

struct LayoutRepair {
  std::size_t line = 0;
  WordRange words;                // one, or two with a gap that is to go
  std::string after;              // with the outer punctuation that was there
  std::string source = "column";  // or "emend", where that reader surely reads it
};

// In reading order; at most one for a word. A page without boxes has none.
[[nodiscard]] std::vector<LayoutRepair> find_layout_repairs(const Page& page);

}  // namespace emend
