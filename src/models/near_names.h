// SPDX-License-Identifier: Apache-2.0
// What somebody who wrote a name that does not exist may have meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

// Those of `candidates` that are a few letters away from `wanted`, nearest first. Case is ignored.
[[nodiscard]] std::vector<std::string> near_names(std::string_view wanted,
                                                  const std::vector<std::string>& candidates,
                                                  std::size_t at_most = 5);

// "a, b and c"
[[nodiscard]] std::string enumerated(const std::vector<std::string>& names);

}  // namespace emend
