// SPDX-License-Identifier: Apache-2.0
// Which languages Tesseract can read on this machine.
#pragma once

#include <string>
#include <vector>

#include "emend/error.h"

namespace emend {

// In alphabetical order. Empty when Tesseract finds none at all.
[[nodiscard]] std::vector<std::string> installed_languages();

// Fails with missing_dependency, naming what is installed and how to install what is not.
[[nodiscard]] Result<void> check_languages(const std::vector<std::string>& wanted,
                                           const std::vector<std::string>& installed);

}  // namespace emend
