// SPDX-License-Identifier: Apache-2.0
// Pages whose words have places: lines of text on a grid.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/box.h"
#include "core/token.h"
#include "emend/document.h"

namespace emend {

constexpr int kGridWidth = 10;  // pixels of a character
constexpr int kGridHeight = 20;

// Each character is 10 pixels wide and a line 30 high; a run of spaces is a gap.
inline Page grid_page(const std::vector<std::string>& lines) {
  Page page{.number = 1, .width = 1000, .height = 1000, .dpi = 200};
  for (std::size_t l = 0; l < lines.size(); ++l) {
    Line line;
    for (std::size_t at = 0; at < lines[l].size();) {
      const std::size_t start = std::min(lines[l].find_first_not_of(' ', at), lines[l].size());
      const std::size_t end = std::min(lines[l].find(' ', start), lines[l].size());
      if (start == end) break;
      Word word{.box = {kGridWidth * static_cast<int>(start), 30 * static_cast<int>(l),
                        kGridWidth * static_cast<int>(end - start), kGridHeight}};
      word.readings.push_back({lines[l].substr(start, end - start), 0.9, {}});
      word.kind = classify(word.text());
      line.box = union_of(line.box, word.box);
      line.words.push_back(std::move(word));
      at = end;
    }
    page.lines.push_back(std::move(line));
  }
  return page;
}

// The first word of the page with this text.
inline Word& word_of(Page& page, const std::string& text) {
  for (Line& line : page.lines) {
    for (Word& word : line.words) {
      if (word.text() == text) return word;
    }
  }
  std::abort();
}

}  // namespace emend
