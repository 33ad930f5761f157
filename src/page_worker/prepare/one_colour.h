// SPDX-License-Identifier: Apache-2.0
// Pages on which there cannot be anything, known without a recogniser.
#pragma once

#include "page_worker/picture.h"

namespace emend {

// Whether all pixels are the same: an empty page of a PDF, a picture of zeros. Never true of a scan
// of blank paper, which is for the recogniser to judge.
[[nodiscard]] bool is_one_colour(Pix* pixels);

}  // namespace emend
