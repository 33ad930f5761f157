// SPDX-License-Identifier: Apache-2.0
// A page as running text and tables, judged by where the words stand.
//
// The order of the words is never changed: a row is made of words that follow one another in the
// page, so every format that is written from regions holds the page's text as it is.
#pragma once

#include <cstddef>
#include <vector>

#include "emend/document.h"

namespace emend {

// A word where it stands in its page.
struct PlacedWord {
  const Word* word = nullptr;
  WordPlace place;
  const Edit* edit = nullptr;  // that was applied to it; null when it is as recognised
};

struct Cell {
  std::size_t column = 0;  // rises within a row
  Box box;
  std::vector<PlacedWord> words;
};

// What is printed side by side: one line of the page, or several that follow one another.
struct Row {
  std::vector<Cell> cells;    // never empty; one cell in running text
  bool starts_block = false;  // comes after an empty line
  Box box;
};

struct Region {
  bool is_table = false;
  std::size_t columns = 1;  // of a table at least two
  std::vector<Row> rows;
};

// Borrows from `page`. Noise and lines without words are left out.
[[nodiscard]] std::vector<Region> regions_of(const Page& page);

// The words of a cell, joined by a space.
[[nodiscard]] std::string text(const Cell& cell);

}  // namespace emend
