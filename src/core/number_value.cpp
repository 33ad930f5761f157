// SPDX-License-Identifier: Apache-2.0
#include "core/number_value.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/unicode.h"

namespace emend {

namespace {

bool is_separator(char c) {
  return c == '.' || c == ',' || c == '\'';
}

// How a character of a number is written here: a digit as 0-9, separators as . , or ', a minus as
// -; a letter, currency or percent sign as $, which may stand before or after; else 0.
char plain(char32_t c) {
  if (is_digit(c)) return static_cast<char>('0' + digit_value(c));
  if (c == U'.' || c == U',' || c == U'\'') return static_cast<char>(c);
  if (c == U'\u2019') return '\'';
  if (c == U'-' || c == U'\u2212') return '-';
  return is_letter(c) || is_currency(c) || c == U'%' ? '$' : char{0};
}

// Digits, separators and a minus in front; everything else that may stand by a number left out.
// Nothing when a letter stands between digits.
std::optional<std::string> bare(std::string_view core) {
  std::string out;
  bool has_ended = false;
  for (const char32_t c : to_code_points(core)) {
    if (is_space(c) || c == U'+') continue;
    const char sign = plain(c);
    const bool is_inner_minus = sign == '-' && !out.empty();  // a range, or minus behind
    if (sign == 0 || is_inner_minus || (ascii::is_digit(sign) && has_ended)) return std::nullopt;
    has_ended |= sign == '$' && std::any_of(out.begin(), out.end(), ascii::is_digit);
    const bool is_kept = ascii::is_digit(sign) || (out.empty() ? sign == '-' : is_separator(sign));
    if (is_kept) out += sign;
  }
  while (!out.empty() && !ascii::is_digit(out.back())) out.pop_back();
  return out.empty() ? std::nullopt : std::optional(out);
}

// Whether each group after the first has three digits.
bool is_grouped(std::string_view text, char sign) {
  std::size_t start = text.find(sign);
  if (start == 0 || start > 3) return false;
  while (start != std::string_view::npos) {
    const std::size_t end = text.find(sign, start + 1);
    const std::size_t size = (end == std::string_view::npos ? text.size() : end) - start - 1;
    if (size != 3) return false;
    start = end;
  }
  return true;
}

}  // namespace

std::optional<std::string> number_value(std::string_view core) {
  const auto text = bare(core);
  if (!text) return std::nullopt;
  const bool is_negative = text->front() == '-';
  std::string digits = text->substr(is_negative ? 1 : 0);
  std::string decimals;
  const std::size_t last = digits.find_last_of(".,'");
  if (last != std::string::npos) {
    const char sign = digits[last];
    const bool is_only_kind =
        digits.find_first_not_of("0123456789" + std::string(1, sign)) == std::string::npos;
    const bool is_repeated = digits.find(sign) != last;
    const std::size_t after = digits.size() - last - 1;
    if (is_only_kind && !is_repeated && after == 3 && sign != '\'') return std::nullopt;
    const bool is_decimal = sign != '\'' && !is_repeated && !(is_only_kind && after == 3);
    if (is_decimal) {
      decimals = digits.substr(last);
      decimals.front() = '.';
      digits.erase(last);
    }
    const std::size_t group = digits.find_first_of(".,'");
    if (group != std::string::npos && !is_grouped(digits, digits[group])) return std::nullopt;
    std::erase_if(digits, [](char c) { return !ascii::is_digit(c); });
  }
  return (is_negative ? "-" : "") + digits + decimals;
}

std::optional<std::int64_t> hundredths(std::string_view value) {
  constexpr std::size_t kMostDigits = 12;
  const bool is_negative = value.starts_with('-');
  if (is_negative) value.remove_prefix(1);
  const std::size_t point = std::min(value.find('.'), value.size());
  const std::size_t decimals = point == value.size() ? 0 : value.size() - point - 1;
  if (value.empty() || decimals > 2 || point > kMostDigits) return std::nullopt;
  std::int64_t sum = 0;
  for (const char c : value) {
    if (c == '.') continue;
    if (!ascii::is_digit(c)) return std::nullopt;
    sum = sum * 10 + (c - '0');
  }
  for (std::size_t i = decimals; i < 2; ++i) sum *= 10;
  return is_negative ? -sum : sum;
}

}  // namespace emend
