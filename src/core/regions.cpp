// SPDX-License-Identifier: Apache-2.0
#include "core/regions.h"

#include <algorithm>
#include <utility>

#include "core/box.h"
#include "core/parts.h"

namespace emend {

namespace {

// Whether `line` is printed beside `row`, to its right.
bool continues(const Row& row, const Box& line) {
  const int smaller = std::min(row.box.height, line.height);
  return smaller > 0 && 2 * common_height(row.box, line) > smaller && line.x >= right_of(row.box);
}

// Words stand apart by less than their height; what is further apart is another cell.
void add_words(Row& row, const Page& page, std::size_t index, int cell_gap) {
  const Line& line = page.lines[index];
  bool starts_cell = true;
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const Word& word = line.words[i];
    const bool is_apart = !starts_cell && word.box.x - right_of(row.cells.back().box) > cell_gap;
    if (starts_cell || is_apart) row.cells.emplace_back();
    starts_cell = false;
    Cell& cell = row.cells.back();
    cell.words.push_back({&word, {index, i}, applied_edit(page, index, i)});
    cell.box = union_of(cell.box, word.box);
  }
  row.box = union_of(row.box, line.box);
}

std::vector<Row> rows_of(const Page& page) {
  constexpr double kCellGap = 1.5;  // in heights of a word
  const int cell_gap = static_cast<int>(kCellGap * usual_height(page));
  std::vector<Row> rows;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Line& line = page.lines[i];
    if (line.is_noise || line.words.empty()) continue;
    if (rows.empty() || !continues(rows.back(), line.box)) {
      rows.emplace_back().starts_block = line.starts_block;
    }
    add_words(rows.back(), page, i, cell_gap);
  }
  return rows;
}

// Stretches of the page's width that cells share, from left to right, are its columns.
std::vector<std::pair<int, int>> columns_of(const std::vector<Row>& rows) {
  std::vector<std::pair<int, int>> stretches;
  for (const Row& row : rows) {
    for (const Cell& cell : row.cells) stretches.emplace_back(cell.box.x, right_of(cell.box));
  }
  std::sort(stretches.begin(), stretches.end());
  std::vector<std::pair<int, int>> columns;
  for (const auto& [left, right] : stretches) {
    if (columns.empty() || left >= columns.back().second) {
      columns.emplace_back(left, right);
    } else {
      columns.back().second = std::max(columns.back().second, right);
    }
  }
  return columns;
}

// Where a cell that spans two columns has joined them, the cells after it still go to the right.
void assign_columns(Region& table) {
  const auto columns = columns_of(table.rows);
  table.columns = columns.size();
  for (Row& row : table.rows) {
    std::size_t next = 0;
    for (Cell& cell : row.cells) {
      std::size_t column = 0;
      while (column + 1 < columns.size() && columns[column].second <= cell.box.x) ++column;
      cell.column = std::max(column, next);
      next = cell.column + 1;
    }
    table.columns = std::max(table.columns, next);
  }
}

void add_run(std::vector<Region>& regions, std::vector<Row> run) {
  if (run.empty()) return;
  const bool is_table = run.size() > 1;
  if (is_table) {
    Region& table = regions.emplace_back(Region{.is_table = true, .rows = std::move(run)});
    assign_columns(table);
    return;
  }
  // A single row with a gap in it is running text: one cell with all its words.
  Row& row = run.front();
  for (std::size_t i = 1; i < row.cells.size(); ++i) {
    auto& words = row.cells[i].words;
    auto& first = row.cells.front();
    first.words.insert(first.words.end(), words.begin(), words.end());
    first.box = union_of(first.box, row.cells[i].box);
  }
  row.cells.resize(1);
  if (regions.empty() || regions.back().is_table) regions.emplace_back();
  regions.back().rows.push_back(std::move(row));
}

}  // namespace

std::vector<Region> regions_of(const Page& page) {
  std::vector<Region> regions;
  std::vector<Row> run;  // rows of several cells that follow one another
  for (Row& row : rows_of(page)) {
    if (row.cells.size() > 1) {
      run.push_back(std::move(row));
      continue;
    }
    add_run(regions, std::exchange(run, {}));
    std::vector<Row> alone;
    alone.push_back(std::move(row));
    add_run(regions, std::move(alone));
  }
  add_run(regions, std::move(run));
  return regions;
}

std::string text(const Cell& cell) {
  std::string out;
  for (const PlacedWord& placed : cell.words) {
    out += (out.empty() ? "" : " ") + placed.word->text();
  }
  return out;
}

}  // namespace emend
