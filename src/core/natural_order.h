// SPDX-License-Identifier: Apache-2.0
// The order in which people expect numbered files: page 2 before page 10.
#pragma once

#include <string_view>

namespace emend {

// Whether path `a` comes before path `b`: part by part, numbers by their value, letters of ASCII
// without regard to their size. Different paths are never equal, so every sort ends in one order.
[[nodiscard]] bool comes_before(std::string_view a, std::string_view b);

}  // namespace emend
