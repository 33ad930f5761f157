// SPDX-License-Identifier: Apache-2.0
// The tables of a page, judged by where its words stand: rows with gaps that follow one another and
// whose cells share columns. Ruled lines play no part.
//
//   #include <emend/run.h>
//   const auto document = emend::read_document("invoice.png");
//   if (!document) return;
//   for (const emend::Table& table : emend::tables(document->pages.front())) {
//     std::cout << table.rows.size() << " rows of " << table.columns << " columns\n";
//   }
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "emend/document.h"

namespace emend {

struct TableCell {
  std::size_t column = 0;  // from 0, rises within a row
  Box box;
  std::vector<WordPlace> words;  // in reading order, never empty

  friend bool operator==(const TableCell&, const TableCell&) = default;
};

struct Table {
  std::size_t columns = 0;  // at least two
  Box box;
  std::vector<std::vector<TableCell>> rows;  // at least two; a row lacks the cells that are empty

  friend bool operator==(const Table&, const Table&) = default;
};

// In reading order. Noise is in none.
[[nodiscard]] std::vector<Table> tables(const Page& page);

// The words of a cell of `page`, joined by a space.
[[nodiscard]] std::string text(const Page& page, const TableCell& cell);

}  // namespace emend
