// SPDX-License-Identifier: Apache-2.0
// Which languages Tesseract can read on this machine.
#pragma once

#include <string>
#include <vector>

namespace emend {

// In alphabetical order. Empty when Tesseract finds none at all.
[[nodiscard]] std::vector<std::string> installed_languages();

}  // namespace emend
