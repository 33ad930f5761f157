// SPDX-License-Identifier: Apache-2.0
// How a page worker is started, whoever needs one.
#pragma once

#include <cstdint>

#include "emend/error.h"
#include "process/child.h"

namespace emend {

// For Child::spawn(); `memory_mib` bounds its address space, 0 does not. Fails with
// missing_dependency when the program is not installed.
[[nodiscard]] Result<ChildOptions> page_worker(std::int64_t memory_mib);

}  // namespace emend
