// SPDX-License-Identifier: Apache-2.0
// Letters, digits and groups of them that scans blur into each other.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace emend {

// What is printed as `meant` is easily read as `seen`.
struct LookAlike {
  std::u32string_view seen;
  std::u32string_view meant;
  double cost = 0;  // nats: about -ln P(seen | meant)
};

// Pairs of letters, letter groups and ligatures; also a digit that was meant as a letter, and one
// glyph that was read twice (0O). Never a digit that was meant: numbers are not rewritten by look.
[[nodiscard]] std::span<const LookAlike> look_alikes();

// Those whose `seen` begins with that character.
[[nodiscard]] std::span<const LookAlike> look_alikes_of(char32_t first);

// The digit that a letter is easily taken for: O -> 0, l -> 1, S -> 5. One letter, one digit.
[[nodiscard]] std::optional<char32_t> digit_like(char32_t letter);

// Whether `letter` looks like that digit and hardly like any other, so that no further evidence is
// needed of which digit is meant: O for 0, and l or I for 1. S may be a 5 or an 8.
[[nodiscard]] bool is_certain_digit(char32_t letter);

// Whether the digit is easily taken for the letter: 0 for O and o, 1 for l, I and i.
[[nodiscard]] bool is_letter_like(char32_t digit, char32_t letter);

}  // namespace emend
