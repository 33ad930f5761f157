// SPDX-License-Identifier: Apache-2.0
// What is said about a language that is not installed: by the parent, before any work, and by the
// page worker, which the parent need not have asked.
#pragma once

#include <string>
#include <vector>

#include "emend/error.h"

namespace emend {

// Fails with missing_dependency, naming what is installed and how to install what is not, and with
// invalid_argument when nothing is wanted.
[[nodiscard]] Result<void> check_languages(const std::vector<std::string>& wanted,
                                           const std::vector<std::string>& installed);

// That there is no language at all.
[[nodiscard]] Error no_languages();

}  // namespace emend
