// SPDX-License-Identifier: Apache-2.0
#include "page_worker/number_reader/cut_amounts.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "core/box.h"
#include "core/joined_word.h"
#include "core/number_form.h"
#include "core/token.h"
#include "core/unicode.h"
#include "page_worker/number_reader/read_numbers.h"

namespace emend {

namespace {

constexpr std::size_t kDecimals = 2;
constexpr std::size_t kMostLetters = 4;  // of a currency and a digit that was read for a letter

bool is_like_digit(char32_t c) {
  return std::u32string_view(U"OoDQlIiSsBZzgq").find(c) != std::u32string_view::npos;
}

// On the calibrated scale; no reading that changes when the crop is stretched comes to more than
// 0.80. Where the recogniser saw the sign itself, both have every character.
constexpr double kSureReader = 0.81;
constexpr double kLeastWithSign = 0.3;

bool is_sign(char32_t c) {
  return c == U'.' || c == U',';
}

// All but the signs and gaps between digits.
std::u32string without_signs(std::string_view text) {
  std::u32string kept;
  for (const char32_t c : core_characters(text)) {
    if (!is_sign(c) && !is_space(c)) kept += c;
  }
  return kept;
}

// In prose a comma and a gap part two numbers: Highway 91, 33 miles.
bool has_gap(std::string_view read) {
  const std::u32string core = core_characters(read);
  return std::any_of(core.begin(), core.end(), is_space);
}

bool ends_in_decimals(const std::u32string& core) {
  if (core.size() < kDecimals + 2) return false;
  const auto end = core.end() - kDecimals - 2;
  return is_digit(end[0]) && is_sign(end[1]) && is_digit(end[2]) && is_digit(end[3]);
}

std::optional<Reading> reading_across(NumberReader& reader, Pix* page, const Word& first,
                                      const Word& second) {
  const std::string both = first.text() + ' ' + second.text();
  const auto found = reader.read(page, union_of(first.box, second.box));
  if (!found) return std::nullopt;
  if (has_gap(found->text())) return std::nullopt;
  auto evidence = as_evidence(reader, *found, both);
  if (!evidence || !is_same_amount(both, evidence->text)) return std::nullopt;
  const bool has_sign = reads_the_same(first.text() + second.text(), evidence->text);
  if (evidence->confidence < (has_sign ? kLeastWithSign : kSureReader)) return std::nullopt;
  return evidence;
}

void join_in(NumberReader& reader, Pix* page, std::vector<Word>& words) {
  for (std::size_t w = 0; w + 1 < words.size(); ++w) {
    if (!may_be_cut_amount(words[w], words[w + 1])) continue;
    auto evidence = reading_across(reader, page, words[w], words[w + 1]);
    if (!evidence) continue;
    words[w] = joined_word(words[w], words[w + 1]);
    words[w].other_readings.push_back(std::move(*evidence));
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(w) + 1);
  }
}

}  // namespace

bool may_be_cut_amount(const Word& first, const Word& second) {
  const std::u32string decimals = core_characters(second.text());
  const bool are_decimals = decimals.size() == kDecimals &&
                            std::all_of(decimals.begin(), decimals.end(), is_digit) &&
                            strip_outer(second.text()).lead.empty();
  if (!are_decimals || first.box.width <= 0 || second.box.width <= 0) return false;
  const int gap = second.box.x - right_of(first.box);
  if (gap > std::min(first.box.height, second.box.height)) return false;
  std::u32string whole = to_code_points(first.text());
  if (whole.size() > 1 && is_sign(whole.back())) whole.pop_back();
  if (whole.empty()) return false;
  return is_digit(whole.back()) || (is_like_digit(whole.back()) && whole.size() <= kMostLetters);
}

bool is_same_amount(std::string_view parts, std::string_view read) {
  const std::u32string core = core_characters(read);
  if (number_form(to_utf8(core)) != NumberForm::money || !ends_in_decimals(core)) return false;
  const std::u32string before = without_signs(parts);
  const std::u32string after = without_signs(read);
  return std::equal(before.begin(), before.end(), after.begin(), after.end(),
                    [](char32_t a, char32_t b) {
                      return lower(a) == lower(b) || (is_like_digit(a) && is_digit(b));
                    });
}

void join_cut_amounts(NumberReader& reader, Pix* page, std::vector<Line>& lines) {
  for (Line& line : lines) {
    if (!line.is_noise) join_in(reader, page, line.words);
  }
}

}  // namespace emend
