// SPDX-License-Identifier: Apache-2.0
// Last step of correction: what was decided becomes part of the page.
#pragma once

#include <vector>

#include "emend/document.h"

namespace emend {

// `page` with the applied ones of `edits` as new readings in front of the recognised ones, and all
// of them on record in reading order.
[[nodiscard]] Page with_edits(Page page, const std::vector<Edit>& edits);

// `page` with the readings alone of those that are applied, for a look at what is left to decide.
[[nodiscard]] Page with_readings(Page page, const std::vector<Edit>& edits);

}  // namespace emend
