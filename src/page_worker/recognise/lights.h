// SPDX-License-Identifier: Apache-2.0
// Which numbers readings that agree are no proof of.
//
// What green means on a page:
//   emend's reader of numbers read it: it and the recogniser agree on the number, its sign included,
//     and either both are sure or another look at the page agrees too
//     (number_reader/read_numbers.h);
//   it did not (`--quality fast`, `--skip-steps number_reader`, or it is not installed): two looks
//     at the page agree and both are sure (second_look.h); of one look none is green;
//   the text is the PDF's own: the number is drawn, and no reading at all (input/pdf_text.h).
// Correction makes no number green: what it changed is yellow (src/correct/number_pass.h).
#pragma once

#include <vector>

#include "emend/document.h"

namespace emend {

// Turns green numbers yellow that are right only together with their neighbours, or that have none:
// parts of an amount that was cut at its separator (100. 00), and one or two digits alone in a
// line, which may as well be a mark beside the text.
void hold_back_greens(std::vector<Line>& lines);

}  // namespace emend
