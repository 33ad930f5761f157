// SPDX-License-Identifier: Apache-2.0
#include "core/pieces.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/unicode.h"

namespace emend {

namespace {

// How wide a character usually is, in no unit. Fonts differ; that an m is wider than an i does not.
double usual_width(char32_t c) {
  constexpr std::u32string_view kNarrow = U"iljtfrI.,:;'|!()[]1";
  constexpr std::u32string_view kWide = U"mwMW@%";
  if (kNarrow.find(c) != std::u32string_view::npos) return 0.55;
  if (kWide.find(c) != std::u32string_view::npos) return 1.5;
  return is_upper(c) ? 1.25 : 1.0;
}

double usual_width(std::string_view text) {
  double width = 0;
  for (const char32_t c : to_code_points(text)) width += usual_width(c);
  return width;
}

std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    if (end > start) parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

}  // namespace

std::vector<Piece> pieces_of(const Word& word) {
  const std::vector<std::string> parts = parts_of(word.text());
  if (parts.size() < 2) return {{parts.empty() ? std::string() : parts.front(), word.box}};
  double whole = 0;
  for (const std::string& part : parts) whole += usual_width(part);
  const double scale = word.box.width / whole;
  std::vector<Piece> pieces;
  double before = 0;
  for (const std::string& part : parts) {
    const int left = static_cast<int>(std::lround(before * scale));
    before += usual_width(part);
    const int right = static_cast<int>(std::lround(before * scale));
    pieces.push_back({part, {word.box.x + left, word.box.y, right - left, word.box.height}});
  }
  return pieces;
}

}  // namespace emend
