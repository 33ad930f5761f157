// SPDX-License-Identifier: Apache-2.0
// Text as emend keeps it: valid UTF-8 in NFC.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"

namespace emend {

[[nodiscard]] bool is_valid_utf8(std::string_view bytes);

// Every maximal ill-formed part becomes one U+FFFD, as the Unicode standard recommends.
[[nodiscard]] std::string repaired_utf8(std::string_view bytes);

// Fails with unreadable_input when `text` is not valid UTF-8, saying at which byte.
[[nodiscard]] Result<std::string> to_nfc(std::string_view text);

// The code points of valid UTF-8, and back. Surrogates and values above U+10FFFF become U+FFFD.
[[nodiscard]] std::u32string to_code_points(std::string_view text);
[[nodiscard]] std::string to_utf8(std::u32string_view code_points);
[[nodiscard]] std::string to_utf8(char32_t code_point);

[[nodiscard]] bool is_letter(char32_t c);
[[nodiscard]] bool is_digit(char32_t c);    // any decimal digit of any script
[[nodiscard]] int digit_value(char32_t c);  // 0..9 of a decimal digit, else -1
[[nodiscard]] bool is_numeral(char32_t c);  // digits, and signs such as superscripts and fractions
[[nodiscard]] bool is_upper(char32_t c);
[[nodiscard]] bool is_lower(char32_t c);
[[nodiscard]] bool is_space(char32_t c);
// The characters as they stand from left to right on paper: Hebrew and Arabic are turned round,
// numbers among them are not. Other text comes back as it is.
[[nodiscard]] std::u32string in_visual_order(std::u32string_view text);
// Of a script that is written without spaces, or punctuation of Chinese and Japanese.
[[nodiscard]] bool is_unspaced(char32_t c);
[[nodiscard]] bool is_currency(char32_t c);  // a currency sign, such as $
[[nodiscard]] char32_t lower(char32_t c);    // simple case mapping
[[nodiscard]] char32_t upper(char32_t c);
[[nodiscard]] std::string lowered(std::string_view text);

}  // namespace emend
