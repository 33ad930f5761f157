// SPDX-License-Identifier: Apache-2.0
// Zeros with a stroke or a dot, which the recogniser reads as @.
//
//   WHOLEMEAL  2.78  2  1  @  1  2.78    the @ is a 0
//   Lamination         2  @  3.50  7.00  and this one is printed
//
// By its form @ is no number, so two_readers.h leaves it. It becomes 0 where emend's reader, which
// knows @ too, surely reads 0, the recogniser held a 0 possible there, and the word is a cell of a
// row of numbers: two on either side, and no price or rate behind it. Where one of a page is
// proven, less evidence suffices for its others. Of the nine words @ that are
// printed in the development sets emend's reader read none as 0, and the recogniser held a 0
// possible for none; of the 17 that are a 0, all and 12.
#pragma once

#include <vector>

#include "correct/two_readers.h"
#include "emend/document.h"

namespace emend {

// In reading order; `source` is "alternatives+emend", with "page" where another one proves it.
[[nodiscard]] std::vector<ReaderRepair> find_zeros_read_as_at(const Page& page);

}  // namespace emend
