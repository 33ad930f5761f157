// SPDX-License-Identifier: Apache-2.0
#include "correct/verify_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <vector>

#include "core/unicode.h"

namespace emend::verifier {

bool is_sensitive(char32_t c) {
  constexpr Text kSigns = U"%\u2030\u2031\u066A\uFF05\uFE6A@\\";
  return is_numeral(c) || is_currency(c) || kSigns.find(c) != Text::npos;
}

bool has_sensitive(Text text) {
  return std::any_of(text.begin(), text.end(), is_sensitive);
}

std::size_t digit_count(Text text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

bool looks_like_link(Text text) {
  const std::u32string small = in_small(text);
  const auto has = [&](Text part) { return small.find(part) != Text::npos; };
  return has(U"www") || has(U"http") || has(U"://") || has(U".com") || has(U".org") ||
         has(U".net") || std::count(text.begin(), text.end(), U'/') > 1;
}

// The part between the first and the last letter, digit or currency sign, as [first, last).
std::pair<std::size_t, std::size_t> inner_range(Text text) {
  const auto counts = [](char32_t c) { return is_letter(c) || is_sensitive(c); };
  const auto first = std::find_if(text.begin(), text.end(), counts);
  const auto last = std::find_if(text.rbegin(), text.rend(), counts).base();
  if (first == text.end()) return {0, 0};
  return {static_cast<std::size_t>(first - text.begin()),
          static_cast<std::size_t>(last - text.begin())};
}

bool is_printable_word(Text text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    return control || c == 0x2028 || c == 0x2029 || (is_space(c) && c != U' ');
  });
}

// Which digits a letter can be read for, written down a second time on purpose.
bool may_be(char32_t letter, char32_t digit) {
  constexpr std::array<std::pair<char32_t, Text>, 7> kLetters = {{{U'0', U"Oo"},
                                                                  {U'1', U"lIi"},
                                                                  {U'2', U"Zz"},
                                                                  {U'5', U"Ss"},
                                                                  {U'6', U"Gb"},
                                                                  {U'8', U"B"},
                                                                  {U'9', U"gq"}}};
  return std::any_of(kLetters.begin(), kLetters.end(), [&](const auto& entry) {
    return entry.first == digit && entry.second.find(letter) != Text::npos;
  });
}

// Every digit as 9; what surrounds the number, a currency's letters or signs, is left away.
std::u32string shape_of(Text text) {
  const auto [first, last] = inner_range(text);
  std::u32string shape;
  for (const char32_t c : text.substr(first, last - first)) {
    shape += is_digit(c) ? U'9' : lower(c);
  }
  const auto is_name = [](char32_t c) { return is_letter(c) || is_currency(c) || c == U'-'; };
  while (!shape.empty() && is_name(shape.front())) shape.erase(0, 1);
  return shape;
}

namespace {

std::size_t leading_nines(Text shape) {
  return std::min(shape.find_first_not_of(U'9'), shape.size());
}

// 9.99 99,99 9,999.99, or whole digits with a currency beside them.
bool is_amount_shape(Text shape, bool has_currency_name) {
  while (!shape.empty() && (is_letter(shape.back()) || is_currency(shape.back()))) {
    shape.remove_suffix(1);
  }
  if (shape.empty() || shape.back() != U'9') return false;
  std::size_t separators = 0;
  std::size_t group = 0;
  for (std::size_t i = 0; i < shape.size(); i += group) {
    if (shape[i] != U'9') {
      if (Text(U".,' \u00A0\u2019").find(shape[i]) == Text::npos) return false;
      ++separators;
      if (++i == shape.size()) return false;
    }
    group = leading_nines(shape.substr(i));
    if (group == 0) return false;
  }
  return has_currency_name || (separators > 0 && group == 2);
}

}  // namespace

// 9/9/99 99-99-9999 9999.99.99 and 99-mmm-9999
bool is_date_shape(Text shape) {
  std::size_t runs = 0;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < shape.size();) {
    const std::size_t run = leading_nines(shape.substr(i));
    if (run > 4) return false;
    runs += run > 0 ? 1 : 0;
    digits += run;
    i += run > 0 ? run : 1;
  }
  const bool has_month = std::count_if(shape.begin(), shape.end(), is_letter) >= 3;
  return digits >= 3 && digits <= 8 && runs == (has_month ? 2U : 3U) &&
         shape.find_first_of(U"/-.'") != Text::npos;
}

// 9:99 99:99:99 99h99, with what may follow
bool is_time_shape(Text shape) {
  while (!shape.empty() && (is_letter(shape.back()) || shape.back() == U'.'))
    shape.remove_suffix(1);
  return shape == U"9:99" || shape == U"99:99" || shape == U"9:99:99" || shape == U"99:99:99" ||
         shape == U"99h99" || shape == U"9h99" || shape == U"9.99" || shape == U"99.99";
}

bool has_number_shape(Text text) {
  const std::u32string shape = shape_of(text);
  const bool named = std::any_of(text.begin(), text.end(), is_currency) ||
                     (!text.empty() && is_upper(text.front()) && text.size() > 2);
  return is_amount_shape(shape, named) || is_date_shape(shape) || is_time_shape(shape);
}

std::u32string only(Text text, bool (*counts)(char32_t)) {
  std::u32string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept), counts);
  return kept;
}

std::u32string digits_only(Text text) {
  return only(text, is_digit);
}

// 9.99, 9,999.99: a point or comma with two digits after it and at least one before.
bool ends_in_decimals(Text text) {
  const auto [first, last] = inner_range(text);
  if (last - first < 4) return false;
  const Text end = text.substr(last - 4, 4);
  return is_digit(end[0]) && Text(U".,").find(end[1]) != Text::npos && is_digit(end[2]) &&
         is_digit(end[3]);
}

// Levenshtein's distance; written here because the stages have their own.
std::size_t changes_between(Text a, Text b) {
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    current[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t same = previous[j] + (a[i] == b[j] ? 0 : 1);
      current[j + 1] = std::min({same, previous[j + 1] + 1, current[j] + 1});
    }
    std::swap(previous, current);
  }
  return previous[b.size()];
}

std::u32string core_text(Text text) {
  const auto [first, last] = inner_range(text);
  return std::u32string(text.substr(first, last - first));
}

std::u32string in_small(Text text) {
  std::u32string small(text);
  for (char32_t& c : small) c = lower(c);
  return small;
}

}  // namespace emend::verifier
