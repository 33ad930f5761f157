// SPDX-License-Identifier: Apache-2.0
#include "core/parts.h"

#include <algorithm>

namespace emend {

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
    if (line.is_noise) continue;
    for (const Word& word : line.words) heights.push_back(word.box.height);
  }
  if (heights.empty()) return 1;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return std::max(*middle, 1);
}

}  // namespace emend
