// SPDX-License-Identifier: Apache-2.0
// The third reason of the closed list where no check asks for it, and more than a digit for a digit
// may change: what emend's own reader of numbers reads, borne out by somebody else.
//
//   @.72 -> 0.72    470 -> 4.70    862.97 -> 2.97
//
// Emend's reader shares nothing with the recogniser. Where it is sure and steady and the two
// differ, it was right 151 times and the recogniser 9 times on the receipts of
// bench/number_reader.py (docs/accuracy.md); that is no proof, so one more has to say the same:
//   look, crop    the recogniser itself reads exactly that where it looks again; of more or
//                 fewer characters only a look at the page is proof, as a box may cut a word. A
//                 look that reads @ reads a 0 with a stroke;
//   alternatives  it held every character of it possible in its place, and no letter of a code
//                 changes;
//   form          what stands has no form of a number, and what is read has that of an amount as
//                 the page writes it, of a date or of a time;
//   column        it is an amount as the page writes it, in a column of such amounts or of which
//                 the page has another, and what stands is none;
//   page          the same number, of three digits or a rate, stands elsewhere on the page, surely
//                 read, and what stands does not.
// Another picture that reads what stands speaks against all of them; where one crop does and one
// more reads what emend's reader reads, neither counts. Two more pictures, one together with the
// alternatives, and the page make up for some of what emend's reader must be sure of.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "correct/independent_reading.h"
#include "emend/document.h"

namespace emend {

// What the form of the tokens allows, whoever bears it out: both have a digit, at most two
// characters are other ones, more or fewer (letters that became the digits that they look like do
// not count), and with the same digits in another length what is read
// is an amount, a date or a time; no sign of currency changes, none of degrees is a digit, a comma
// for a point is no reason of its own, and an amount has the page's `decimal_sign` (0 where the
// page has none: then the one that was there). Both are without outer punctuation.
[[nodiscard]] bool is_reader_repair(std::string_view before, std::string_view after,
                                    char decimal_sign);

struct ReaderRepair {
  std::size_t line = 0;
  std::size_t word = 0;
  std::string after;   // with the outer punctuation that was there
  std::string source;  // who bears it out: "look+crop+emend", "column+emend", ...
  IndependentReading scores;
};

// In reading order; at most one for a word.
[[nodiscard]] std::vector<ReaderRepair> find_reader_repairs(const Page& page);

}  // namespace emend
