// SPDX-License-Identifier: Apache-2.0
// Words without white space inside, each with a box of its own, as formats with boxes want them.
#pragma once

#include <string>
#include <vector>

#include "emend/document.h"

namespace emend {

struct Piece {
  std::string text;
  Box box;
};

// A word whose text holds a space (a word that was split) becomes one piece for each part, which
// share its box by the widths that their letters usually have.
[[nodiscard]] std::vector<Piece> pieces_of(const Word& word);

}  // namespace emend
