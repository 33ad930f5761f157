// SPDX-License-Identifier: Apache-2.0
#include "correct/look_alike.h"

#include <algorithm>
#include <array>

#include "correct/look_alike_costs.h"

namespace emend {

namespace {

struct DigitLetter {
  char32_t letter = 0;
  char32_t digit = 0;
  bool certain = false;
};

constexpr auto kDigitLetters = std::to_array<DigitLetter>({
    {U'O', U'0', true},
    {U'o', U'0', true},
    {U'l', U'1', true},
    {U'I', U'1', true},
    {U'i', U'1', false},
    {U'Z', U'2', false},
    {U'z', U'2', false},
    {U'S', U'5', false},
    {U's', U'5', false},
    {U'G', U'6', false},
    {U'b', U'6', false},
    {U'B', U'8', false},
    {U'g', U'9', false},
    {U'q', U'9', false},
});

const DigitLetter* find_letter(char32_t letter) {
  const auto* const found =
      std::find_if(kDigitLetters.begin(), kDigitLetters.end(),
                   [&](const DigitLetter& entry) { return entry.letter == letter; });
  return found == kDigitLetters.end() ? nullptr : found;
}

bool by_first_character(const LookAlike& a, const LookAlike& b) {
  return a.seen.front() < b.seen.front();
}

}  // namespace

std::span<const LookAlike> look_alikes() {
  static const auto sorted_once = [] {
    auto sorted = kLookAlikes;
    std::stable_sort(sorted.begin(), sorted.end(), by_first_character);
    return sorted;
  }();
  return sorted_once;
}

std::span<const LookAlike> look_alikes_of(char32_t first) {
  const std::span<const LookAlike> all = look_alikes();
  const std::u32string_view seen(&first, 1);
  const auto [begin, end] =
      std::equal_range(all.begin(), all.end(), LookAlike{seen, {}, 0, 0}, by_first_character);
  return {begin, end};
}

std::optional<char32_t> digit_like(char32_t letter) {
  const DigitLetter* const entry = find_letter(letter);
  return entry == nullptr ? std::nullopt : std::optional(entry->digit);
}

bool is_certain_digit(char32_t letter) {
  const DigitLetter* const entry = find_letter(letter);
  return entry != nullptr && entry->certain;
}

bool is_letter_like(char32_t digit, char32_t letter) {
  if (digit == U'4') return letter == U'A';
  const DigitLetter* const entry = find_letter(letter);
  return entry != nullptr && entry->digit == digit;
}

}  // namespace emend
