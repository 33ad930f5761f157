// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/alternatives.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "core/unicode.h"

namespace emend {

namespace {

// Choices come from the beam without the dictionary, in which each step of time costs
// 2.25 * (-ln p + 0.085) (kDictRatio and kCertOffset in Tesseract's recodebeam.cpp). All entries of
// a slot span the same steps, so the constant part cancels in a difference.
constexpr double kRatingPerNat = 2.25;

bool is_blank(const SymbolSlot& slot) {
  return slot.empty() || slot.front().text == " ";
}

// The choices of one character, cheapest first, the printed one at cost 0 in front.
std::vector<Alternative> alternatives_of(const SymbolSlot& slot) {
  std::vector<Alternative> alternatives;
  for (const SymbolChoice& choice : slot) {
    auto text = to_nfc(choice.text);
    if (!text || text->empty() || *text == " ") continue;
    const double cost = std::max(choice.rating - slot.front().rating, 0.0) / kRatingPerNat;
    const bool is_known =
        std::any_of(alternatives.begin(), alternatives.end(),
                    [&](const Alternative& other) { return other.text == *text; });
    if (!is_known && cost <= kMaxCost) alternatives.push_back({std::move(*text), cost});
  }
  std::stable_sort(alternatives.begin(), alternatives.end(),
                   [](const Alternative& a, const Alternative& b) { return a.cost < b.cost; });
  return alternatives;
}

// Where in `slots` the word begins, so that every slot starts with the symbol that was printed.
std::optional<std::size_t> find_start(const std::vector<std::string>& symbols,
                                      const std::vector<SymbolSlot>& slots) {
  // More than one slot too many has not been seen.
  constexpr std::size_t kMostExtra = 1;
  if (slots.size() < symbols.size() || slots.size() > symbols.size() + kMostExtra) {
    return std::nullopt;
  }
  for (std::size_t start = 0; start + symbols.size() <= slots.size(); ++start) {
    const bool fits = std::equal(symbols.begin(), symbols.end(),
                                 slots.begin() + static_cast<std::ptrdiff_t>(start),
                                 [](const std::string& symbol, const SymbolSlot& slot) {
                                   return slot.front().text == symbol;
                                 });
    if (fits) return start;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::vector<Alternative>> fitting_alternatives(const std::vector<std::string>& symbols,
                                                           std::vector<SymbolSlot> slots) {
  slots.erase(std::remove_if(slots.begin(), slots.end(), is_blank), slots.end());
  const auto start = find_start(symbols, slots);
  std::vector<std::vector<Alternative>> characters;
  if (!start) return characters;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    characters.push_back(alternatives_of(slots[*start + i]));
    // A symbol that normalisation changes (a letter with its accent apart) breaks the promise that
    // the first entries joined are the text.
    if (characters.back().empty() || characters.back().front().text != symbols[i]) return {};
  }
  return characters;
}

}  // namespace emend
