// SPDX-License-Identifier: Apache-2.0
// Edit distance of short strings.
#pragma once

#include <cstddef>
#include <string_view>

namespace emend {

// Insertions, deletions and substitutions of code points; `limit` + 1 when there are more than
// `limit`.
[[nodiscard]] std::size_t edit_distance(std::u32string_view a, std::u32string_view b,
                                        std::size_t limit);

}  // namespace emend
