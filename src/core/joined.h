// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace emend {

// {"eng", "deu"} -> "eng+deu".
[[nodiscard]] inline std::string joined(const std::vector<std::string>& parts,
                                        std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

}  // namespace emend
