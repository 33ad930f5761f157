// SPDX-License-Identifier: Apache-2.0
#include "core/natural_order.h"

#include <algorithm>
#include <cstddef>

namespace emend {

namespace {

bool is_digit_byte(char c) {
  return c >= '0' && c <= '9';
}

// The end of a part of a path comes before everything else, so a folder stays together.
int rank(char c) {
  if (c == '/') return -1;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
  return static_cast<unsigned char>(c);
}

// The digits from `at`, without leading zeros.
std::string_view number_at(std::string_view text, std::size_t& at) {
  while (at < text.size() && text[at] == '0') ++at;
  const std::size_t start = at;
  while (at < text.size() && is_digit_byte(text[at])) ++at;
  return text.substr(start, at - start);
}

int compare_numbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

}  // namespace

bool comes_before(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    int order = 0;
    if (is_digit_byte(a[i]) && is_digit_byte(b[j])) {
      order = compare_numbers(number_at(a, i), number_at(b, j));
    } else {
      order = rank(a[i++]) - rank(b[j++]);
    }
    if (order != 0) return order < 0;
  }
  if (i < a.size() || j < b.size()) return j < b.size();
  return a < b;  // 01 and 1, A and a
}

}  // namespace emend
