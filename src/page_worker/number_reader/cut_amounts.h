// SPDX-License-Identifier: Apache-2.0
// Amounts that the recogniser cut in two at a faint sign: `64 13` for 64.13, `RM7. 50` for RM7.50.
//
// Each part may be read rightly by both readers, so neither contradicts; what is lost is between
// them. The reader of numbers is given both as one picture. Nothing of the text changes here: what
// the reading is worth is for src/correct to decide.
#pragma once

#include <string_view>
#include <vector>

#include "emend/document.h"
#include "page_worker/number_reader/number_reader.h"

namespace emend {

// Makes one word, whose text still has the space, of two neighbours where the reader surely reads
// an amount of two decimals across both, with the characters of both: only letters may be digits,
// and signs between digits may be others. The reading stands beside that word. `page` and boxes are
// as for read_numbers(), which comes before.
void join_cut_amounts(NumberReader& reader, Pix* page, std::vector<Line>& lines);

// Whether two neighbours may be the two parts of one amount: the second is two digits, nothing but
// the width of a character is between them, and the first ends in a digit, or in what looks like
// one, or in a sign behind that.
[[nodiscard]] bool may_be_cut_amount(const Word& first, const Word& second);

// Whether `read` is an amount of two decimals with the characters of `parts`, as above.
[[nodiscard]] bool is_same_amount(std::string_view parts, std::string_view read);

}  // namespace emend
