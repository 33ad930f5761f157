// SPDX-License-Identifier: Apache-2.0
#include "correct/look_alike.h"

#include <algorithm>
#include <array>

namespace emend {

namespace {

constexpr double kTwins = 2;      // hardly to be told apart: l I
constexpr double kClose = 3;      // one stroke lost or joined: rn m
constexpr double kSimilar = 4.5;  // a blurred scan: c e

constexpr auto kLookAlikes = std::to_array<LookAlike>({
    {U"l", U"I", kTwins},     {U"I", U"l", kTwins},     {U"|", U"I", kTwins},
    {U"|", U"l", kTwins},     {U"l", U"i", kClose},     {U"i", U"l", kClose},
    {U"!", U"l", kClose},     {U"!", U"I", kClose},     {U"!", U"i", kClose},
    {U"I", U"i", kSimilar},   {U"t", U"l", kSimilar},   {U"l", U"t", kSimilar},
    {U"f", U"t", kSimilar},   {U"t", U"f", kSimilar},   {U"i", U"j", kSimilar},
    {U"j", U"i", kSimilar},   {U"r", U"t", kSimilar},   {U"i", U"t", kSimilar},
    {U"rn", U"m", kClose},    {U"m", U"rn", kClose},    {U"cl", U"d", kClose},
    {U"d", U"cl", kSimilar},  {U"vv", U"w", kClose},    {U"w", U"vv", kSimilar},
    {U"li", U"h", kClose},    {U"h", U"li", kSimilar},  {U"ii", U"u", kSimilar},
    {U"u", U"ii", kSimilar},  {U"ri", U"n", kSimilar},  {U"n", U"ri", kSimilar},
    {U"in", U"m", kSimilar},  {U"ni", U"m", kSimilar},  {U"m", U"in", kSimilar},
    {U"m", U"ni", kSimilar},  {U"nn", U"m", kSimilar},  {U"m", U"nn", kSimilar},
    {U"iii", U"m", kSimilar}, {U"tt", U"u", kSimilar},  {U"ll", U"u", kSimilar},
    {U"ti", U"n", kSimilar},  {U"tl", U"d", kSimilar},  {U"lc", U"k", kSimilar},
    {U"lt", U"h", kSimilar},  {U"ln", U"In", kTwins},   {U"c", U"e", kClose},
    {U"e", U"c", kClose},     {U"o", U"e", kSimilar},   {U"e", U"o", kSimilar},
    {U"c", U"o", kSimilar},   {U"o", U"c", kSimilar},   {U"a", U"o", kSimilar},
    {U"o", U"a", kSimilar},   {U"a", U"e", kSimilar},   {U"e", U"a", kSimilar},
    {U"a", U"s", kSimilar},   {U"s", U"a", kSimilar},   {U"u", U"n", kClose},
    {U"n", U"u", kClose},     {U"h", U"b", kClose},     {U"b", U"h", kClose},
    {U"n", U"h", kSimilar},   {U"h", U"n", kSimilar},   {U"h", U"k", kSimilar},
    {U"u", U"v", kSimilar},   {U"v", U"u", kSimilar},   {U"v", U"y", kSimilar},
    {U"y", U"v", kSimilar},   {U"g", U"q", kSimilar},   {U"q", U"g", kSimilar},
    {U"n", U"r", kSimilar},   {U"r", U"n", kSimilar},   {U"d", U"a", kSimilar},
    {U"m", U"n", kSimilar},   {U"n", U"m", kSimilar},   {U"w", U"v", kSimilar},
    {U"O", U"Q", kSimilar},   {U"Q", U"O", kSimilar},   {U"O", U"D", kSimilar},
    {U"D", U"O", kSimilar},   {U"C", U"G", kClose},     {U"G", U"C", kClose},
    {U"O", U"C", kSimilar},   {U"C", U"O", kSimilar},   {U"E", U"F", kSimilar},
    {U"F", U"E", kSimilar},   {U"P", U"F", kSimilar},   {U"F", U"P", kSimilar},
    {U"P", U"R", kSimilar},   {U"R", U"P", kSimilar},   {U"B", U"R", kSimilar},
    {U"R", U"B", kSimilar},   {U"B", U"E", kSimilar},   {U"E", U"B", kSimilar},
    {U"H", U"N", kSimilar},   {U"N", U"H", kSimilar},   {U"M", U"N", kSimilar},
    {U"N", U"M", kSimilar},   {U"M", U"H", kSimilar},   {U"H", U"M", kSimilar},
    {U"W", U"N", kSimilar},   {U"U", U"V", kSimilar},   {U"V", U"U", kSimilar},
    {U"V", U"Y", kSimilar},   {U"Y", U"V", kSimilar},   {U"T", U"I", kSimilar},
    {U"I", U"T", kSimilar},   {U"L", U"I", kSimilar},   {U"I", U"L", kSimilar},
    {U"K", U"X", kSimilar},   {U"X", U"K", kSimilar},   {U"U", U"O", kSimilar},
    {U"T", U"Y", kSimilar},   {U"Y", U"T", kSimilar},   {U"VV", U"W", kClose},
    {U"II", U"H", kSimilar},  {U"II", U"U", kSimilar},  {U"IN", U"M", kSimilar},
    {U"lI", U"l", kSimilar},  {U"Il", U"l", kSimilar},  {U"Il", U"I", kSimilar},
    {U"lI", U"I", kSimilar},  {U"\uFB01", U"fi", 0.5},  {U"\uFB02", U"fl", 0.5},
    {U"\uFB00", U"ff", 0.5},  {U"\uFB03", U"ffi", 0.5}, {U"\uFB04", U"ffl", 0.5},
    {U"0", U"O", kTwins},     {U"0", U"o", kTwins},     {U"1", U"l", kTwins},
    {U"1", U"I", kTwins},     {U"1", U"i", kClose},     {U"5", U"S", kClose},
    {U"5", U"s", kClose},     {U"8", U"B", kClose},     {U"6", U"G", kClose},
    {U"6", U"b", kClose},     {U"9", U"g", kClose},     {U"9", U"q", kClose},
    {U"2", U"Z", kClose},     {U"2", U"z", kClose},     {U"4", U"A", kSimilar},
    {U"0O", U"O", kSimilar},  {U"O0", U"O", kSimilar},  {U"1I", U"I", kSimilar},
    {U"I1", U"I", kSimilar},  {U"1l", U"l", kSimilar},  {U"l1", U"l", kSimilar},
    {U"5S", U"S", kSimilar},  {U"S5", U"S", kSimilar},  {U"8B", U"B", kSimilar},
    {U"B8", U"B", kSimilar},
});

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
      std::equal_range(all.begin(), all.end(), LookAlike{seen, {}, 0}, by_first_character);
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
