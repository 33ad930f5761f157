// SPDX-License-Identifier: Apache-2.0
#include "output/pieces.h"

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

Box union_of(const Box& a, const Box& b) {
  if (a.width <= 0 || a.height <= 0) return b;
  if (b.width <= 0 || b.height <= 0) return a;
  const int left = std::min(a.x, b.x);
  const int top = std::min(a.y, b.y);
  return {left, top, std::max(a.x + a.width, b.x + b.width) - left,
          std::max(a.y + a.height, b.y + b.height) - top};
}

Box union_of(std::span<const Line> lines) {
  Box box;
  for (const Line& line : lines) box = union_of(box, line.box);
  return box;
}

std::vector<std::span<const Line>> blocks_of(const Page& page) {
  std::vector<std::span<const Line>> blocks;
  const std::span<const Line> lines(page.lines);
  std::size_t start = 0;
  for (std::size_t i = 1; i <= lines.size(); ++i) {
    if (i < lines.size() && !lines[i].starts_block) continue;
    blocks.push_back(lines.subspan(start, i - start));
    start = i;
  }
  return blocks;
}

const Edit* applied_edit(const Page& page, std::size_t line, std::size_t word) {
  for (const Edit& edit : page.edits) {
    const bool holds =
        edit.line == line && word >= edit.words.first && word < edit.words.first + edit.words.count;
    if (holds && edit.verdict == Verdict::applied) return &edit;
  }
  return nullptr;
}

int usual_height(const Page& page) {
  std::vector<int> heights;
  for (const Line& line : page.lines) {
    for (const Word& word : line.words) heights.push_back(word.box.height);
  }
  if (heights.empty()) return 1;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return std::max(*middle, 1);
}

}  // namespace emend
