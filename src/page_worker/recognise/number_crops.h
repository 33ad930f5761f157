// SPDX-License-Identifier: Apache-2.0
// Second readings: the numbers of a page that are in doubt, each read again by itself.
//
// The recogniser is given the word's own picture twice, in two sizes, once in grey as a line and
// once black and white as a single word, without the letters that digits are taken for. What it
// reads is kept beside the word (Word::other_readings, Reader::crop) and changes nothing here: two
// looks of one engine err alike, and what their agreement is worth is for correction to judge.
#pragma once

#include <chrono>
#include <vector>

#include "emend/document.h"
#include "emend/options.h"
#include "page_worker/prepare/steps.h"
#include "page_worker/recognise/recogniser.h"

namespace emend {

// In doubt are numbers whose light is red, and those that have a part in a check that fails
// (number_checks.h) and are not green, but for those that the reader of numbers read alike. At most eight words of a page are read again, 160 with
// Quality::best, those first from which a check expects most: a bound that is counted, so that the
// result does not depend on the machine's speed. What is not read before `end`, because the
// recogniser hangs, is left out.
void read_numbers_alone(Recogniser& recogniser, const PreparedPage& page, std::vector<Line>& lines,
                        const ReadOptions& options, std::chrono::steady_clock::time_point end);

}  // namespace emend
