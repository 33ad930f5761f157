// SPDX-License-Identifier: Apache-2.0
// Patterns of file names, as shells have them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "emend/inputs.h"

namespace emend {

// Whether the rules want a file at `path` within what was named, and whether they rule a folder
// there out as a whole.
[[nodiscard]] bool is_wanted(const InputRules& rules, const std::string& path);
[[nodiscard]] bool is_ruled_out(const InputRules& rules, const std::string& path);

// Whether `word` has a sign that only patterns have.
[[nodiscard]] bool is_pattern(std::string_view word);

// The files and folders that a pattern names, in natural order. A hidden one has to be named with
// its point.
[[nodiscard]] std::vector<std::filesystem::path> matches(const std::string& pattern);

}  // namespace emend
