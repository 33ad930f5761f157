// SPDX-License-Identifier: Apache-2.0
// Text for comparing what is the same to a reader.
#pragma once

#include <string>
#include <string_view>

namespace emend {

// Unicode form NFKC, then full case folding. Ill-formed UTF-8 becomes U+FFFD.
[[nodiscard]] std::string to_folded(std::string_view text);

// The letters without accents and other marks.
[[nodiscard]] std::u32string without_marks(std::u32string_view text);

}  // namespace emend
