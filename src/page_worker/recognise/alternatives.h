// SPDX-License-Identifier: Apache-2.0
// What else each character of a word could have been, from Tesseract's symbol choices.
//
// Tesseract gives a list of slots beside the word, and the two do not always match: blanks get
// slots of their own, slots go missing after a wide gap, and where its dictionary overruled the
// network the slot's first entry is not what was printed. An alternative in the wrong slot would
// be worse than none, so slots are taken only when all of them fit the word.
#pragma once

#include <string>
#include <vector>

#include "emend/document.h"

namespace emend {

struct SymbolChoice {
  std::string text;
  double rating = 0;  // Tesseract's: smaller is likelier
};
using SymbolSlot = std::vector<SymbolChoice>;  // as Tesseract gives it, the chosen one first

// One slot for each of `symbols`, in the form of Reading::characters; empty when the slots do not
// fit. Costs are nats; what is less likely than kMaxCost is left out.
[[nodiscard]] std::vector<std::vector<Alternative>> fitting_alternatives(
    const std::vector<std::string>& symbols, std::vector<SymbolSlot> slots);

inline constexpr double kMaxCost = 12.0;

}  // namespace emend
