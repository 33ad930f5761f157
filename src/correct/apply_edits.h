// SPDX-License-Identifier: Apache-2.0
// Last step of correction: what was decided becomes part of the page.
#pragma once

#include <vector>

#include "emend/document.h"

namespace emend {

// `page` with the applied ones of `edits` as new readings in front of the recognised ones, and all
// of them on record in reading order.
[[nodiscard]] Page with_edits(Page page, const std::vector<Edit>& edits);

}  // namespace emend
