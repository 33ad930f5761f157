// SPDX-License-Identifier: Apache-2.0
#include "correct/at_signs.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "core/number_value.h"
#include "core/readings.h"
#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

// No reading that changes when the crop is stretched comes to more than 0.80.
constexpr double kSure = 0.81;
constexpr double kSureRecogniser = 0.9;  // as in two_readers.cpp

constexpr std::size_t kBeside = 2;      // numbers on either side
constexpr std::size_t kMostDigits = 4;  // of the whole number behind it

// 12 or -1.
bool is_whole_number(std::string_view text) {
  std::u32string digits = to_code_points(text);
  if (!digits.empty() && digits.front() == U'-') digits.erase(0, 1);
  return !digits.empty() && digits.size() <= kMostDigits &&
         std::all_of(digits.begin(), digits.end(), is_digit);
}

std::optional<std::int64_t> value_of(const Word& word) {
  const auto value = number_value(strip_outer(word.text()).core);
  return value ? hundredths(*value) : std::nullopt;
}

// 2 @ 3 6.00
bool is_multiplied(const std::vector<Word>& words, std::size_t at) {
  const auto quantity = value_of(words[at - 1]);
  const auto price = value_of(words[at + 1]);
  const auto amount = value_of(words[at + 2]);
  return quantity && price && amount && *quantity * *price == 100 * *amount;
}

bool is_cell_of_row(const std::vector<Word>& words, std::size_t at) {
  if (at < kBeside || at + kBeside >= words.size()) return false;
  for (std::size_t i = at - kBeside; i <= at + kBeside; ++i) {
    if (i != at && !has_numeral(words[i].text())) return false;  // guard: a row of numbers
  }
  if (!is_whole_number(words[at + 1].text())) return false;  // guard: a price or a rate
  if (is_multiplied(words, at)) return false;                // guard: a quantity and its price
  return true;
}

std::optional<ReaderRepair> zero_at(const std::vector<Word>& words, std::size_t at) {
  const Word& word = words[at];
  if (word.text() != "@") return std::nullopt;
  const Reading* own = other_reading_by(Reader::emend, word);
  if (own == nullptr || own->text != "0") return std::nullopt;
  if (own->confidence < kSure) return std::nullopt;              // guard: @ surely a zero
  if (word.confidence() >= kSureRecogniser) return std::nullopt;  // guard: @ surely read
  const IndependentReading scores = weigh_reading(word, *own, "0", Backing::none);
  if (!scores.is_listed) return std::nullopt;   // guard: @ held possible to be a zero
  if (!scores.suffices()) return std::nullopt;  // guard: @ enough evidence
  if (!is_cell_of_row(words, at)) return std::nullopt;  // guard: @ in its place
  return ReaderRepair{0, at, "0", "alternatives+emend", scores};
}

}  // namespace

std::vector<ReaderRepair> find_zeros_read_as_at(const Page& page) {
  std::vector<ReaderRepair> found;
  for (std::size_t l = 0; l < page.lines.size(); ++l) {
    const std::vector<Word>& words = page.lines[l].words;
    for (std::size_t w = 0; w < words.size() && !page.lines[l].is_noise; ++w) {
      auto repair = zero_at(words, w);
      if (!repair) continue;
      repair->line = l;
      found.push_back(std::move(*repair));
    }
  }
  return found;
}

}  // namespace emend
