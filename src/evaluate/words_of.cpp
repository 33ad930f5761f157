// SPDX-License-Identifier: Apache-2.0
#include "evaluate/words_of.h"

#include <algorithm>

#include "core/folding.h"
#include "core/number_form.h"
#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

std::u32string collapsed(std::u32string_view text) {
  std::u32string out;
  bool wants_space = false;
  for (const char32_t c : text) {
    if (is_space(c)) {
      wants_space = !out.empty();
      continue;
    }
    if (wants_space) out += U' ';
    wants_space = false;
    out += c;
  }
  return out;
}

char32_t unified(char32_t c) {
  constexpr std::u32string_view kSingle = U"\u2018\u2019\u201A`";
  constexpr std::u32string_view kDouble = U"\u201C\u201D\u201E";
  constexpr std::u32string_view kDashes = U"\u2010\u2011\u2013\u2014\u2212";
  if (kSingle.find(c) != std::u32string_view::npos) return U'\'';
  if (kDouble.find(c) != std::u32string_view::npos) return U'"';
  if (kDashes.find(c) != std::u32string_view::npos) return U'-';
  return c;
}

bool is_outer(char32_t c) {
  constexpr std::u32string_view kOuter = U".,;:!?()[]\"'";
  return kOuter.find(c) != std::u32string_view::npos;
}

}  // namespace

Result<std::u32string> strict_form(std::string_view text, bool ignore_case) {
  auto normal = to_nfc(text);
  if (!normal) return tl::unexpected(std::move(normal.error()));
  std::u32string points = to_code_points(*normal);
  if (ignore_case) {
    for (char32_t& c : points) c = lower(c);
  }
  return collapsed(points);
}

std::u32string lenient_form(std::u32string_view strict) {
  std::u32string points = to_code_points(to_folded(to_utf8(strict)));
  for (char32_t& c : points) c = unified(c);
  return collapsed(points);
}

std::vector<PlacedToken> tokens_of(std::u32string_view text) {
  std::vector<PlacedToken> tokens;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t begin = at;
    std::size_t end = std::min(text.find(U' ', at), text.size());
    at = end + 1;
    while (begin < end && is_outer(text[begin])) ++begin;
    while (begin < end && is_outer(text[end - 1])) --end;
    if (begin < end) tokens.push_back({text.substr(begin, end - begin), begin, end});
  }
  return tokens;
}

bool is_number(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), is_numeral);
}

TokenKind kind_of(std::u32string_view token) {
  if (!is_number(token)) {
    const bool has_sign = std::any_of(token.begin(), token.end(), is_currency);
    return has_sign ? TokenKind::currency : TokenKind::word;
  }
  switch (number_form(to_utf8(token))) {
    case NumberForm::money:
      return TokenKind::amount;
    case NumberForm::percent:
      return TokenKind::percent;
    case NumberForm::date:
      return TokenKind::date;
    case NumberForm::time:
      return TokenKind::time;
    case NumberForm::quantity:
      return TokenKind::quantity;
    case NumberForm::none:
      break;
  }
  return TokenKind::identifier;
}

}  // namespace emend
