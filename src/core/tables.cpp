// SPDX-License-Identifier: Apache-2.0
#include "emend/tables.h"

#include "core/box.h"
#include "core/regions.h"

namespace emend {

std::vector<Table> tables(const Page& page) {
  std::vector<Table> found;
  for (const Region& region : regions_of(page)) {
    if (!region.is_table) continue;
    Table& table = found.emplace_back();
    table.columns = region.columns;
    for (const Row& row : region.rows) {
      table.box = union_of(table.box, row.box);
      auto& cells = table.rows.emplace_back();
      for (const Cell& cell : row.cells) {
        TableCell& own = cells.emplace_back(TableCell{.column = cell.column, .box = cell.box});
        for (const PlacedWord& placed : cell.words) own.words.push_back(placed.place);
      }
    }
  }
  return found;
}

std::string text(const Page& page, const TableCell& cell) {
  std::string out;
  for (const WordPlace& place : cell.words) {
    if (!out.empty()) out += ' ';
    out += page.lines.at(place.line).words.at(place.word).text();
  }
  return out;
}

}  // namespace emend
