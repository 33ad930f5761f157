// SPDX-License-Identifier: Apache-2.0
#include "core/token.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/number_form.h"
#include "core/unicode.h"

namespace emend {

namespace {

constexpr std::u32string_view kOuter =
    U".,;:!?()[]{}\"'`|*_~<>=^-"
    U"\u00A1\u00AB\u00AC\u00B7\u00BB\u00BF\u2010\u2011\u2012\u2013\u2014\u2015\u2018\u2019\u201A"
    U"\u201B\u201C\u201D\u201E\u201F\u2020\u2021\u2022\u2026\u2039\u203A\u2212\uFFFD";

constexpr std::array<std::string_view, 26> kTopDomains = {
    "com", "org", "net", "edu", "gov", "int", "info", "biz", "de", "fr", "uk", "my", "sg",
    "au",  "ca",  "ch",  "at",  "nl",  "es",  "it",   "eu",  "jp", "cn", "in", "io", "us"};

bool is_outer(char32_t c) {
  return kOuter.find(c) != std::u32string_view::npos;
}

template <typename Predicate>
bool any_of(std::string_view token, Predicate predicate) {
  const std::u32string points = to_code_points(token);
  return std::any_of(points.begin(), points.end(), predicate);
}

// A label of a host name: letters, digits and inner hyphens.
bool is_label(std::string_view label) {
  if (label.empty() || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// "example.com", at least one letter before the last point, a known ending. An ending of two
// letters alone proves little ("No.in"), so it takes another label or a long one before it.
bool is_host(std::string_view text) {
  std::size_t labels = 0;
  std::size_t longest = 0;
  while (true) {
    const std::size_t point = text.find('.');
    const std::string_view label = text.substr(0, point);
    if (!is_label(label)) return false;
    if (point == std::string_view::npos) {
      const bool known =
          std::find(kTopDomains.begin(), kTopDomains.end(), label) != kTopDomains.end();
      return known && labels > 0 && longest >= 2 && (label.size() > 2 || longest >= 5);
    }
    const bool has_letter = label.find_first_not_of("0123456789-") != std::string_view::npos;
    if (has_letter) longest = std::max(longest, label.size());
    ++labels;
    text.remove_prefix(point + 1);
  }
}

bool is_mail(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == text.size()) return false;
  // A recogniser easily reads the point of "mail.com" as a comma, or loses it.
  return text.find_first_of(".,", at) != std::string_view::npos || text.size() - at > 4;
}

bool is_url(std::string_view text) {
  for (const std::string_view start : {"www", "http", "ftp:", "mailto:", "file:"}) {
    if (!text.starts_with(start)) continue;
    const std::string_view rest = text.substr(start.size());
    if (start.ends_with(':') || rest.find_first_of(".,:/") != std::string_view::npos) return true;
  }
  return text.find("://") != std::string_view::npos || is_host(text.substr(0, text.find('/')));
}

bool is_path(std::string_view text) {
  if (text.find('\\') != std::string_view::npos) return true;
  const auto slashes = std::count(text.begin(), text.end(), '/');
  return slashes >= 2 || (slashes == 1 && text.size() > 2 && text.front() == '/');
}

}  // namespace

TokenParts strip_outer(std::string_view token) {
  if (!is_valid_utf8(token)) return {{}, token, {}};
  const std::u32string points = to_code_points(token);
  std::size_t first = 0;
  std::size_t last = points.size();
  while (first < last && is_outer(points[first])) {
    const bool point = points[first] == U'.' || points[first] == U',';
    if (point && first + 1 < last && is_digit(points[first + 1])) break;
    ++first;
  }
  while (last > first && is_outer(points[last - 1])) --last;
  const std::u32string_view all = points;
  const std::size_t begin = to_utf8(all.substr(0, first)).size();
  const std::size_t length = to_utf8(all.substr(first, last - first)).size();
  return {token.substr(0, begin), token.substr(begin, length), token.substr(begin + length)};
}

std::u32string core_characters(std::string_view token) {
  return to_code_points(strip_outer(token).core);
}

WordKind classify(std::string_view token) {
  const std::string_view core = strip_outer(token).core;
  const bool numeral = has_numeral(core);
  if (numeral && number_form(core) != NumberForm::none) return WordKind::number;
  if (is_link(token)) return WordKind::link;
  if (numeral) return WordKind::identifier;
  if (is_currency_name(core)) return WordKind::currency;
  if (has_currency(core)) return WordKind::identifier;
  return any_of(core, is_letter) ? WordKind::word : WordKind::symbol;
}

bool has_numeral(std::string_view token) {
  return any_of(token, is_numeral);
}

bool has_currency(std::string_view token) {
  return any_of(token, is_currency);
}

bool is_link(std::string_view token) {
  const std::string_view core = strip_outer(token).core;
  const std::string text = lowered(core);
  const bool has_letter = any_of(core, is_letter);
  if (!has_letter || text.find(' ') != std::string::npos) return false;
  if (is_mail(text) || is_url(text)) return true;
  // Codes such as INV/2018/001 are identifiers.
  return !has_numeral(core) && is_path(text);
}

bool is_locked(std::string_view token) {
  constexpr std::u32string_view kPercent = U"%\u2030\u2031\u066A\uFF05\uFE6A";
  return classify(token) != WordKind::word || has_numeral(token) || has_currency(token) ||
         any_of(token, [&](char32_t c) { return kPercent.find(c) != std::u32string_view::npos; });
}

}  // namespace emend
