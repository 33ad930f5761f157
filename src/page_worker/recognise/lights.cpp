// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/lights.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "core/token.h"

namespace emend {

namespace {

constexpr std::size_t kFewDigits = 2;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// One or two digits, such as those behind a point.
bool is_short_number(const Word& word) {
  const std::string_view core = strip_outer(word.text()).core;
  return !core.empty() && core.size() <= kFewDigits &&
         std::all_of(core.begin(), core.end(), is_digit);
}

// Ends in a point or comma behind a digit, or behind a letter that a zero is read as.
bool is_left_open(const Word& word) {
  const std::string_view text = word.text();
  if (text.size() < 2 || (text.back() != '.' && text.back() != ',')) return false;
  const char last = text[text.size() - 2];
  return is_digit(last) || last == 'o' || last == 'O';
}

bool is_part_of_amount(const std::vector<Word>& words, std::size_t at) {
  const bool is_begin =
      at + 1 < words.size() && is_left_open(words[at]) && is_short_number(words[at + 1]);
  const bool is_end = at > 0 && is_left_open(words[at - 1]) && is_short_number(words[at]);
  return is_begin || is_end;
}

bool is_alone(const std::vector<Word>& words) {
  if (words.size() != 1) return false;
  const std::string_view text = words.front().text();
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit)) <= kFewDigits;
}

}  // namespace

void hold_back_greens(std::vector<Line>& lines) {
  for (Line& line : lines) {
    for (std::size_t w = 0; w < line.words.size(); ++w) {
      if (line.words[w].light != Light::green) continue;
      if (!is_alone(line.words) && !is_part_of_amount(line.words, w)) continue;
      line.words[w].light = Light::yellow;
    }
  }
}

}  // namespace emend
