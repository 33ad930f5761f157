// SPDX-License-Identifier: Apache-2.0
#include "correct/independent_reading.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

// The weight of the recogniser's nats, and what must be left of the reader's:
// bench/number_reader.py on the development receipts, fitted on those with an odd number. There no
// right number was changed from 0 nats on, on the others from 1 on; the rest is distance.
constexpr double kNeeded = 4.0;
constexpr double kNeededWithCheck = 1.0;

// Where the recogniser reads it too: in two more pictures, or in one for letters and signs that are
// digits. On receipts and 200 made-up pages 77 and 60 such changes were right and none wrong.
constexpr double kNeededWithLooks = 3.0;

// Of the reader alone, for each digit in place of a digit. On made-up pages both readers took a 6
// for an 8 at 7.0 nats, and an 8 for a 3 at 6.5; the receipts lose nothing by it.
constexpr double kNeededForDigit = 10.0;
// The same where the page has the number elsewhere. There nothing broke at 0 nats.
constexpr double kNeededForDigitOfPage = 8.0;

// Where the number of characters differs; fitted like the others.
constexpr double kNeededForLength = 3.0;

// What is not among the alternatives is less likely than the last that is listed.
constexpr double kUnlisted = 12.0;

using Slots = std::vector<std::vector<Alternative>>;

bool reads(const Reading& reading, std::string_view core) {
  return strip_outer(reading.text).core == core;
}

// A reading's slots for the characters of its core; empty when it has none that fit.
Slots slots_of_core(const Reading& reading) {
  const TokenParts parts = strip_outer(reading.text);
  const std::size_t lead = to_code_points(parts.lead).size();
  const std::size_t size = to_code_points(parts.core).size();
  if (reading.characters.size() < lead + size) return Slots(size);
  const auto first = reading.characters.begin() + static_cast<std::ptrdiff_t>(lead);
  return {first, first + static_cast<std::ptrdiff_t>(size)};
}

double cost_of(const std::vector<Alternative>& slot, char32_t c) {
  const std::string text = to_utf8(c);
  const auto found = std::find_if(slot.begin(), slot.end(),
                                  [&](const Alternative& other) { return other.text == text; });
  return found == slot.end() ? kUnlisted : found->cost;
}

// By how much the reader prefers what it reads to the next likely, where it does least.
double least_lead(const Slots& slots) {
  double least = kUnlisted;
  for (const auto& slot : slots) {
    if (slot.size() > 1) least = std::min(least, slot[1].cost);
  }
  return least;
}

double needed_with(Backing backing, bool changes_digits) {
  if (backing == Backing::check) return kNeededWithCheck;
  if (backing == Backing::looks || backing == Backing::page) return kNeededWithLooks;
  return backing == Backing::look && !changes_digits ? kNeededWithLooks : kNeeded;
}

double needed_for_digit(Backing backing) {
  if (backing == Backing::page) return kNeededForDigitOfPage;
  return backing == Backing::none || backing == Backing::look ? kNeededForDigit : 0;
}

}  // namespace

bool IndependentReading::suffices() const {
  return needed > 0 && digit_gain >= digit_gain_needed &&
         reader_gain - kShareOfRecogniser * recogniser_cost >= needed;
}

IndependentReading weigh_reading(const Word& word, const Reading& own, std::string_view core,
                                 Backing backing) {
  IndependentReading result;
  const Reading& standing = word.readings.front();
  const std::u32string before = core_characters(standing.text);
  const std::u32string after = to_code_points(core);
  const Slots reader = slots_of_core(own);
  if (reader.size() != after.size()) return result;
  if (before.size() != after.size()) {
    result.reader_gain = least_lead(reader);
    result.needed = kNeededForLength;
    return result;
  }
  const Slots recogniser = slots_of_core(standing);
  result.digit_gain_needed = needed_for_digit(backing);
  result.is_listed = true;
  bool changes_digits = false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    const double cost = cost_of(recogniser[i], after[i]);
    const double gain = cost_of(reader[i], before[i]);
    changes_digits |= is_digit(before[i]);
    if (is_digit(before[i])) result.digit_gain = std::min(result.digit_gain, gain);
    result.reader_gain += gain;
    result.recogniser_cost += cost;
    result.is_listed &= cost < kUnlisted;
  }
  result.needed = needed_with(backing, changes_digits);
  return result;
}

IndependentReading weigh_independently(const Word& word, std::string_view core,
                                       bool turns_a_check) {
  const auto& others = word.other_readings;
  const auto own = std::find_if(others.begin(), others.end(), [&](const Reading& reading) {
    return reading.reader == Reader::emend && reads(reading, core);
  });
  if (own == others.end() || own->characters.empty()) return {};
  IndependentReading result =
      weigh_reading(word, *own, core, turns_a_check ? Backing::check : Backing::none);
  const bool is_read_again = std::any_of(others.begin(), others.end(), [&](const Reading& reading) {
    return reading.reader != Reader::emend && reads(reading, core);
  });
  const bool is_sure = own->confidence >= kSureReader && (result.is_listed || is_read_again);
  result.is_borne_out = result.suffices() && (turns_a_check || is_sure);
  return result;
}

}  // namespace emend
