// SPDX-License-Identifier: Apache-2.0
// Texts as they are compared, and the words in them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"
#include "emend/evaluate.h"

namespace emend {

// Form NFC, white space of any length as one space, none at the ends. Fails with unreadable_input
// when `text` is not UTF-8.
[[nodiscard]] Result<std::u32string> strict_form(std::string_view text, bool ignore_case);

// Of a strict form: form NFKC, case folded, quotes and dashes unified.
[[nodiscard]] std::u32string lenient_form(std::u32string_view strict);

// A word without the punctuation around it, and where it stands.
struct PlacedToken {
  std::u32string_view text;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Of a strict or lenient form, which they borrow. Punctuation on its own is none.
[[nodiscard]] std::vector<PlacedToken> tokens_of(std::u32string_view text);

[[nodiscard]] TokenKind kind_of(std::u32string_view token);
[[nodiscard]] bool is_number(std::u32string_view text);  // has a digit

}  // namespace emend
