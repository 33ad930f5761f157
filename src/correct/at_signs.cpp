// SPDX-License-Identifier: Apache-2.0
#include "correct/at_signs.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
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

IndependentReading weighed(const Word& word, Backing backing) {
  return weigh_reading(word, *other_reading_by(Reader::emend, word), "0", backing);
}

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

// The word may be a zero, if the evidence suffices.
bool may_be_zero(const std::vector<Word>& words, std::size_t at) {
  const Word& word = words[at];
  const Reading* own = other_reading_by(Reader::emend, word);
  if (word.text() != "@" || own == nullptr || own->text != "0") return false;
  if (own->confidence < kSure) return false;                  // guard: @ surely a zero
  if (word.confidence() >= kSureRecogniser) return false;     // guard: @ surely read
  if (!weighed(word, Backing::none).is_listed) return false;  // guard: @ held possible
  if (!is_cell_of_row(words, at)) return false;               // guard: @ in its place
  return true;
}

}  // namespace

std::vector<ReaderRepair> find_zeros_read_as_at(const Page& page) {
  std::vector<ReaderRepair> found;
  bool is_one_proven = false;
  for (std::size_t l = 0; l < page.lines.size(); ++l) {
    const std::vector<Word>& words = page.lines[l].words;
    for (std::size_t w = 0; w < words.size() && !page.lines[l].is_noise; ++w) {
      if (!may_be_zero(words, w)) continue;
      found.push_back({l, w, "0", "alternatives+emend", weighed(words[w], Backing::none)});
      is_one_proven = is_one_proven || found.back().scores.suffices();
    }
  }
  // The same font: what is proven once is likelier the next time.
  for (ReaderRepair& zero : found) {
    if (zero.scores.suffices() || !is_one_proven) continue;
    zero.scores = weighed(page.lines[zero.line].words[zero.word], Backing::check);
    zero.source = "alternatives+page+emend";
  }
  std::erase_if(found, [](const ReaderRepair& zero) { return !zero.scores.suffices(); });
  return found;
}

}  // namespace emend
