// SPDX-License-Identifier: Apache-2.0
// How the final verifier (verify.h) looks at tokens. Written for it alone: the stages that it
// checks have their own, so that a mistake is not made twice.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace emend::verifier {

using Text = std::u32string_view;

// Numerals, and signs of currency, percent, addresses and paths.
[[nodiscard]] bool is_sensitive(char32_t c);
[[nodiscard]] bool has_sensitive(Text text);
[[nodiscard]] std::size_t digit_count(Text text);
[[nodiscard]] bool looks_like_link(Text text);

// The part between the first and the last letter, digit or currency sign, as [first, last).
[[nodiscard]] std::pair<std::size_t, std::size_t> inner_range(Text text);
[[nodiscard]] std::u32string core_text(Text text);

[[nodiscard]] bool is_printable_word(Text text);

// Whether the letter can be read for the digit.
[[nodiscard]] bool may_be(char32_t letter, char32_t digit);

// Every digit as 9; what surrounds the number, a currency's letters or signs, is left away. The
// two below are about such a shape, has_number_shape() about the token itself.
[[nodiscard]] std::u32string shape_of(Text text);
[[nodiscard]] bool is_date_shape(Text shape);
[[nodiscard]] bool is_time_shape(Text shape);
[[nodiscard]] bool has_number_shape(Text text);

// 9.99, 9,999.99: a point or comma with two digits after it and at least one before.
[[nodiscard]] bool ends_in_decimals(Text text);

[[nodiscard]] std::u32string only(Text text, bool (*counts)(char32_t));
[[nodiscard]] std::u32string digits_only(Text text);
[[nodiscard]] std::u32string in_small(Text text);

[[nodiscard]] std::size_t changes_between(Text a, Text b);  // Levenshtein's distance

}  // namespace emend::verifier
