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
constexpr double kWeight = 0.5;
constexpr double kNeeded = 4.0;
constexpr double kNeededWithCheck = 1.0;

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

}  // namespace

IndependentReading weigh_independently(const Word& word, std::string_view core,
                                       bool turns_a_check) {
  IndependentReading result;
  const auto& others = word.other_readings;
  const auto own = std::find_if(others.begin(), others.end(), [&](const Reading& reading) {
    return reading.reader == Reader::emend && reads(reading, core);
  });
  const Reading& standing = word.readings.front();
  const std::u32string before = to_code_points(strip_outer(standing.text).core);
  const std::u32string after = to_code_points(core);
  const bool says_more = own != others.end() && !own->characters.empty();
  if (!says_more || before.size() != after.size()) return result;
  const Slots reader = slots_of_core(*own);
  const Slots recogniser = slots_of_core(standing);
  result.needed = turns_a_check ? kNeededWithCheck : kNeeded;
  result.is_listed = true;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    const double cost = cost_of(recogniser[i], after[i]);
    result.reader_gain += cost_of(reader[i], before[i]);
    result.recogniser_cost += cost;
    result.is_listed &= cost < kUnlisted;
  }
  const bool is_read_again = std::any_of(others.begin(), others.end(), [&](const Reading& reading) {
    return reading.reader != Reader::emend && reads(reading, core);
  });
  const bool suffices = result.reader_gain - kWeight * result.recogniser_cost >= result.needed;
  result.is_borne_out = suffices && (turns_a_check || result.is_listed || is_read_again);
  return result;
}

}  // namespace emend
